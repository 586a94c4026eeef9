#include "letter/letter_names.h"

#include <string.h>

#include "base/arena.h"
#include "letter/letter_orders.h"

enum {
	NAME_WORDS_MAX = 40,
	LONG_NOUN = 2, /* words; longer ones are names by themselves */
	LISTED = 1,   /* nesting of a name that follows on another one */
	NEST_MAX = 3, /* "Văn phòng của Ban của ..." */
};

static const char *const openers[] = {
	"các", "những", "toàn thể", "toàn thể các", "tất cả", "tất cả các", "toàn bộ các", "từng", "mỗi",
	"mọi", NULL
};

/* Whoever heads an office. */
static const char *const titles[] = {
	"giám đốc", "phó giám đốc", "tổng giám đốc", "thủ trưởng", "chủ tịch", "phó chủ tịch", "bộ trưởng",
	"thứ trưởng", "thống đốc", "tổng thanh tra", "chánh văn phòng", "phó chánh văn phòng",
	"chánh thanh tra", "trưởng ban", "phó trưởng ban", "trưởng các ban", "trưởng phòng",
	"phó trưởng phòng", "trưởng các phòng", "bí thư", "phó bí thư", "người đứng đầu", "lãnh đạo",
	"tư lệnh", "ủy viên", "phó thủ tướng", "chỉ huy trưởng", "cục trưởng", "chi cục trưởng", "vụ trưởng", "viện trưởng",
	"hiệu trưởng", "tổ trưởng", "chủ nhiệm", "trưởng đoàn", "trưởng", "tổng biên tập", "cấp ủy",
	"chánh án", "kiểm soát viên", "trưởng thôn", "bí thư chi bộ", "đội trưởng", "kế toán",
	"tổ trưởng chuyên môn", NULL
};
static const char *const people[] = {
	"đồng chí", "các đồng chí", "đ/c", "ông", "bà", "các ông, bà", NULL
};

/* Nouns of a kind of office; with a capital after them a proper name, else a group. */
static const char *const group_nouns[] = {
	"sở", "ban", "ngành", "bộ", "cơ quan", "đơn vị", "địa phương", "đoàn thể",
	"đoàn thể chính trị - xã hội", "hội", "phòng",
	"phòng, ban", "tổ chức", "doanh nghiệp", "trường", "trường học", "trung tâm", "xã", "phường",
	"đặc khu", "thị trấn", "tỉnh", "thành phố", "huyện", "thị xã", "quận", "thôn", "buôn", "khối",
	"làng", "khu phố", "tổ dân phố", "ấp", "bản", "chi bộ", "đảng bộ", "đảng ủy", "chi ủy", "cấp ủy",
	"cấp ủy, tổ chức đảng", "tổ chức đảng", "tổ chức thành viên", "ban đảng",
	"tổ chức chính trị - xã hội", "hội quần chúng", "cấp", "tổ chức tín dụng", "tổ công tác",
	"chủ đầu tư", "chủ rừng", "nhà thầu", "cục", "vụ", "viện", "tổng cục", "chi cục", "đoàn", "tỉnh ủy", "tòa án",
	"công đoàn cơ sở", "tập đoàn", "tổng công ty", "công ty", "bệnh viện", "học viện", "trạm",
	"trạm y tế", "đội", "tổ", "tổ đại biểu", "đại biểu", "khoa", "cơ sở giáo dục", "cơ sở y tế", "lực lượng", "cơ quan báo chí",
	"thành viên", "thành viên ban chỉ đạo", "thành viên ubnd", "ủy ban nhân dân cấp xã", "huyện ủy",
	"thành ủy", "thị ủy", "đảng ủy xã", NULL
};

/* Groups that say nothing of who: the letter's addressees are meant. */
static const char *const vague_nouns[] = {
	"cơ quan", "đơn vị", "địa phương", "phòng", "tổ chức", "đồng chí", "cá nhân", "thành viên",
	"cán bộ", "cấp", NULL
};

/* Beginnings of proper names. */
static const char *const proper_nouns[] = {
	"ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "thường trực hđnd",
	"thường trực hội đồng nhân dân", "văn phòng", "thanh tra", "công an", "bộ chỉ huy", "bộ tư lệnh",
	"ban chỉ huy", "viện kiểm sát", "vksnd", "tand", "tòa án", "kho bạc", "ngân hàng",
	"bảo hiểm xã hội", "bhxh", "thuế", "cục thuế", "hải quan", "thống kê", "đảng ủy", "tỉnh ủy",
	"thành ủy", "huyện ủy", "quân ủy", "ban thường vụ", "thường trực", "ban chỉ đạo", "ban quản lý",
	"ban tổ chức", "ban tuyên giáo", "ban nội chính", "ủy ban kiểm tra", "ủy ban", "mặt trận", "mặt trận tổ quốc", "mttq",
	"ubmttq", "ubmttqvn", "liên đoàn", "tỉnh đoàn", "thành đoàn", "đoàn thanh niên", "đoàn đbqh", "đài",
	"báo", "tạp chí", "thông tấn xã", "liên minh", "hiệp hội", "quỹ", "chính phủ", "quốc hội",
	"tòa án nhân dân", "văn phòng chính phủ", "điện lực", "viễn thông", "bưu điện", "vnpt", "viettel",
	"quân khu", "bộ đội", "đồn", "hạt", "cảng", "vườn", "kiểm toán", "đại học", "trường đại học",
	"trường chính trị", "cơ quan thường trực", "tổ giúp việc", "tổ công tác", "hội nông dân",
	"hội liên hiệp", "ban tự quản", "ban công tác", "ban giám sát", "ban giám hiệu", "ban nhân dân",
	"ban chấp hành", "ban điều hành", "ban cán sự", "hội cựu chiến binh", "hội chữ thập đỏ", "ban dân vận", "ban xây dựng", "chính quyền", NULL
};

/* Names with "và", commas or small letters inside, that would else be cut. */
static const char *const whole_names[] = {
	"văn phòng đoàn đại biểu quốc hội và hội đồng nhân dân", "văn phòng đoàn đbqh và hđnd",
	"văn phòng đoàn đbqh và hội đồng nhân dân", "văn phòng hđnd và ubnd",
	"văn phòng hội đồng nhân dân và ủy ban nhân dân", "báo và phát thanh, truyền hình",
	"báo và phát thanh truyền hình", "báo và đài phát thanh, truyền hình",
	"báo và đài phát thanh và truyền hình", "đài phát thanh và truyền hình",
	"đài phát thanh - truyền hình", "ban quản lý các khu công nghiệp", "ban quản lý các khu kinh tế",
	"ban quản lý khu kinh tế", "ban quản lý khu kinh tế và các khu công nghiệp",
	"ban quản lý các khu công nghiệp và chế xuất", "ban quản lý các khu chế xuất và công nghiệp",
	"ban quản lý khu công nghệ cao và các khu công nghiệp", "trung tâm phục vụ hành chính công",
	"bộ chỉ huy quân sự", "bộ chỉ huy bộ đội biên phòng", "ban chỉ huy quân sự",
	"ban chỉ huy bộ đội biên phòng", "ban chỉ huy phòng thủ dân sự", "ban tuyên giáo và dân vận",
	"ban dân vận", "ban chỉ huy phòng thủ khu vực", "ủy ban mặt trận tổ quốc việt nam",
	"ủy ban mttq việt nam", "ủy ban mttqvn", "mặt trận tổ quốc việt nam",
	"đoàn thanh niên cộng sản hồ chí minh", "đoàn tncs hồ chí minh", "bảo hiểm xã hội",
	"ngân hàng nhà nước", "ngân hàng nhà nước chi nhánh khu vực", "ngân hàng chính sách xã hội",
	"ngân hàng nhà nước chi nhánh", "kho bạc nhà nước", "hội liên hiệp phụ nữ",
	"liên hiệp các hội khoa học và kỹ thuật", "liên hiệp các tổ chức hữu nghị", "tòa án nhân dân",
	"viện kiểm sát nhân dân", "phòng kinh tế, hạ tầng và đô thị", "phòng kinh tế hạ tầng và đô thị",
	"phòng văn hóa - xã hội", "cục quản lý thị trường", "ban quản lý dự án đầu tư xây dựng",
	"ban chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
	"ban chỉ đạo trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
	"trung tâm chuyển đổi số", "thông tấn xã việt nam", "sở giao thông vận tải",
	"bộ giao thông vận tải", "trung tâm giám sát, điều hành thông minh", "công đoàn cơ sở",
	"cổng thông tin điện tử", "trang thông tin điện tử",
	"liên đoàn lao động", "hội nông dân", "hội cựu chiến binh", "thường trực hđnd và ubnd", NULL
};

/* What a department or ministry is named after; the longest one that stands there. */
static const char *const domains[] = {
	"nội vụ", "tư pháp", "tài chính", "công thương", "nông nghiệp và môi trường", "xây dựng",
	"khoa học và công nghệ", "văn hóa, thể thao và du lịch", "văn hóa, thể thao", "văn hóa và thể thao",
	"giáo dục và đào tạo", "y tế", "ngoại vụ", "dân tộc và tôn giáo", "du lịch",
	"quy hoạch - kiến trúc", "quy hoạch và kiến trúc", "an toàn thực phẩm", "quốc phòng", "công an",
	"ngoại giao", "kế hoạch và đầu tư", "thông tin và truyền thông", "tài nguyên và môi trường",
	"giao thông vận tải", "lao động - thương binh và xã hội", "lao động, thương binh và xã hội",
	"nông nghiệp và phát triển nông thôn", "dân tộc", "kh&cn", "khcn", "gd&đt", "gdđt", "nn&mt", "nnmt",
	"vh,tt&dl", "vhtt&dl", "vhttdl", "dt&tg", "kh&đt", "tt&tt", "tn&mt", "gtvt", "tuyên giáo",
	"tuyên giáo và dân vận", "tổ chức", "nội chính", "chính sách, chiến lược", "kinh tế",
	"văn hóa - xã hội", "pháp chế", "quân sự", "tổ quốc", "biên phòng", "kiểm tra", "thanh tra",
	"cựu chiến binh", "nông dân", "phụ nữ", "lao động", NULL
};

/* Small words that go on with a name. */
static const char *const tails[] = {
	"tỉnh", "thành phố", "tp", "tp.", "huyện", "xã", "phường", "đặc khu", "khu vực", "quận", "thị xã",
	"thị trấn", "cấp tỉnh", "cấp xã", "cấp huyện", "cấp cơ sở", "các cấp", "trung ương", "nhân dân",
	"quân sự", "nhà nước", "liên quan", "có liên quan", "trực thuộc", "trực thuộc tỉnh",
	"trực thuộc sở", "trực thuộc trung ương", "trực thuộc thành phố", "trực thuộc bộ", "thuộc tỉnh",
	"thuộc sở", "thuộc bộ", "thuộc thành phố", "thuộc phạm vi quản lý", "của tỉnh", "của thành phố",
	"của sở", "ngang bộ", "thuộc chính phủ", "thuộc ubnd tỉnh", "trên địa bàn", "trên địa bàn tỉnh",
	"trên địa bàn thành phố", "trên địa bàn xã", "trên địa bàn phường", "trong toàn tỉnh", "toàn tỉnh",
	"toàn xã", "chuyên môn", "được giao", "được phân công", "chức năng", "nêu trên", "sự nghiệp",
	"sự nghiệp công lập", "tham mưu, giúp việc", "hành chính", "khác", "chủ quản", "quản lý nhà nước",
	"công lập", "đồng cấp", "cùng cấp", "địa phương", "của xã", "của phường", "thuộc xã",
	"thuộc phường", "có tên trên", "có tuyến đi qua", "có dự án đi qua", "có dự án", "có biển",
	"có rừng", "có thẩm quyền", "miền núi", "ven biển", "biên giới", "vùng biển", "dân cư",
	"quốc phòng", "an ninh", "ở trung ương", "đảng", "công ty", "xây dựng đảng", "chi nhánh",
	"quần chúng", "tối cao", "quốc gia", NULL
};

/* Small words after which the name of another office goes on with this one. */
static const char *const links[] = {
	"thuộc", "trực thuộc", "của", "giúp việc", "tham mưu, giúp việc", "tại", "trên địa bàn", "các", "ở",
	NULL
};

/* Where a name has surely ended, whatever the capitals. */
static const char *const verbs_after[] = {
	"chủ trì", "phối hợp", "căn cứ", "có trách nhiệm", "chịu trách nhiệm", "theo chức năng",
	"triển khai", "tham mưu", "tổng hợp", "báo cáo", "xây dựng kế hoạch", "là", NULL
};

/* Nouns of offices whose own names have small letters inside. */
static const char *const compound_nouns[] = {
	"ban", "ban chỉ huy", "ban chỉ đạo", "ban quản lý", "trung tâm", "phòng", "chi cục", "cục", "vụ",
	"viện", "trường", "hội", "công ty", "tổng công ty", "tổ", "quỹ", "đài", "hạt", "hội đồng", NULL
};
static const char *const place_nouns[] = {
	"xã", "phường", "đặc khu", "tỉnh", "thành phố", "huyện", "cấp", NULL
};
static const char *const function_words[] = {
	"được", "đã", "về", "để", "do", "trong", "khi", "tại", "theo", "và", "có", "là", "cho", "từ", "đến",
	"như", "với", "các", "những", "sẽ", "không", "này", "trên", "bằng", "nếu", "cùng", "hoặc", "sau",
	"trước", "qua", "của", "thuộc", "mà", "vào", NULL
};

/* May begin with a small letter inside a list. */
static const char *const listed_nouns[] = {
	"đảng ủy", "công an", "ubnd", "ủy ban nhân dân", "văn phòng", "ban chỉ đạo", "hội đồng nhân dân",
	"mặt trận tổ quốc", "bộ chỉ huy", "thanh tra", "tòa án nhân dân", "viện kiểm sát nhân dân",
	"bảo hiểm xã hội", "chính quyền", NULL
};

/* Common words too: a name only with what follows ("Báo Nhân Dân", not "Báo cáo"). */
static const char *const weak_nouns[] = {
	"báo", "thống kê", "thanh tra", "kiểm toán", "thuế", "hải quan", "đài", "quỹ", "hạt", "cảng",
	"vườn", "đồn", "tạp chí", "hiệp hội", "ngân hàng", "kho bạc", "bưu điện", "điện lực", "viễn thông",
	"thường trực", "bộ đội", "ủy ban", "liên đoàn", "liên minh", "đại học", NULL
};

static bool capital_word(const struct words *words, size_t i)
{
	return i < words->count && words->at[i].kind == 'a' && words->at[i].capital;
}

static bool known_domain(const struct words *words, size_t i, size_t *taken)
{
	*taken = words_match_any(words, i, domains, NULL);
	return *taken > 0 && words->at[i].capital;
}

/* A noun of offices without a name of its own: "sở" in "các sở, ban". */
static size_t group_noun(const struct words *words, size_t i)
{
	size_t taken = words_match_any(words, i, group_nouns, NULL);
	if (!taken || capital_word(words, i + taken) || words_match_any(words, i, proper_nouns, NULL) > taken)
		return 0;
	/* "Ban hành", "Bộ trưởng", "Cấp phép", "Hội nghị", "Tổ chức thực hiện" are no offices. */
	static const char *const others[] = {
		"ban hành", "bộ phận", "bộ chỉ số", "bộ tiêu chí", "cấp phép", "cấp có", "hội nghị",
		"hội đồng", "hội thảo", "tổ chức thực", "tổ chức triển", "tổ chức các", "tổ chức hội",
		"tổ chức lễ", "tổ chức đánh", "tổ chức tuyên", "tổ chức kiểm", "tổ chức rà", "tổ chức quán",
		"tổ chức sơ", "tổ chức tổng", "tổ chức tốt", "tổ chức đào", "tổ chức tập", "tổ chức lấy",
		"tổ chức hoạt", "tổ chức đối", "tổ chức họp", "tổ chức cuộc", "tổ chức, ", "phòng chống",
		"phòng, chống", "phòng ngừa", "bản đồ", "ban đầu", "xã hội", "vụ việc", "trường hợp",
		"trung tâm hóa", "cấp bách", "cấp thiết", "cấp mới", "cấp đổi", "cấp giấy", "đội ngũ",
		"viện dẫn", "ngành nghề", "khoa học", "bản tin", "bản ghi", "tỉnh táo", "cục bộ",
		"trạm biến", "ấp ủ", "cấp tài", "cấp quyền", "cấp thẩm", "cấp kinh", "cấp phát", NULL
	};
	return words_match_any(words, i, others, NULL) ? 0 : taken;
}

static bool starts_name(const struct words *words, size_t i)
{
	size_t taken = words_match_any(words, i, group_nouns, NULL);
	return words_match_any(words, i, proper_nouns, NULL) || words_match_any(words, i, whole_names, NULL) ||
	       words_match_any(words, i, titles, NULL) || words_match_any(words, i, openers, NULL) ||
	       words_match_any(words, i, people, NULL) || (taken && capital_word(words, i + taken));
}

static size_t any_name(const struct words *words, size_t i, size_t end, int nest);
static size_t group_tail(const struct words *words, size_t i, size_t end, int nest);

/* What a name of a compound noun goes on with: "Ban Chỉ huy Phòng thủ dân sự", up to what is then to be done. */
static size_t compound_end(const struct words *words, size_t i, size_t end)
{
	size_t at = i;
	while (at < end && at < i + 5) {
		if (at > i && words_match(words, at, "và") && capital_word(words, at + 1))
			return at;
		/* "Công ty Thủy điện Buôn Kuốp" */
		if (at > i && capital_word(words, at) && !starts_name(words, at))
			return at;
		if (words->at[at].kind != 'a')
			return strchr(":,;(-", words->at[at].kind) ? at : i;
		if (words->at[at].capital || words_match_any(words, at, function_words, NULL))
			return i;
		if (order_action(words, at) || order_predicate(words, at) || words_match_any(words, at, tails, NULL))
			return at;
		at++;
	}
	return at == end ? at : i;
}

/* What follows the noun: "Khoa học và Công nghệ tỉnh Nghệ An". */
static size_t proper_tail(const struct words *words, size_t i, size_t end, int nest)
{
	size_t at = i;
	bool compound = i && words_match_any(words, i - 1, compound_nouns, NULL);
	for (size_t back = 2; !compound && back <= 3 && back <= i; back++)
		compound = words_match_any(words, i - back, compound_nouns, NULL) >= back;
	while (at < end && at < i + NAME_WORDS_MAX) {
		size_t taken;
		/* "Phòng Tham mưu" */
		if (words_match_any(words, at, verbs_after, NULL) && !(compound && at == i && capital_word(words, at)))
			break;
		if (known_domain(words, at, &taken)) {
			at += taken;
			continue;
		}
		if (capital_word(words, at)) {
			taken = words_match_any(words, at, proper_nouns, NULL); /* "Tỉnh ủy", "Trung ương" */
			if (!taken)
				taken = words_match(words, at, "trung ương");
			at += taken ? taken : 1;
			continue;
		}
		taken = words_match_any(words, at, tails, NULL);
		if (taken) {
			/* "công an tỉnh, thành phố": several places of one kind */
			at += taken;
			continue;
		}
		bool joined = words_sign(words, at, '-') || words_sign(words, at, '&') || words_match(words, at, "và");
		if (joined && capital_word(words, at + 1) && !starts_name(words, at + 1)) {
			at += 2;
			continue;
		}
		if (at > i && words->at[at].kind == '0' && !words_match(words, at + 1, "ngày")) {
			at++;
			continue;
		}
		/* "Ủy ban MTTQ Việt Nam các xã, phường" */
		if (at && !words_sign(words, at - 1, ',') && words_match(words, at, "các") && words_match_any(words, at + 1, place_nouns, NULL)) {
			size_t places = group_tail(words, at + 1, end, nest);
			if (places > at + 1) {
				at = places;
				continue;
			}
		}
		size_t further = compound && capital_word(words, at - 1) ? compound_end(words, at, end) : at;
		if (further > at) {
			at = further;
			continue;
		}
		taken = words_match_any(words, at, links, NULL);
		if (!taken || nest >= NEST_MAX || words_match(words, at, "các"))
			break;
		size_t next = any_name(words, at + taken, end, nest + 1);
		if (next == at + taken)
			break;
		at = next;
	}
	return at < end ? at : end;
}

/* "sở, ban, ngành cấp tỉnh", "cơ quan ngang bộ, cơ quan thuộc Chính phủ", after "các" or "UBND". */
static size_t group_tail(const struct words *words, size_t i, size_t end, int nest)
{
	size_t at = i;
	for (;;) {
		size_t noun = group_noun(words, at);
		if (!noun || at + noun > end)
			break;
		at += noun;
		for (;;) {
			size_t taken = words_match_any(words, at, tails, NULL);
			size_t link = words_match_any(words, at, links, NULL);
			if (link && nest < NEST_MAX && !words_match(words, at, "các")) {
				size_t next = any_name(words, at + link, end, nest + 1);
				if (next > at + link && next > at + taken) {
					at = next;
					continue;
				}
			}
			if (taken == 0 || at + taken > end)
				break;
			at += taken;
			/* "các đơn vị trực thuộc Sở", "cơ quan thuộc Chính phủ" */
			while (at < end && capital_word(words, at) && !starts_name(words, at) &&
			       !words_match_any(words, at, verbs_after, NULL) && words_match(words, at - 1, "thuộc"))
				at++;
		}
		/* "trạm y tế các xã, phường" */
		if (nest < NEST_MAX && words_match(words, at, "các") && words_match_any(words, at + 1, place_nouns, NULL))
			at = group_tail(words, at + 1, end, nest + 1);
		size_t gap = words_sign(words, at, ',') || words_sign(words, at, '/') || words_match(words, at, "và");
		if (!gap && words_sign(words, at, '-'))
			gap = 1;
		size_t another = gap ? group_noun(words, at + gap) : 0;
		/* "các sở, đảng ủy các xã": a name of its own. */
		if (!another || at + gap + another > end || words_match_any(words, at + gap + another, openers, NULL))
			break;
		at += gap;
	}
	return at;
}

/* "UBND các xã, phường", "UBND tỉnh Nghệ An", "Công an tỉnh". */
static size_t council_tail(const struct words *words, size_t i, size_t end, int nest)
{
	size_t opened = words_match_any(words, i, openers, NULL), at = i + opened;
	size_t group = group_tail(words, at, end, nest);
	if (group > at)
		return proper_tail(words, group, end, nest);
	size_t noun = words_match_any(words, at, group_nouns, NULL);
	if (noun && at + noun <= end && words_match_any(words, at, proper_nouns, NULL) <= noun)
		at += noun;
	size_t tail = proper_tail(words, at, end, nest);
	return tail > i + opened ? tail : i;
}

/* "đồng chí Nguyễn Văn A, Phó Chủ tịch UBND xã". */
static size_t person_end(const struct words *words, size_t i, size_t end, int nest)
{
	size_t at = i;
	while (at < end && at < i + 6 && capital_word(words, at) && !words_match_any(words, at, titles, NULL) &&
	       !words_match_any(words, at, verbs_after, NULL))
		at++;
	if (at < i + 2)
		return i;
	bool apart = words_sign(words, at, ',') || words_sign(words, at, '-');
	size_t title = apart ? words_match_any(words, at + 1, titles, NULL) : 0;
	if (!title || nest >= NEST_MAX)
		return at;
	size_t next = any_name(words, at + 1, end, nest + 1);
	return next > at + 1 ? next : at;
}

static size_t title_end(const struct words *words, size_t i)
{
	size_t at = i, taken;
	while ((taken = words_match_any(words, at, titles, NULL)) > 0) {
		at += taken;
		size_t gap = words_sign(words, at, ',') || words_sign(words, at, '/') || words_match(words, at, "và");
		if (!gap || !words_match_any(words, at + gap, titles, NULL))
			break;
		at += gap;
	}
	return at;
}

static size_t any_name(const struct words *words, size_t i, size_t end, int nest)
{
	size_t at = i;
	if (nest > NEST_MAX || i >= end)
		return i;
	size_t person = words_match_any(words, at, people, NULL);
	if (person) {
		size_t after = person_end(words, at + person, end, nest);
		if (after > at + person)
			return after;
		at += person;
	}
	size_t opened = words_match_any(words, at, openers, NULL);
	at += opened;
	size_t titled = title_end(words, at);
	bool title = titled > at;
	at = titled;
	if (title) {
		if (words_sign(words, at, '(')) {
			size_t close = at;
			while (close < end && close < at + 8 && !words_sign(words, close, ')'))
				close++;
			at = words_sign(words, close, ')') ? close + 1 : at;
		}
		at += words_match(words, at, "của");
		opened = words_match_any(words, at, openers, NULL);
		at += opened;
	}
	size_t whole = words_match_any(words, at, whole_names, NULL);
	if (whole && (words->at[at].capital || opened || title))
		return proper_tail(words, at + whole, end, nest);
	size_t proper = words_match_any(words, at, proper_nouns, NULL);
	size_t noun = words_match_any(words, at, group_nouns, NULL);
	if (proper == noun && opened && !capital_word(words, at + noun))
		proper = 0; /* "các đảng ủy, chi ủy" */
	bool listed = nest == LISTED && words_match_any(words, at, listed_nouns, NULL);
	if (proper >= noun && proper && (words->at[at].capital || opened || title || listed)) {
		size_t next = council_tail(words, at + proper, end, nest);
		if (next == at + proper && words_match_any(words, at, weak_nouns, NULL) >= proper)
			return i;
		return next > at + proper || !capital_word(words, at) ? next : at + proper;
	}
	/* "các tổ chức chính trị - xã hội Tuyên truyền": a line was joined to a title. */
	bool title_ended = noun > LONG_NOUN && order_action(words, at + noun);
	/* "Tổ chức Lễ phát động" is something to do. */
	title_ended = title_ended || (!opened && !title && words_match(words, at, "tổ chức") == noun && !words_match(words, at + noun, "đảng"));
	if (noun && capital_word(words, at + noun) && !title_ended && (words->at[at].capital || opened || title || nest))
		return proper_tail(words, at + noun, end, nest);
	size_t group = group_tail(words, at, end, nest);
	if (group > at && (opened || title || words_sign(words, at + group_noun(words, at), ',') || capital_word(words, at)))
		return group;
	if (title && at > i) { /* "Giám đốc Sở", "Chủ tịch", "Chánh Văn phòng" */
		size_t tail = proper_tail(words, at, end, nest);
		/* "Lãnh đạo, chỉ đạo thực hiện" is something to do. */
		return tail == at && words_match(words, i, "lãnh đạo") ? i : tail;
	}
	if (person && at > i + person)
		return at;
	return i;
}

size_t name_end(const struct words *words, size_t i, size_t end)
{
	return any_name(words, i, end < words->count ? end : words->count, 0);
}

void names_add(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->at[i], name) == 0)
			return;
	if (*name && names->count < NAMES_MAX)
		names->at[names->count++] = name;
}

/* Whether all of the name's nouns are vague ones: "các cơ quan, đơn vị liên quan". */
static bool vague_name(const struct words *words, size_t from, size_t to)
{
	size_t at = from + words_match_any(words, from, people, NULL);
	at += words_match_any(words, at, openers, NULL);
	at = title_end(words, at);
	at += words_match_any(words, at, openers, NULL);
	if (at >= to)
		return true;
	for (; at < to; at++) {
		size_t noun = words_match_any(words, at, group_nouns, NULL);
		if (words_match_any(words, at, proper_nouns, NULL) || (capital_word(words, at) && at > from))
			return false;
		if (noun && !words_match_any(words, at, vague_nouns, NULL) && !words_match_any(words, at, tails, NULL))
			return false;
	}
	return true;
}

/* "các Sở: Tài chính, Nội vụ", "Sở Tài chính, Nội vụ": the same noun before each. */
static size_t shared_noun(struct arena *mem, const struct words *words, size_t i, size_t end, struct names *names)
{
	size_t title = title_end(words, i), opened = words_match_any(words, title, openers, NULL), at = title + opened;
	static const char *const nouns[] = { "sở", "bộ", "ban", "phòng", "sở, ngành", NULL };
	size_t which = 0, noun = words_match_any(words, at, nouns, &which), domain;
	if (!noun || which > 3 || words_match_any(words, at, whole_names, NULL))
		return i;
	bool colon = words_sign(words, at + noun, ':');
	size_t first = at + noun + colon;
	if ((colon && !opened) || !known_domain(words, first, &domain))
		return i;
	char *shared = words_text(mem, words, at, at + noun);
	if (title > i) /* "Bộ trưởng các Bộ: Quốc phòng, Công an" */
		shared = arena_printf(mem, "%s %s", words_text(mem, words, i, title), shared);
	size_t last = i, count = 0, had = names->count;
	for (size_t next = first; next < end && known_domain(words, next, &domain);) {
		size_t to = next + domain;
		size_t tail = words_match_any(words, to, proper_nouns, NULL) ? 0 : words_match_any(words, to, tails, NULL);
		to += tail;
		if (!tail && capital_word(words, to))
			to = proper_tail(words, to, end, NEST_MAX);
		names_add(names, arena_printf(mem, "%s %s", shared, words_text(mem, words, next, to)));
		last = to;
		count++;
		size_t gap = words_sign(words, to, ',') || words_sign(words, to, ';') || words_match(words, to, "và");
		/* "các Bộ: Quốc phòng, Công an", not "các Sở Tài chính, Công an tỉnh" */
		size_t police = which == 1 ? words_match(words, to + gap, "công an") : 0;
		if (police && words_match_any(words, to + gap + police, tails, NULL))
			police = 0;
		if (!gap || (!police && starts_name(words, to + gap)))
			break;
		next = to + gap;
	}
	if (count > 1 || (count && colon))
		return last;
	names->count = had; /* a name of its own */
	return i;
}

/* "UBND các xã Ea Kao, Ea Tu": one name for each place. */
static size_t shared_places(struct arena *mem, const struct words *words, size_t i, size_t end, struct names *names)
{
	static const char *const councils[] = { "ubnd", "ủy ban nhân dân", "đảng ủy", NULL };
	static const char *const places[] = { "xã", "phường", "tỉnh", "thành phố", "đặc khu", NULL };
	size_t title = title_end(words, i);
	size_t council = words_match_any(words, title, councils, NULL), at = title + council;
	size_t opened = words_match_any(words, at, openers, NULL);
	size_t place = opened ? words_match_any(words, at + opened, places, NULL) : 0;
	size_t first = at + opened + place + words_sign(words, at + opened + place, ':');
	if (!council || !place || !capital_word(words, first))
		return i;
	char *shared = arena_printf(mem, "%s %s", words_text(mem, words, i, at), words_text(mem, words, at + opened, at + opened + place));
	size_t last = i;
	for (size_t next = first; next < end && capital_word(words, next) && !starts_name(words, next);) {
		size_t to = next;
		while (to < end && (capital_word(words, to) || (words_sign(words, to, '\'') && to > next)))
			to++;
		names_add(names, arena_printf(mem, "%s %s", shared, words_text(mem, words, next, to)));
		last = to;
		size_t gap = words_sign(words, to, ',') || words_match(words, to, "và");
		if (!gap)
			break;
		next = to + gap;
	}
	return last;
}

/* The words between two names of a list; 0 when it ends. */
static size_t list_gap(const struct words *words, size_t i)
{
	static const char *const gaps[] = {
		", và", "và", "cùng", "cùng với", ", cùng", "và một số", "; và", "và với", NULL
	};
	size_t taken = words_match_any(words, i, gaps, NULL);
	if (!taken && (words_sign(words, i, ',') || words_sign(words, i, ';')))
		taken = 1;
	return taken;
}

size_t names_read(struct arena *mem, const struct words *words, size_t i, size_t end, struct names *names)
{
	if (end > words->count)
		end = words->count;
	size_t last = i;
	bool vague = true, any = false;
	for (size_t at = i; at < end;) {
		size_t to = shared_noun(mem, words, at, end, names);
		if (to == at)
			to = shared_places(mem, words, at, end, names);
		if (to == at) {
			to = any_name(words, at, end, any ? LISTED : 0);
			if (to == at)
				break;
			vague = vague && vague_name(words, at, to);
			names_add(names, words_text(mem, words, at, to));
		} else {
			vague = false;
		}
		any = true;
		last = to;
		/* "(qua Văn phòng)" stands between names. */
		if (words_sign(words, to, '(')) {
			size_t close = to;
			while (close < end && close < to + 20 && !words_sign(words, close, ')'))
				close++;
			if (words_sign(words, close, ')'))
				last = to = close + 1;
		}
		size_t gap = list_gap(words, to);
		if (!gap)
			break;
		at = to + gap;
	}
	names->vague = any && vague && (names->vague || names->count == 1 || vague);
	return last;
}
