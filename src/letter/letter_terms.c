#include <stdlib.h>
#include <string.h>

#include "letter/letter_terms.h"

/* All phrases are folded: small letters without marks and blanks. Tables end with NULL. */

static const char *const organs[] = {
	"uyban", "ubnd", "ubmttq", "hoidong", "hdnd", "bo", "so", "tinhuy", "thanhuy", "danguy", "dangbo", "chibo", "chiuy",
	"huyenuy", "quanuy", "thiuy", "ban", "vanphong", "cuc", "tongcuc", "chicuc", "vu", "hoi", "lien", "truong", "doan",
	"congan", "toaan", "vien", "thanhtra", "phong", "trungtam", "chinhphu", "thutuong", "quochoi", "mattran", "to",
	"benhvien", "daihoc", "hocvien", "tongcongty", "congty", "tapdoan", "baohiem", "nganhang", "khobac",
	"quankhu", "kiemtoan", "chutichnuoc", "tonglien", "lucluong", "hiephoi", "thue", "haiquan", "trungtam",
	"tieuban", "congdoan", "bch", "bql", "mttq", "ldld", "trunguong", "thuongtruc", "cum", "khoi", "thongtan", "chinhuy", NULL,
};

/* They look like an organ's name, but go on one. */
static const char *const not_organs[] = {
	"tongthe", "banhanh", "sohuu", "vuontam", "phongchong", "vienchuc", "botri", "bosung", "baove", "baodam", "bancap",
	"doanket", "lienket", "sokhao", NULL,
};

static const char *const positions[] = {
	"chutich", "phochutich", "giamdoc", "phogiamdoc", "botruong", "thutruong", "thutuong", "phothutuong",
	"chanhvanphong", "phochanhvanphong", "pchanhvanphong", "bithu", "phobithu", "truongban", "photruongban",
	"truongphong", "photruongphong", "photruongthanhphong", "cuctruong", "phocuctruong", "vutruong", "phovutruong",
	"tongcuctruong", "photongcuctruong", "chicuctruong", "phochicuctruong", "hieutruong", "phohieutruong",
	"vientruong", "phovientruong", "chanhan", "phochanhan", "chanhthanhtra", "phochanhthanhtra", "chunhiem",
	"phochunhiem", "truongdoan", "photruongdoan", "tongkiemtoan", "photongkiemtoan", "thongdoc", "phothongdoc",
	"tonggiamdoc", "photonggiamdoc", "truongcongan", "photruongcongan", "chihuytruong", "phochihuytruong",
	"totruong", "phototruong", "tongthuky", "photongthuky", "uyvien", "tongbithu", "thuongtruc", "bithutinhuy",
	"thutruongcoquan", "truongthue", "photruongthue", "quyenchutich", "quyengiamdoc", "quyen", "qchutich",
	"qgiamdoc", "qbotruong", "dangtri", "chinhuy", "phochinhuy", "tulenh", "photulenh", "vienpho", "ktvientruong",
	"truongkhoa", "thamphan", "kiemsatvien", "chaphanhvien", "doitruong", "hattruong", "tramtruong", "chinhtrivien",
	"chihuy", "phutrach", "truongtieuban", "tongbientap", "photongbientap", "truongthon", "khuphotruong", "truongbanqly",
	"pho", NULL,
};

static const char *const sentences[] = {
	"cancu", "thuchien", "theo", "xet", "tiepnoi", "tiep", "trienkhai", "nham", "phucdap", "traloi", "ngay",
	"vuaqua", "trongthoigian", "trennguyentac", "trencoso", "quaxem", "uybannhandantinhnhan", "tai", "tuan",
	"hientai", "dekip", "dethuc", "detrien", "detiep", "detang", "debaodam", "deday", "dechu", "hientheo", "duocsu",
	"saukhi", "lienquanden", "datheo", "dieu1", "phan", "chuong", "thoigianqua", "dutuc", "nhan",
	"uybannhandan", "botrichuc", "quatheodoi", "trachnhiem", "duoc", "hang", "tuyengiao", NULL,
};

static const char *const stamps[] = {
	"toimat", "tuyetmat", "mat", "hoatoc", "khan", "thuongkhan", "hoatochengio", "luuhanhnoibo", "xemxongtralai",
	"dasaoy", "saoy", "saoybanchinh", "saoluc", "trichsao", "banchinh", "bansao", "ngayky", "nguoiky", "email", "thoigianky", "coquanky", "kyboi", "chuyen", "ngayden",
	NULL,
};

static const char *const incomplete[] = {
	"danguy", "dangbo", "uyban", "banchidao", "banchaphanh", "uybannhandan", "hoidongnhandan", "so", "bo",
	"hoidong", "ban", "doan", "hoi", "thuongtruc", "lienminh", "uybankiemtra", "banchaphanhdangbo", "ubnd", NULL,
};

static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	enum { MOST = 64 };
	size_t row[MOST + 1];
	if (a_length > MOST || b_length > MOST)
		return MOST;
	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t change = diagonal + (a[i - 1] != b[j - 1]);
			size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
			diagonal = row[j];
			row[j] = change < least ? change : least;
		}
	}
	return row[b_length];
}

bool letter_is(const char *fold, size_t length, const char *phrase, size_t wrong)
{
	size_t size = strlen(phrase);
	if (length + wrong < size || size + wrong < length)
		return false;
	if (!wrong)
		return !memcmp(fold, phrase, size);
	return edit_distance(fold, length, phrase, size) <= wrong;
}

bool letter_begins(const char *fold, size_t length, const char *phrase, size_t wrong)
{
	size_t size = strlen(phrase);
	if (length >= size && !memcmp(fold, phrase, size))
		return true;
	for (size_t cut = size - wrong; wrong && cut <= size + wrong; cut++)
		if (cut <= length && edit_distance(fold, cut, phrase, size) <= wrong)
			return true;
	return false;
}

bool letter_begins_any(const char *fold, size_t length, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (letter_begins(fold, length, *phrases, 0))
			return true;
	return false;
}

enum letter_motto letter_motto(const struct letter_line *line)
{
	const char *fold = line->fold;
	size_t length = line->fold_length;
	if (length < 15 || length > 60)
		return LETTER_NO_MOTTO;
	if (line->upper && letter_begins(fold, length, "conghoaxahoichunghiavietnam", 4))
		return LETTER_STATE_MOTTO;
	if (letter_is(fold, length, "doclaptudohanhphuc", 4))
		return LETTER_STATE_WORDS;
	if (line->upper && (letter_is(fold, length, "dangcongsanvietnam", 3) || letter_is(fold, length, "doantncshochiminh", 1)))
		return LETTER_PARTY_MOTTO;
	return LETTER_NO_MOTTO;
}

/* The organ's first word stands as a word of its own: "SO", not "SOC". */
static bool first_words(const struct letter_line *line, const char *phrase)
{
	const struct letter_clean *clean = &line->clean;
	size_t at = 0, size;
	while (*phrase && at < clean->length) {
		char fold = letter_fold(letter_char(clean->text, at, clean->length, &size));
		at += size;
		if (!fold)
			continue;
		if (fold != *phrase)
			return false;
		phrase++;
	}
	if (*phrase)
		return false;
	return at >= clean->length || !letter_fold(letter_char(clean->text, at, clean->length, &size));
}

bool letter_begins_organ(const struct letter_line *line)
{
	if (!line->upper || letter_begins_any(line->fold, line->fold_length, not_organs))
		return false;
	for (size_t i = 0; organs[i]; i++)
		if (first_words(line, organs[i]) ||
		    (strlen(organs[i]) > 5 && letter_begins(line->fold, line->fold_length, organs[i], 0)))
			return true;
	return letter_begins(line->fold, line->fold_length, "uybannhandan", 2);
}

bool letter_begins_position(const struct letter_line *line)
{
	return line->fold_length <= 90 && letter_begins_any(line->fold, line->fold_length, positions);
}

/* "TM.", "T/M", "KT.", "K/T", "TL.", "TUQ.", and with a lost dot "TL CHU TICH". */
bool letter_begins_sign(const struct letter_line *line)
{
	static const char *const signs[] = { "TM", "KT", "TL", "TUQ", "T/M", "K/T", "T/L", "T.M", "K.T", "T.L", "TH", NULL };
	const struct letter_clean *clean = &line->clean;
	if (!line->upper || clean->length > 200)
		return false;
	for (size_t i = 0; signs[i]; i++) {
		size_t length = strlen(signs[i]);
		if (clean->length < length + 3 || memcmp(clean->text, signs[i], length) != 0)
			continue;
		char next = clean->text[length];
		if (next == '.' || next == '/' || (next == ' ' && i != 10))
			return true;
	}
	return false;
}

bool letter_begins_sentence(const struct letter_line *line)
{
	return letter_begins_any(line->fold, line->fold_length, sentences);
}

bool letter_is_stamp(const struct letter_line *line)
{
	if (line->fold_length > 60)
		return false;
	for (size_t i = 0; stamps[i]; i++)
		if (letter_is(line->fold, line->fold_length, stamps[i], 0))
			return true;
	/* "Người ký: ...", "DỰ THẢO LẦN 2", "SAO Y; Văn phòng; 12/05/2026": with what stands behind */
	static const char *const begins[] = { "nguoiky", "kyboi", "thoigianky", "ngayky", "coquan", "email", "duthaolan", "duthaongay",
					      "duthao1", "duthao2", "duthao3", "saoy", NULL };
	const char *colon = memchr(line->clean.text, ':', line->clean.length), *semicolon = memchr(line->clean.text, ';', line->clean.length);
	bool told = colon || semicolon || letter_begins(line->fold, line->fold_length, "duthao", 0);
	return told && letter_begins_any(line->fold, line->fold_length, begins);
}

bool letter_is_incoming(const struct letter_line *line)
{
	return line->upper && line->fold_length < 24 &&
	       (letter_is(line->fold, line->fold_length, "den", 0) ||
		letter_begins(line->fold, line->fold_length, "congvanden", 0) ||
		letter_begins(line->fold, line->fold_length, "vanbanden", 0));
}

bool letter_is_incomplete(const struct letter_line *line)
{
	for (size_t i = 0; incomplete[i]; i++)
		if (letter_is(line->fold, line->fold_length, incomplete[i], 0))
			return true;
	const struct letter_clean *clean = &line->clean;
	char last = (char)(clean->length ? clean->text[clean->length - 1] : ' ');
	return last == ',' || last == '-' || last == '&';
}

bool letter_is_addressing(const struct letter_line *line)
{
	static const char invite[] = "kinhmoi";
	size_t size = strlen(invite);
	bool invites = line->fold_length > size && line->fold_length < 250 && line->clean.text[line->clean.length - 1] == ':' &&
		       !memcmp(line->fold + line->fold_length - size, invite, size);
	return invites || letter_begins(line->fold, line->fold_length, "kinhgui", 1) ||
	       (line->fold_length < 200 && (letter_begins(line->fold, line->fold_length, "kinhmoi", 0) ||
					    letter_begins(line->fold, line->fold_length, "trantrongkinhmoi", 0)));
}

bool letter_is_receiving(const struct letter_line *line)
{
	if (!letter_begins(line->fold, line->fold_length, "noinhan", 1))
		return false;
	return line->fold_length <= 9 || memchr(line->clean.text, ':', line->clean.length < 14 ? line->clean.length : 14);
}

bool letter_is_annex(const struct letter_line *line)
{
	return line->fold_length <= 60 && letter_begins(line->fold, line->fold_length, "phuluc", 0) &&
	       (line->upper || line->fold_length <= 12);
}

/* The length of quotes and brackets that a subject may stand in. */
static size_t leading_signs(const char *text, size_t length)
{
	size_t at = 0, size;
	while (at < length && at < 6) {
		uint32_t c = letter_char(text, at, length, &size);
		if (c != '"' && c != '(' && c != 0x201c && c != '\'')
			break;
		at += size;
	}
	return at;
}

bool letter_is_subject(const struct letter_line *line, size_t *skip)
{
	const struct letter_clean *clean = &line->clean;
	size_t size, at = leading_signs(clean->text, clean->length), folded = 0;
	const char *text = clean->text + at;
	bool about = letter_begins(line->fold, line->fold_length, "veviec", 0);
	bool slashed = clean->length > at + 3 && letter_begins(line->fold, line->fold_length, "vv", 0) &&
		       (strchr("/. ", text[1]) || strchr(" :", text[2]));
	if (!about && !slashed)
		return false;
	for (size_t most = about ? 6 : 2; at < clean->length && folded < most; at += size)
		folded += letter_fold(letter_char(clean->text, at, clean->length, &size)) != 0;
	while (at < clean->length && strchr(" :.", clean->text[at]))
		at++;
	*skip = at;
	return true;
}
