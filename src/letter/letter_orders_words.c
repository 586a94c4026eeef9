#include "letter/letter_orders.h"

#include <string.h>

enum {
	BRACKETS_MAX = 30, /* words of a remark between what is said */
	TIME_MAX = 25,     /* words of when, before what is to be done */
	NOTICE_MAX = 20,   /* words before "thông báo" */
};

/* What somebody is told to do something with. */
static const char *const order_verbs[] = {
	"giao", "giao cho", "giao nhiệm vụ cho", "tiếp tục giao", "đồng ý giao", "thống nhất giao",
	"đề nghị", "trân trọng đề nghị", "kính đề nghị", "yêu cầu", "phân công", "phân công nhiệm vụ cho",
	"ủy quyền", "ủy quyền cho", "chỉ đạo", "giao trách nhiệm cho", "giao chủ trì cho", "kính mong",
	"mong", "giao bổ sung cho", "kiến nghị", NULL
};

/* Words before such a verb that make it somebody else's: "nhiệm vụ được giao", "về việc giao". */
static const char *const order_not_after[] = {
	"được", "việc", "đã", "về", "do", "theo", "xét", "bị", "có", "sự", "công tác", "các", "những",
	"nội dung", "ý kiến", NULL
};

/* Manner, before what is to be done. */
static const char *const manners[] = {
	"tiếp tục", "khẩn trương", "chủ động", "thường xuyên", "kịp thời", "nghiêm túc", "tích cực",
	"tập trung", "quyết liệt", "trực tiếp", "đồng thời", "ngay", "sớm", "nhanh chóng", "đẩy nhanh",
	"đẩy nhanh tiến độ", "chịu trách nhiệm", "có trách nhiệm", "có nhiệm vụ", "phải", "cần", "cần phải",
	"nhất là", "hằng ngày", "hàng ngày", "hằng tuần", "hàng tuần", "hằng tháng", "hàng tháng",
	"hằng quý", "hàng quý", "hằng năm", "hàng năm", "định kỳ", "căn cứ chức năng, nhiệm vụ", "theo chức năng, nhiệm vụ", "trước mắt",
	"trên cơ sở đó", "cùng với đó", "bên cạnh đó", "ngoài ra", "riêng", "làm tốt", "thực sự",
	"triệt để", "nghiêm", "đột xuất", "tuyệt đối", "cương quyết", "kiên quyết", "tối thiểu", "quan tâm",
	"không", "mỗi tháng", "mỗi quý", "mỗi tuần", "6 tháng", "06 tháng", "9 tháng", "09 tháng", "năm", "quý", "tháng",
	"tuần", "trực tiếp chỉ đạo", NULL
};

/* What is to be done. */
static const char *const actions[] = {
	"áp dụng", "ban hành", "bám sát", "bảo đảm", "bảo vệ", "bảo quản", "báo cáo", "biên soạn",
	"biểu dương", "bàn giao", "bố trí", "bổ sung", "bồi dưỡng", "cam kết", "căn cứ", "cải cách",
	"cải thiện", "cảnh báo", "cập nhật", "cấp", "cắt giảm", "chấm dứt", "chấn chỉnh", "chấp hành",
	"chỉ đạo", "chia sẻ", "chọn", "chủ trì", "chuẩn bị", "chuẩn hóa", "chuyển", "chuyển đổi", "công bố",
	"công khai", "củng cố", "cung cấp", "cử", "cụ thể hóa", "dự báo", "dự thảo", "duy trì", "dừng",
	"đảm bảo", "đánh giá", "đào tạo", "đăng ký", "đăng tải", "đầu tư", "đẩy mạnh", "đề cao", "đề xuất",
	"điều chỉnh", "điều tra", "đơn giản hóa", "đôn đốc", "đổi mới", "đồng bộ", "đưa", "đấu tranh",
	"đối chiếu", "gắn", "ghi nhận", "giải ngân", "giải quyết", "giải trình", "giám sát", "giao",
	"giới thiệu", "giữ", "gửi", "hình thành", "hoàn chỉnh", "hoàn tất", "hoàn thành", "hoàn thiện",
	"hỗ trợ", "huy động", "hướng dẫn", "hưởng ứng", "kê khai", "kết nối", "khai thác", "khảo sát",
	"khắc phục", "khen thưởng", "khôi phục", "khuyến khích", "kiểm kê", "kiểm soát", "kiểm tra",
	"kiện toàn", "kiến nghị", "kêu gọi", "làm", "làm việc", "lãnh đạo", "lập", "lấy ý kiến", "liên hệ",
	"lồng ghép", "lựa chọn", "mở", "mở rộng", "mua sắm", "nâng cao", "nâng cấp", "nắm", "nắm chắc",
	"ngăn chặn", "nghiên cứu", "nghiêm cấm", "nhân rộng", "nhập", "niêm yết", "nộp", "ổn định",
	"phản ánh", "phân bổ", "phân công", "phân loại", "phân tích", "phát động", "phát hành", "phát hiện",
	"phát huy", "phát triển", "phê bình", "phê duyệt", "phòng ngừa", "phổ biến", "phối hợp",
	"phụ trách", "quán triệt", "quản lý", "quyết định", "quy định", "rà soát", "rút kinh nghiệm",
	"sắp xếp", "sẵn sàng", "siết chặt", "số hóa", "sơ kết", "sơ tán", "sử dụng", "sửa đổi", "tạm dừng",
	"tạo", "tạo lập", "tạo điều kiện", "tăng cường", "tập huấn", "tham dự", "tham gia", "tham mưu",
	"thanh tra", "thanh toán", "tháo gỡ", "thay thế", "theo dõi", "thẩm định", "thẩm tra", "thành lập",
	"thiết lập", "thông báo", "thông tin", "thống kê", "thống nhất", "thu hồi", "thu hút", "thu thập",
	"thúc đẩy", "thực hiện", "tích hợp", "tiến hành", "tiếp nhận", "tiếp thu", "tìm", "tính toán",
	"tổ chức", "tổng hợp", "tổng kết", "trao đổi", "trả lời", "triển khai", "trình", "trực", "truy cập",
	"tuân thủ", "tuyên truyền", "tuyển chọn", "ứng dụng", "ưu tiên", "vận động", "vận hành", "xác định",
	"xác minh", "xem xét", "xét", "xử lý", "xây dựng", "xóa", "yêu cầu", "lắp đặt", "không để",
	"không được", "không tổ chức", "chốt", "di dời", "ứng phó", "giảm", "tăng", "nhận diện",
	"niêm phong", "tuyển dụng", "vệ sinh", "bảo trì", "nghiệm thu", "khởi công", "trưng bày", "ký",
	"bãi bỏ", "bồi thường", "canh gác", "chi trả", "cho phép", "cứu trợ", "đấu giá", "đưa tin", "gia hạn",
	"hạn chế", "khoanh vùng", "kiểm điểm", "lấy mẫu", "loại bỏ", "nhắc nhở", "phát sóng", "phân luồng",
	"quyết toán", "ra quân", "tạm ứng", "tập hợp", "thăm hỏi", "thí điểm", "thu dung", "tiêm", "treo",
	"truyền thông", "tu sửa", "tuần tra", "tư vấn", "ký kết", "thể chế hóa", "hiện đại hóa", "tự kiểm tra", "tự đánh giá", "nêu cao", "kết hợp", NULL
};

/* What plainly follows whoever is to act. */
static const char *const predicates[] = {
	"chủ trì", "phối hợp", "căn cứ", "có trách nhiệm", "chịu trách nhiệm", "theo chức năng",
	"khẩn trương", "nghiêm túc", "chủ động", "tập trung", "triển khai", "tăng cường", "thường xuyên",
	"trực tiếp", "tiếp tục", "kịp thời", "đẩy mạnh", "phải", "là cơ quan thường trực",
	"là cơ quan chủ trì", "là cơ quan đầu mối", "là đầu mối", "là đơn vị đầu mối", "là đơn vị chủ trì", "theo nhiệm vụ", "trên cơ sở", "tổ chức", "có nhiệm vụ", "nghiên cứu",
	"rà soát", "tham mưu", "xây dựng", "hướng dẫn", "đôn đốc", "bố trí", "chỉ đạo", "quan tâm", NULL
};

static const char *const grounds[] = {
	"căn cứ luật", "căn cứ nghị", "căn cứ quyết định", "căn cứ công văn", "căn cứ kế hoạch",
	"căn cứ chỉ thị", "căn cứ thông", "căn cứ kết luận", "căn cứ văn bản", "căn cứ quy",
	"căn cứ báo cáo", "căn cứ hướng dẫn", "căn cứ chương trình", "căn cứ công điện", "theo đề nghị của",
	"theo báo cáo", "xét đề nghị", "xét tờ trình", "xét báo cáo", "thực hiện công văn",
	"thực hiện kế hoạch", "thực hiện nghị", "thực hiện chỉ", "thực hiện kết luận", "thực hiện thông",
	"thực hiện quyết định", "thực hiện chương trình", "thực hiện văn bản", "thực hiện báo cáo",
	"thực hiện công điện", "thực hiện ý kiến", "thực hiện luật", "thực hiện hướng dẫn", "tiếp theo",
	"thực hiện sự chỉ đạo", "thực hiện nhiệm vụ", "thực hiện quy", "để triển khai", "để thực hiện",
	"để thúc đẩy", "nhằm", "trên cơ sở", "qua theo dõi", "theo dõi tình hình", "nhận được công văn số",
	"theo công văn", "theo chỉ đạo", "thi hành", "để bảo đảm", "để đảm bảo", "để kịp thời", "để", NULL
};

/* Sentences that are found in letters of every kind and tell nobody to do anything further. */
static const char *const no_instructions[] = {
	"chịu trách nhiệm thi hành", "chịu trách nhiệm thực hiện quyết định",
	"chịu trách nhiệm thi hành quyết định", "thi hành quyết định này", "thi hành nghị quyết này",
	"thực hiện quyết định này", "căn cứ quyết định thi hành", "quyết định này có hiệu lực",
	"có hiệu lực thi hành", "có hiệu lực kể từ", "có hiệu lực từ", "trân trọng cảm ơn",
	"trân trọng ./.", "trân trọng.", "mọi chi tiết", "mọi vướng mắc", "tự giải thể", "thông tin liên hệ", "đầu mối liên hệ",
	"chi tiết liên hệ", "chi tiết xin liên hệ", "điện thoại liên hệ", "nếu có khó khăn",
	"nếu có vướng mắc", "có khó khăn, vướng mắc", "nếu phát sinh", "có vấn đề phát sinh",
	"nếu gặp khó khăn", "nếu còn vướng mắc", "nếu có phát sinh", "trên đây là kết quả",
	"trên đây là báo cáo", "xin trân trọng", "rất mong nhận được", "nhận được sự quan tâm",
	"có gì vướng mắc", "kính trình", "chịu trách nhiệm thi hành chỉ thị", "thì thực hiện theo",
	"ban hành kèm theo quyết định này", NULL
};

/* How a closing refers to all that was said above. */
static const char *const all_above[] = {
	"nội dung nêu trên", "nội dung trên", "các nội dung trên", "nhiệm vụ nêu trên", "nhiệm vụ trên",
	"yêu cầu nêu trên", "nội dung công văn này", "nội dung của công văn này", "công văn này",
	"kế hoạch này", "chỉ thị này", "công điện này", "thông báo này", "kết luận này", "văn bản này",
	"nội dung chỉ đạo trên", "các yêu cầu trên", "nghị quyết này", "chương trình này",
	"nội dung chỉ đạo nêu trên", "nêu trên", "chỉ đạo trên", NULL
};

/* What a general closing tells all to do, and nothing more. */
static const char *const general_acts[] = {
	"triển khai", "thực hiện", "tổ chức", "nghiêm túc", "khẩn trương", "quan tâm", "phối hợp",
	"chỉ đạo", "biết", "và", ",", "để", "tốt", "có hiệu quả", "hiệu quả", "theo quy định",
	"đúng quy định", "các", "nội dung", "trên", "nêu trên", "công văn này", "kế hoạch này",
	"chỉ thị này", "thông báo này", "kết luận này", "công điện này", "văn bản này", "nghị quyết này",
	"nhiệm vụ", "nghiêm chỉnh", "chủ động", "đầy đủ", "kịp thời", ".", "/", "!",
	"theo chức năng, nhiệm vụ", "căn cứ", "chức năng", "được giao", "quán triệt", "việc",
	"phối hợp thực hiện", "tích cực", "bảo đảm", "chất lượng", "tiến độ", "yêu cầu", "chỉ đạo trên",
	"thống nhất", "đồng bộ", "khẩn", "này", NULL
};

static const struct {
	const char *phrase;
	enum orders_section section;
} sections[] = {
	{ "mục đích", SECTION_OTHER }, { "quan điểm", SECTION_OTHER }, { "mục tiêu", SECTION_OTHER },
	{ "tình hình", SECTION_OTHER }, { "kết quả", SECTION_OTHER }, { "đánh giá chung", SECTION_OTHER },
	{ "yêu cầu", SECTION_OTHER }, { "tồn tại", SECTION_OTHER }, { "hạn chế", SECTION_OTHER },
	{ "nguyên nhân", SECTION_OTHER }, { "ưu điểm", SECTION_OTHER }, { "phạm vi", SECTION_OTHER },
	{ "đối tượng", SECTION_OTHER }, { "thành phần", SECTION_OTHER }, { "căn cứ", SECTION_OTHER },
	{ "cơ sở pháp lý", SECTION_OTHER }, { "sự cần thiết", SECTION_OTHER },
	{ "bối cảnh", SECTION_OTHER }, { "khó khăn", SECTION_OTHER }, { "bài học", SECTION_OTHER },
	{ "đánh giá", SECTION_OTHER }, { "chỉ tiêu", SECTION_OTHER },
	{ "thời gian, địa điểm", SECTION_OTHER }, { "thời gian", SECTION_OTHER },
	{ "địa điểm", SECTION_OTHER }, { "nhận xét", SECTION_OTHER }, { "kinh phí", SECTION_OTHER },
	{ "nguồn kinh phí", SECTION_OTHER }, { "kinh phí thực hiện", SECTION_OTHER },
	{ "về kết quả", SECTION_OTHER }, { "nguyên tắc", SECTION_OTHER }, { "nhiệm vụ", SECTION_ORDERS },
	{ "các nhiệm vụ", SECTION_ORDERS }, { "nhiệm vụ, giải pháp", SECTION_ORDERS },
	{ "giải pháp", SECTION_ORDERS }, { "tổ chức thực hiện", SECTION_ORDERS },
	{ "phân công", SECTION_ORDERS }, { "trách nhiệm", SECTION_ORDERS },
	{ "nội dung thực hiện", SECTION_ORDERS }, { "nội dung", SECTION_ORDERS },
	{ "một số nhiệm vụ", SECTION_ORDERS }, { "nhiệm vụ trọng tâm", SECTION_ORDERS },
	{ "nhiệm vụ và giải pháp", SECTION_ORDERS }, { "nhiệm vụ chủ yếu", SECTION_ORDERS },
	{ "nhiệm vụ cụ thể", SECTION_ORDERS }, { "phương hướng", SECTION_ORDERS },
	{ "kiến nghị", SECTION_ORDERS }, { "đề xuất, kiến nghị", SECTION_ORDERS },
	{ "kết luận", SECTION_ORDERS }, { "nhiệm vụ thời gian tới", SECTION_ORDERS },
	{ "nội dung, nhiệm vụ", SECTION_ORDERS }, { "phương thức thực hiện", SECTION_ORDERS },
};

static const char *const announcements[] = {
	"như sau", "sau đây", "nội dung sau", "nhiệm vụ sau", "việc sau", "các nội dung", "công việc sau",
	"trọng tâm sau", "vụ sau", "giải pháp sau", "sau", "cụ thể", "ý kiến chỉ đạo", "kết luận",
	"yêu cầu", "chỉ thị", "giao", "đề nghị", "quyết nghị", NULL
};

static const char *const annexes[] = {
	"phụ lục", "danh mục", "bảng phân công", NULL
};
static const char *const annex_titles[] = { /* behind the signature, in capitals */
	"kế hoạch", "chương trình", "phân công", "nhiệm vụ", "bảng", "danh mục", "đề án", NULL
};
static const char *const outlines[] = {
	"biểu mẫu", "mẫu số", "mẫu", "biểu số", "biểu", "đề cương", "bảng tổng hợp", "danh sách", "phiếu",
	"quy chế", "quy định", "điều lệ", NULL
};

static const char *const cooperation[] = {
	"phối hợp với", "phối hợp chặt chẽ với", "phối hợp cùng", "phối hợp cùng với",
	"phối hợp, thống nhất với", "chủ động phối hợp với", "và phối hợp với", "thống nhất với", NULL
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool contains(const struct words *words, size_t from, size_t to, const char *const *phrases)
{
	for (size_t i = from; i < to; i++)
		if (words_match_any(words, i, phrases, NULL))
			return true;
	return false;
}

size_t order_verb(const struct words *words, size_t i)
{
	size_t taken = words_match_any(words, i, order_verbs, NULL);
	if (!taken)
		return i;
	/* The phrase before it may be one or two words long. */
	for (size_t back = 1; back <= 2 && back <= i; back++) {
		size_t before = words_match_any(words, i - back, order_not_after, NULL);
		if (before == back && !words_sign(words, i - 1, ','))
			return i;
	}
	return i + taken;
}

/* The word behind "(trước ngày 20 của tháng cuối quý)"; `i` when no bracket opens there. */
static size_t behind_brackets(const struct words *words, size_t i)
{
	if (!words_sign(words, i, '('))
		return i;
	for (size_t at = i + 1; at < words->count && at < i + BRACKETS_MAX; at++)
		if (words_sign(words, at, ')'))
			return at + 1;
	return i;
}

/* What is done follows on what says when: "Trước ngày 20/8 gửi ...", "Ngay sau khi nhận được công văn, rà soát ...". */
static bool behind_time(const struct words *words, size_t i)
{
	static const char *const times[] = {
		"trước", "chậm nhất", "muộn nhất", "ngay sau", "ngay khi", "sau khi", "sau", "trong vòng",
		"trong thời hạn", "trong tháng", "trong quý", "trong năm", "đến", "từ ngày", "từ nay", "từ năm",
		"từ tháng", "từ quý", "kể từ", NULL
	};
	if (!words_match_any(words, i, times, NULL))
		return false;
	for (size_t at = i + 2; at < words->count && at < i + TIME_MAX; at++) {
		char before = words->at[at - 1].kind;
		if (before == ';' || (before == '.' && words->at[at].gap))
			return false;
		if ((before == ',' || before == '0' || before == ')') && words_match_any(words, at, actions, NULL))
			return true;
	}
	return false;
}

bool order_action(const struct words *words, size_t i)
{
	if (behind_time(words, i))
		return true;
	for (int skipped = 0; skipped < 6; skipped++) {
		if (words_match_any(words, i, actions, NULL))
			return true;
		size_t manner = words_match_any(words, i, manners, NULL);
		if (!manner)
			return false;
		i = behind_brackets(words, i + manner);
		if (words_sign(words, i, ',') || words_match(words, i, "và"))
			i++;
		if (behind_time(words, i))
			return true;
	}
	return false;
}

bool order_predicate(const struct words *words, size_t i)
{
	return words_match_any(words, i, predicates, NULL) > 0;
}

bool order_tells(const struct words *words, size_t i)
{
	static const char *const telling[] = {
		"đã", "được", "là", "về", "của", "có công văn", "có văn bản", "có báo cáo", "có ý kiến",
		"có tờ trình", "đang", "chưa", "còn", "đạt", "bị", "và", "trong", "tại", "vẫn", "cơ bản",
		"nhận", NULL
	};
	return i >= words->count || words->at[i].kind != 'a' || words->at[i].capital || words_match_any(words, i, telling, NULL);
}

bool order_ground(const struct words *words, size_t i)
{
	return words_match_any(words, i, grounds, NULL) > 0;
}

bool order_asks_decision(const struct words *words, size_t from, size_t to)
{
	static const char *const decisions[] = {
		"xem xét, quyết định", "xem xét, phê duyệt", "xem xét, cho ý kiến", "xem xét, ban hành",
		"xem xét quyết định", "xem xét phê duyệt", "xem xét, chỉ đạo", "xem xét, thông qua", NULL
	};
	return contains(words, from, to, decisions);
}

bool order_no_instruction(const struct words *words, size_t from, size_t to)
{
	return contains(words, from, to, no_instructions);
}

/* Whether all from word `i` is only "nghiêm túc triển khai thực hiện Công văn này./." */
static bool only_general(const struct words *words, size_t i, size_t to)
{
	while (i < to) {
		size_t taken = words_match_any(words, i, general_acts, NULL);
		if (!taken && words->at[i].kind != 'a' && words->at[i].kind != '0')
			taken = 1;
		if (!taken)
			return false;
		i += taken;
	}
	return true;
}

bool order_praises(const struct words *words, size_t i)
{
	static const char *const praises[] = {
		"đánh giá cao", "ghi nhận", "biểu dương, đánh giá cao", "biểu dương và đánh giá cao", "hoan nghênh",
		"thống nhất đánh giá", "thống nhất chủ trương", "đồng ý chủ trương", "nhất trí chủ trương",
		"thống nhất với", "đồng ý với", "nhất trí với", "cơ bản thống nhất", "cơ bản nhất trí", "biểu dương tinh thần",
		"biểu dương sự", "biểu dương kết quả", "biểu dương những", NULL
	};
	return words_match_any(words, i, praises, NULL) > 0;
}

bool order_answers_only(const struct words *words, size_t i, size_t to)
{
	static const char *const answers[] = {
		"chịu trách nhiệm trước", "chịu trách nhiệm toàn diện trước", "chịu hoàn toàn trách nhiệm",
		"chịu trách nhiệm hoàn toàn", "phải chịu trách nhiệm", "hoàn toàn chịu trách nhiệm",
		"chịu trách nhiệm toàn diện", "chịu trách nhiệm cá nhân", NULL
	};
	if (!words_match_any(words, i, answers, NULL))
		return false;
	while (i < to && !words_sign(words, i, ';') && !(words_sign(words, i, '.') && i + 1 < to && words->at[i + 1].gap))
		i++;
	return i + 2 >= to;
}

bool order_general_closing(const struct words *words, size_t from, size_t to, bool *names_all)
{
	*names_all = contains(words, from, to, all_above);
	static const char *const received[] = { "nhận được", "sau khi nhận được", "trên đây là", NULL };
	for (size_t i = from; i < to; i++) {
		size_t name = name_end(words, i, to);
		bool verb = order_verb(words, i) > i && name_end(words, order_verb(words, i), to) > order_verb(words, i);
		if (verb)
			name = name_end(words, order_verb(words, i), to);
		if (name == i || (!verb && i > from && !words_sign(words, i - 1, ',')))
			continue;
		size_t after = name;
		while (words_sign(words, after, ',') || words_sign(words, after, ';') || words_match(words, after, "và")) {
			size_t next = name_end(words, after + 1, to);
			if (next == after + 1)
				break;
			after = next;
		}
		if (only_general(words, after, to))
			return true;
		i = after;
	}
	return words_match_any(words, from, received, NULL) > 0 && only_general(words, from, to);
}

enum orders_section order_section(const struct words *words, size_t from, size_t to, size_t *title)
{
	size_t best = 0, ordered = order_verb(words, from);
	enum orders_section section = SECTION_UNKNOWN;
	*title = 0;
	if (ordered > from && name_end(words, ordered, to) > ordered)
		return SECTION_UNKNOWN; /* "Yêu cầu UBND các xã:" heads no requirements */
	size_t at = from + words_match(words, from, "về");
	at += words_match(words, at, "các") + words_match(words, at, "một số");
	for (size_t s = 0; s < COUNT(sections); s++) {
		size_t taken = words_match(words, at, sections[s].phrase);
		if (taken > best && at + taken <= to) {
			best = taken;
			section = sections[s].section;
		}
	}
	/* "Kết quả ..., yêu cầu Sở X" is a sentence, no title. */
	bool sentence = to - from > 25;
	*title = best && !sentence ? at + best : 0;
	return sentence ? SECTION_UNKNOWN : section;
}

bool order_announces(const struct words *words, size_t from, size_t to)
{
	size_t last = to;
	while (last > from && words->at[last - 1].kind != 'a')
		last--;
	if (last == to && to > from && !words_match(words, to - 1, "sau"))
		return false;
	for (size_t back = 1; back <= 4 && back <= last - from; back++) {
		size_t taken = words_match_any(words, last - back, announcements, NULL);
		if (taken && last - back + taken == last)
			return true;
	}
	return words_sign(words, to - 1, ':');
}

static bool in_capitals(const struct words *words, size_t count)
{
	for (size_t i = 0; i < words->count && i < count; i++) {
		const struct word *word = &words->at[i];
		size_t length = word->end - word->start;
		/* A capital in all of its letters differs from the small ones in its last byte too. */
		if (word->kind == 'a' && words->text[word->end - 1] == words->lower[word->end - 1] && length > 1)
			return false;
	}
	return words->count > 0;
}

bool order_annex(const struct words *words, bool behind, bool *outline)
{
	*outline = false;
	if (words->count >= 60 || !words->count || !words->at[0].capital)
		return false;
	if (words_match_any(words, 0, outlines, NULL) && (in_capitals(words, 2) || words_match(words, 0, "mẫu số") ||
							  words_match(words, 0, "biểu số"))) {
		*outline = true;
		return true;
	}
	if (words_match_any(words, 0, annexes, NULL) && (behind || in_capitals(words, 2) || words->count < 6))
		return true;
	return behind && in_capitals(words, 2) && words_match_any(words, 0, annex_titles, NULL);
}

static size_t sentence_end(const struct words *words, size_t i)
{
	while (i < words->count && !(words_sign(words, i, '.') && i + 1 < words->count && words->at[i + 1].gap))
		i++;
	return i;
}

/* "Văn phòng Chính phủ thông báo để các bộ biết, thực hiện": the sentence only passes on what was said. */
static bool tells_to_know(const struct words *words, size_t i)
{
	size_t end = sentence_end(words, i);
	for (size_t at = i; at < end && at < i + NOTICE_MAX; at++) {
		if (order_verb(words, at) > at)
			return false;
		if (!words_match(words, at, "thông báo"))
			continue;
		while (at < end && !words_match(words, at, "biết"))
			at++;
		return at < end;
	}
	return false;
}

bool order_trailer(const struct words *words, size_t i)
{
	static const char *const trailers[] = {
		"trong quá trình", "mọi chi tiết", "thông tin liên hệ", "đầu mối liên hệ",
		"chi tiết liên hệ", "mọi vướng mắc", "mọi thông tin", "trân trọng", "quá thời hạn",
		"nếu có khó khăn", "nếu có vướng mắc", "nhận được", "trên đây là", "quá trình thực hiện",
		"chỉ thị này", "kết luận này", "kế hoạch này", "thông báo này", "hướng dẫn này", "nghị quyết này",
		"quyết định này", "quy định này", "chương trình này", "thông tin chi tiết", "rất mong", "xin trân trọng", NULL
	};
	if (tells_to_know(words, i) || order_no_instruction(words, i, sentence_end(words, i)))
		return true;
	/* "Trân trọng đề nghị" is an order, "Trân trọng cảm ơn" none. */
	return words_match_any(words, i, trailers, NULL) && order_verb(words, i) == i;
}

bool order_points_to_annex(const struct words *words, size_t from, size_t to)
{
	static const char *const pointers[] = {
		"tại phụ lục", "theo phụ lục", "phụ lục kèm theo", "phụ lục đính kèm", "danh mục kèm theo",
		"bảng kèm theo", "biểu kèm theo", "danh mục nhiệm vụ", NULL
	};
	return contains(words, from, to, pointers);
}

size_t order_cooperation(const struct words *words, size_t i)
{
	return i + words_match_any(words, i, cooperation, NULL);
}
