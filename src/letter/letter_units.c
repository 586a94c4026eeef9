#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "letter/letter.h"

/*
 * Names in their folded form (text_fold: without marks, small letters, single
 * spaces), in which one office has one name: "ủy ban nhân dân" is "ubnd", the
 * head of an office is the office.
 */

enum {
	NAME_MAX_BYTES = 400,
	NEAR_MIN = 10,       /* letters; shorter names are not matched by likeness */
	NEAR_DISTANCE = 2,
	SURE = 60,           /* below it no unit is given */
};

static const struct {
	const char *written, *meant;
} substitutes[] = {
	{ "uy ban nhan dan", "ubnd" }, { "hoi dong nhan dan", "hdnd" },
	{ "uy ban mat tran to quoc", "ubmttq" }, { "uy ban mttq", "ubmttq" },
	{ "mat tran to quoc", "ubmttq" }, { "ubmttqvn", "ubmttq viet nam" },
	{ "kh cn", "khoa hoc va cong nghe" }, { "khcn", "khoa hoc va cong nghe" },
	{ "khoa hoc cong nghe", "khoa hoc va cong nghe" }, { "gd dt", "giao duc va dao tao" },
	{ "gddt", "giao duc va dao tao" }, { "giao duc dao tao", "giao duc va dao tao" },
	{ "nn mt", "nong nghiep va moi truong" }, { "nnmt", "nong nghiep va moi truong" },
	{ "nong nghiep moi truong", "nong nghiep va moi truong" },
	{ "vh tt dl", "van hoa the thao va du lich" }, { "vhttdl", "van hoa the thao va du lich" },
	{ "vhtt dl", "van hoa the thao va du lich" }, { "vh ttdl", "van hoa the thao va du lich" },
	{ "van hoa the thao du lich", "van hoa the thao va du lich" }, { "dt tg", "dan toc va ton giao" },
	{ "dttg", "dan toc va ton giao" }, { "dan toc ton giao", "dan toc va ton giao" },
	{ "kh dt", "ke hoach va dau tu" }, { "khdt", "ke hoach va dau tu" },
	{ "tt tt", "thong tin va truyen thong" }, { "tttt", "thong tin va truyen thong" },
	{ "tn mt", "tai nguyen va moi truong" }, { "tnmt", "tai nguyen va moi truong" },
	{ "gtvt", "giao thong van tai" }, { "bql", "ban quan ly" }, { "kcn", "khu cong nghiep" },
	{ "cac kcn", "cac khu cong nghiep" }, { "tp", "thanh pho" }, { "vp", "van phong" },
	{ "chanh van phong", "van phong" }, { "pho chanh van phong", "van phong" },
	{ "chanh thanh tra", "thanh tra" }, { "truong ban quan ly", "ban quan ly" },
};

/* Before the name of an office, of which they are the head. */
static const char *const heads[] = {
	"giam doc", "pho giam doc", "thu truong", "chu tich", "pho chu tich", "bo truong", "thong doc",
	"tong thanh tra", "truong ban", "truong phong", "cuc truong", "chi cuc truong", "nguoi dung dau",
	"lanh dao", "bi thu", "tong giam doc", "dong chi", "cac dong chi", "ong", "ba", "chi huy truong",
	NULL
};

static const char *const group_openers[] = { "cac", "toan the", "toan the cac", "tat ca cac", "nhung", NULL };

/* Words that a group may be said of, and what it then is. */
enum {
	SAYS_DEPARTMENTS = 1 << 0,
	SAYS_COMMUNES = 1 << 1,
	SAYS_PROVINCES = 1 << 2,
	SAYS_MINISTRIES = 1 << 3,
	SAYS_LOCAL = 1 << 4,  /* "địa phương": communes of a province, provinces of the centre */
	SAYS_SOME = 1 << 5,   /* "liên quan": which of them is not said */
};

static const struct {
	const char *phrase;
	int says;
} group_words[] = {
	{ "so", SAYS_DEPARTMENTS }, { "so ban nganh", SAYS_DEPARTMENTS }, { "so nganh", SAYS_DEPARTMENTS },
	{ "ban nganh", SAYS_DEPARTMENTS }, { "bo", SAYS_MINISTRIES }, { "bo nganh", SAYS_MINISTRIES },
	{ "bo ban nganh", SAYS_MINISTRIES }, { "co quan ngang bo", SAYS_MINISTRIES },
	{ "co quan thuoc chinh phu", 0 }, { "bo nganh trung uong", SAYS_MINISTRIES },
	{ "xa", SAYS_COMMUNES }, { "phuong", SAYS_COMMUNES }, { "dac khu", SAYS_COMMUNES },
	{ "cap xa", SAYS_COMMUNES }, { "tinh", SAYS_PROVINCES }, { "thanh pho", SAYS_PROVINCES },
	{ "thanh pho truc thuoc trung uong", SAYS_PROVINCES },
	{ "tinh thanh pho truc thuoc trung uong", SAYS_PROVINCES }, { "tinh thanh pho", SAYS_PROVINCES },
	{ "dia phuong", SAYS_LOCAL }, { "lien quan", SAYS_SOME }, { "co lien quan", SAYS_SOME },
	{ "neu tren", SAYS_SOME }, { "co ten tren", SAYS_SOME }, { "ven bien", SAYS_SOME },
	{ "mien nui", SAYS_SOME }, { "bien gioi", SAYS_SOME }, { "co bien", SAYS_SOME }, { "co rung", SAYS_SOME },
	{ "co tuyen di qua", SAYS_SOME }, { "co du an di qua", SAYS_SOME }, { "co du an", SAYS_SOME },
	{ "co quan chuyen mon thuoc ubnd tinh", SAYS_DEPARTMENTS },
	{ "co quan chuyen mon cap tinh", SAYS_DEPARTMENTS }, { "bo truong", SAYS_MINISTRIES },
	{ "truc thuoc so", 0 }, { "thuoc so", 0 }, { "cua so", 0 }, { "truc thuoc bo", 0 }, { "thuoc bo", 0 },
	{ "cua bo", 0 },
	{ "ubnd", 0 }, { "chu tich", 0 }, { "cap tinh", 0 }, { "thuoc tinh", 0 }, { "cua tinh", 0 },
	{ "tren dia ban tinh", 0 }, { "tren dia ban", 0 }, { "trong tinh", 0 }, { "toan tinh", 0 },
	{ "thuoc ubnd tinh", 0 }, { "thu truong", 0 }, { "giam doc", 0 }, { "cac", 0 }, { "ban", 0 },
	{ "nganh", 0 }, { "va", 0 }, { "doan the", 0 }, { "don vi", 0 }, { "co quan", 0 }, { "hoi", 0 },
	{ "truong", 0 }, { "truong cac", 0 }, { "nguoi dung dau", 0 }, { "lanh dao", 0 },
	{ "truc thuoc tinh", 0 }, { "hdnd", 0 }, { "dang uy", 0 }, { "thuoc", 0 }, { "dong chi", 0 },
	{ "mat tran", 0 }, { "chuyen mon", 0 }, { "su nghiep", 0 }, { "trong toan tinh", 0 },
	{ "truc thuoc", 0 }, { "truc thuoc ubnd tinh", 0 }, { "bi thu", 0 },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A unit under one of the names it goes by. */
struct entry {
	const char *key;
	const struct letter_unit *unit;
	bool full; /* the whole name, not one shortened by its province's */
};

struct index {
	struct arena *mem;
	const struct letter_unit *units;
	size_t unit_count;
	struct entry *entries; /* sorted by key */
	size_t count;
	int64_t province_id;
	const struct letter_unit *province; /* the issuing one; NULL: none */
	const char *province_name;          /* its key: "tinh dak lak" */
};

/* Whether `phrase` stands as whole words at the beginning of `text`. */
static size_t leads(const char *text, const char *phrase)
{
	size_t length = strlen(phrase);
	return strncmp(text, phrase, length) == 0 && (text[length] == ' ' || !text[length]) ? length : 0;
}

static size_t leads_any(const char *text, const char *const *phrases)
{
	size_t best = 0;
	for (size_t i = 0; phrases[i]; i++) {
		size_t length = leads(text, phrases[i]);
		best = length > best ? length : best;
	}
	return best;
}

static const char *skip(const char *text, size_t length)
{
	text += length;
	return *text == ' ' ? text + 1 : text;
}

/* The folded name with its usual short forms written in one way. */
static const char *key_of(struct arena *mem, const char *name)
{
	size_t length = strlen(name);
	char *cut = arena_strndup(mem, name, length > NAME_MAX_BYTES ? 0 : length);
	const char *at = text_fold(mem, cut);
	char *key = arena_alloc(mem, strlen(at) * 12 + 1);
	size_t used = 0;
	while (*at) {
		size_t best = 0, which = 0;
		for (size_t s = 0; s < COUNT(substitutes); s++) {
			size_t taken = leads(at, substitutes[s].written);
			if (taken > best) {
				best = taken;
				which = s;
			}
		}
		const char *word = best ? substitutes[which].meant : at;
		size_t size = best ? strlen(word) : strcspn(at, " ");
		if (used)
			key[used++] = ' ';
		memcpy(key + used, word, size);
		used += size;
		at = skip(at, best ? best : size);
	}
	key[used] = '\0';
	return key;
}

static int by_key(const void *a, const void *b)
{
	const struct entry *left = a, *right = b;
	int order = strcmp(left->key, right->key);
	if (order)
		return order;
	return left->unit->id < right->unit->id ? -1 : left->unit->id > right->unit->id;
}

static bool is_kind(const struct letter_unit *unit, const char *kind)
{
	return unit->kind && strcmp(unit->kind, kind) == 0;
}

/* `key` without the name of the province at its end: "van phong ubnd tinh dak lak" is "van phong ubnd tinh". */
static const char *without_province(struct arena *mem, const char *key, const char *province)
{
	if (!province)
		return NULL;
	const char *place = strncmp(province, "tinh ", 5) == 0 ? province + 5
			    : strncmp(province, "thanh pho ", 10) == 0 ? province + 10 : province;
	size_t length = strlen(key), tail = strlen(place);
	if (tail + 1 >= length || strcmp(key + length - tail, place) != 0 || key[length - tail - 1] != ' ')
		return NULL;
	return arena_strndup(mem, key, length - tail - 1);
}

static void index_make(struct index *index, struct arena *mem, const struct letter_unit *units, size_t count,
		       int64_t province_id)
{
	*index = (struct index){ .mem = mem, .units = units, .unit_count = count, .province_id = province_id };
	index->entries = ARENA_ARRAY(mem, struct entry, count * 2 + 1);
	for (size_t i = 0; i < count; i++) {
		index->entries[index->count++] = (struct entry){ key_of(mem, units[i].name), &units[i], true };
		if (province_id && units[i].id == province_id) {
			index->province = &units[i];
			index->province_name = index->entries[index->count - 1].key;
		}
	}
	for (size_t i = 0; i < count && index->province; i++) {
		if (units[i].province_id != province_id || &units[i] == index->province || is_kind(&units[i], "commune"))
			continue;
		const char *shorter = without_province(mem, index->entries[i].key, index->province_name);
		if (shorter)
			index->entries[index->count++] = (struct entry){ shorter, &units[i], false };
	}
	qsort(index->entries, index->count, sizeof(*index->entries), by_key);
}

static size_t first_entry(const struct index *index, const char *key)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(index->entries[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Units a name may mean without saying where they are: those of the issuing province and of the centre. */
static bool near_by(const struct index *index, const struct letter_unit *unit)
{
	if (unit->province_id == index->province_id && index->province_id)
		return true;
	return is_kind(unit, "ministry") || is_kind(unit, "central") || is_kind(unit, "province") ||
	       (is_kind(unit, "party") && unit->province_id != index->province_id && !index->province_id);
}

/* The one unit of that name; the province's own comes before any other. NULL: none, or more than one. */
static const struct letter_unit *unit_named(const struct index *index, const char *key, bool *several)
{
	const struct letter_unit *own = NULL, *other = NULL;
	size_t owns = 0, others = 0;
	for (size_t i = first_entry(index, key); i < index->count && strcmp(index->entries[i].key, key) == 0; i++) {
		const struct letter_unit *unit = index->entries[i].unit;
		if (index->province_id && unit->province_id == index->province_id) {
			owns += unit != own;
			own = unit;
		} else if (near_by(index, unit)) {
			others += unit != other;
			other = unit;
		}
	}
	if (owns) {
		*several = owns > 1;
		return owns == 1 ? own : NULL;
	}
	*several = others > 1;
	return others == 1 ? other : NULL;
}

/* Edits between two texts, counted up to one past NEAR_DISTANCE. */
static int distance(const char *a, const char *b)
{
	size_t long_a = strlen(a), long_b = strlen(b);
	int row[NAME_MAX_BYTES * 2];
	if (long_b + 1 > COUNT(row) || (long_a > long_b ? long_a - long_b : long_b - long_a) > NEAR_DISTANCE)
		return NEAR_DISTANCE + 1;
	for (size_t j = 0; j <= long_b; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= long_a; i++) {
		int diagonal = row[0], least = row[0] = (int)i;
		for (size_t j = 1; j <= long_b; j++) {
			int above = row[j];
			int best = diagonal + (a[i - 1] != b[j - 1]);
			best = above + 1 < best ? above + 1 : best;
			best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			diagonal = above;
			row[j] = best;
			least = best < least ? best : least;
		}
		if (least > NEAR_DISTANCE)
			return least;
	}
	return row[long_b];
}

/* Digits tell offices apart ("khu vuc 10"): they are never taken for a slip. */
static bool same_digits(const char *a, const char *b)
{
	for (;;) {
		a += strcspn(a, "0123456789");
		b += strcspn(b, "0123456789");
		if (!*a || !*b)
			return !*a && !*b;
		if (*a++ != *b++)
			return false;
	}
}

/* The one unit near by whose name is nearly so written. Names of places are too alike for that. */
static const struct letter_unit *unit_like(const struct index *index, const char *key, bool *several)
{
	const struct letter_unit *found = NULL;
	int best = NEAR_DISTANCE + 1;
	if (strlen(key) < NEAR_MIN)
		return NULL;
	for (size_t i = 0; i < index->count; i++) {
		const struct entry *entry = &index->entries[i];
		bool own = index->province_id && entry->unit->province_id == index->province_id;
		if (is_kind(entry->unit, "commune") || is_kind(entry->unit, "province") ||
		    (!own && !is_kind(entry->unit, "ministry")) || entry->key[0] != key[0] || !same_digits(entry->key, key))
			continue;
		int edits = distance(key, entry->key);
		if (edits > NEAR_DISTANCE || edits > best || entry->unit == found)
			continue;
		*several = edits == best && found;
		best = edits;
		found = entry->unit;
	}
	return *several ? NULL : found;
}

static void found_in(const struct index *index, const char *key, int64_t province_id, const struct letter_unit **found,
		     bool *several)
{
	for (size_t e = first_entry(index, key); e < index->count && strcmp(index->entries[e].key, key) == 0; e++) {
		const struct letter_unit *unit = index->entries[e].unit;
		if (unit->province_id != province_id || unit == *found)
			continue;
		*several = *several || *found;
		*found = unit;
	}
}

/* "UBND Nghệ An": the province of that name. */
static const struct letter_unit *province_called(const struct index *index, const char *place, bool *several)
{
	static const char *const kinds[] = { "tinh", "thanh pho" };
	const struct letter_unit *found = NULL;
	for (size_t k = 0; k < COUNT(kinds) && !found && !*several; k++)
		found = unit_named(index, arena_printf(index->mem, "%s %s", kinds[k], place), several);
	return found && is_kind(found, "province") ? found : NULL;
}

/* "Sở Nội vụ tỉnh Nghệ An": the department of the province that is named. */
static const struct letter_unit *unit_elsewhere(const struct index *index, const char *key, bool *several)
{
	const struct letter_unit *found = NULL;
	for (size_t i = 0; i < index->unit_count; i++) {
		const struct letter_unit *province = &index->units[i];
		if (!is_kind(province, "province"))
			continue;
		const char *name = key_of(index->mem, province->name);
		size_t length = strlen(key), tail = strlen(name);
		if (tail + 1 >= length || strcmp(key + length - tail, name) != 0)
			continue;
		/* The unit itself may be called "Sở Nội vụ" or "Công an tỉnh". */
		const char *rest = arena_strndup(index->mem, key, length - tail - 1);
		const char *kind = leads(name, "thanh pho") ? "thanh pho" : "tinh";
		found_in(index, rest, province->id, &found, several);
		found_in(index, arena_printf(index->mem, "%s %s", rest, kind), province->id, &found, several);
	}
	return *several ? NULL : found;
}

static void give(struct arena *mem, struct letter_match *match, const struct letter_unit *unit, int confidence)
{
	int64_t *ids = ARENA_ARRAY(mem, int64_t, 1);
	ids[0] = unit->id;
	match->unit_ids = ids;
	match->unit_count = 1;
	match->confidence = confidence;
}

/* What a name says of groups: the sum of SAYS_ values; 0 when some of its words are no group's. */
static int group_said(const char *key)
{
	int says = 0;
	const char *at = key;
	static const char *const groups[] = {
		"ubnd", "chu tich ubnd", "so ban nganh", "so nganh", "bo nganh", "thu truong", "bo co quan ngang bo",
		"bo truong thu truong", NULL
	};
	if (!leads_any(at, group_openers) && !strstr(at, " cac ") && !leads_any(at, groups))
		return 0;
	while (*at) {
		size_t best = leads_any(at, group_openers);
		int word = 0;
		for (size_t g = 0; g < COUNT(group_words); g++) {
			size_t taken = leads(at, group_words[g].phrase);
			if (taken > best) {
				best = taken;
				word = group_words[g].says;
			}
		}
		if (!best)
			return 0;
		says |= word;
		at = skip(at, best);
	}
	return says;
}

static void give_group(const struct index *index, struct letter_match *match, enum letter_group group, const char *kind,
		       bool some)
{
	int64_t *ids = ARENA_ARRAY(index->mem, int64_t, index->unit_count + 1);
	size_t count = 0;
	bool local = group == LETTER_GROUP_DEPARTMENTS || group == LETTER_GROUP_COMMUNES;
	match->group = group;
	match->confidence = some ? SURE - 10 : 0;
	/* Which of them are concerned, or of which province, is not said. */
	if (some || (local && !index->province_id))
		return;
	for (size_t i = 0; i < index->unit_count; i++)
		if (is_kind(&index->units[i], kind) && (!local || index->units[i].province_id == index->province_id))
			ids[count++] = index->units[i].id;
	match->unit_ids = ids;
	match->unit_count = count;
	match->confidence = count ? 95 : 0;
}

/* The groups a name says, each a match of its own; how many. */
static size_t groups_of(const struct index *index, const char *name, const char *key, struct letter_match *out)
{
	int says = group_said(key);
	bool some = says & SAYS_SOME;
	size_t count = 0;
	if (says & SAYS_LOCAL)
		says |= index->province_id ? SAYS_COMMUNES : SAYS_PROVINCES;
	/* "UBND tỉnh" is one office, and "các sở, ngành tỉnh" are the province's own; only "UBND các tỉnh" are all. */
	bool plural = strstr(key, "cac tinh") || strstr(key, "cac thanh pho") || strstr(key, "truc thuoc trung uong");
	if (!plural && (says & SAYS_PROVINCES) && !(says & SAYS_LOCAL))
		says &= ~SAYS_PROVINCES;
	static const struct {
		int says;
		enum letter_group group;
		const char *kind;
	} groups[] = {
		{ SAYS_MINISTRIES, LETTER_GROUP_MINISTRIES, "ministry" },
		{ SAYS_PROVINCES, LETTER_GROUP_PROVINCES, "province" },
		{ SAYS_DEPARTMENTS, LETTER_GROUP_DEPARTMENTS, "department" },
		{ SAYS_COMMUNES, LETTER_GROUP_COMMUNES, "commune" },
	};
	for (size_t g = 0; g < COUNT(groups); g++) {
		if (!(says & groups[g].says) || count == 2)
			continue;
		out[count] = (struct letter_match){ .name = name };
		give_group(index, &out[count++], groups[g].group, groups[g].kind, some);
	}
	return count;
}

/* "ubnd phuong tuy hoa" is "phuong tuy hoa", "ubnd tinh" the province itself. */
static const char *place_key(const struct index *index, const char *key)
{
	size_t council = leads(key, "ubnd");
	if (!council)
		return key;
	const char *place = skip(key, council);
	bool own = strcmp(place, "tinh") == 0 || strcmp(place, "thanh pho") == 0;
	return own && index->province ? index->province_name : place;
}

/* The name without "tỉnh" at its end; NULL: it has none. */
static const char *without_place(struct arena *mem, const char *key)
{
	static const char tail[] = " tinh";
	size_t length = strlen(key), size = sizeof(tail) - 1;
	bool there = length > size && strcmp(key + length - size, tail) == 0;
	return there ? arena_strndup(mem, key, length - size) : NULL;
}

static void match_one(const struct index *index, const char *name, const char *key, struct letter_match *match)
{
	bool several = false;
	int confidence = 100;
	const struct letter_unit *unit = unit_named(index, key, &several);
	if (!unit && !several) {
		size_t head;
		while ((head = leads_any(key, heads)) > 0 && key[head]) {
			key = skip(key, head);
			confidence = 90;
		}
		bool council = leads(key, "ubnd");
		key = place_key(index, key);
		if (confidence == 100)
			confidence = 95;
		unit = unit_named(index, key, &several);
		if (council && !unit && !several)
			unit = province_called(index, key, &several);
	}
	/* "Sở Tài chính tỉnh Đắk Lắk", "Văn phòng UBND tỉnh Đắk Lắk" of the issuing province itself. */
	if (!unit && !several && index->province) {
		const char *shorter = without_province(index->mem, key, index->province_name);
		if (shorter) {
			const char *bare = without_place(index->mem, shorter);
			unit = unit_named(index, shorter, &several);
			if (!unit && !several && bare)
				unit = unit_named(index, bare, &several);
		}
	}
	/* "Ban Quản lý các khu công nghiệp tỉnh" */
	const char *own = index->province ? without_place(index->mem, key) : NULL;
	if (!unit && !several && own)
		unit = unit_named(index, own, &several);
	if (!unit && !several)
		unit = unit_elsewhere(index, key, &several);
	if (!unit && !several) {
		unit = unit_like(index, key, &several);
		confidence = 75;
	}
	match->name = name;
	if (unit)
		give(index->mem, match, unit, confidence);
	else if (several)
		match->confidence = SURE - 20;
}

void letter_units_match(struct arena *mem, const char *const *names, size_t count, const struct letter_unit *units,
			size_t unit_count, int64_t province_id, struct letter_match **out, size_t *out_count)
{
	struct index index;
	index_make(&index, mem, units, unit_count, province_id);
	*out = ARENA_ARRAY(mem, struct letter_match, count * 2 + 1);
	*out_count = 0;
	for (size_t i = 0; i < count; i++) {
		struct letter_match *match = *out + *out_count;
		const char *key = key_of(mem, names[i]);
		size_t groups = *key ? groups_of(&index, names[i], key, match) : 0;
		*out_count += groups ? groups : 1;
		if (groups)
			continue;
		*match = (struct letter_match){ .name = names[i] };
		if (*key)
			match_one(&index, names[i], key, match);
	}
}
