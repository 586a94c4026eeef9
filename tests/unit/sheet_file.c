#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "sheet/sheet.h"
#include "sheet/sheet_number.h"

#define WORKBOOK \
	"<workbook xmlns='m' xmlns:r='rel'><sheets><sheet name='A' sheetId='1' r:id='rId7'/>" \
	"<sheet name='B' sheetId='2' r:id='rId8'/></sheets></workbook>"
#define RELATIONS \
	"<Relationships><Relationship Id='rId8' Target='worksheets/other.xml'/>" \
	"<Relationship Id='rId7' Target='worksheets/one.xml'/></Relationships>"

static struct arena *mem;

static int set_up(void **state)
{
	(void)state;
	mem = arena_new(128 << 20);
	log_level_set(LOG_ERROR);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

struct part {
	const char *path, *text;
	size_t length; /* 0: of the text */
};

struct bytes {
	const char *data;
	size_t size;
};

static struct bytes package(const struct part *parts)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *zip;
	char *out;
	zip_stat_t stat;

	zip_error_init(&error);
	source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	assert_non_null(zip);
	for (; parts->path; parts++)
		assert_true(zip_file_add(zip, parts->path,
					 zip_source_buffer(zip, parts->text,
							   parts->length ? parts->length : strlen(parts->text), 0),
					 0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_stat(source, &stat), 0);
	out = arena_alloc(mem, stat.size);
	assert_int_equal(zip_source_open(source), 0);
	assert_int_equal(zip_source_read(source, out, stat.size), stat.size);
	zip_source_close(source);
	zip_source_free(source);
	return (struct bytes){ out, stat.size };
}

static struct bytes workbook(const char *sheet, const char *strings)
{
	const struct part parts[] = {
		{ "xl/workbook.xml", WORKBOOK, 0 },
		{ "xl/_rels/workbook.xml.rels", RELATIONS, 0 },
		{ "xl/worksheets/one.xml", sheet, 0 },
		{ strings ? "xl/sharedStrings.xml" : NULL, strings, 0 },
		{ NULL, NULL, 0 },
	};

	return package(parts);
}

/* Reads in this process, or by the child. */
static bool read_as(bool by_child, struct bytes file, struct sheet *out, struct error *err)
{
	char path[] = "/tmp/theodoi-sheet-XXXXXX";
	bool ok;
	int fd;

	*err = (struct error){ .code = ERR_none };
	if (!by_child)
		return sheet_read_bytes(mem, file.data, file.size, out, err);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, file.data, file.size), file.size);
	close(fd);
	ok = sheet_read(mem, path, out, err);
	unlink(path);
	return ok;
}

static const char *cell_text(const struct sheet *sheet, size_t row, size_t column)
{
	static const char kinds[] = "-tn";
	const struct sheet_cell *cell;

	assert_true(row < sheet->row_count);
	if (column >= sheet->rows[row].count)
		return "-";
	cell = &sheet->rows[row].cells[column];
	return arena_printf(mem, "%c%s", kinds[cell->kind], cell->text);
}

static void cells_of_all_kinds(void **state)
{
	struct bytes file = workbook(
		"<worksheet><sheetData>"
		"<row r='2'><c r='A2' t='s'><v>1</v></c><c r='C2'><v>12.300000000000001</v></c>"
		"<c r='D2' t='inlineStr'><is><r><t>Tuy </t></r><r><t>Hoa\xcc\x80</t></r></is></c></row>"
		"<row r='3'/>"
		"<row><c t='str'><f>1+1</f><v>x&amp;y</v></c><c t='b'><v>1</v></c><c t='e'><v>#REF!</v></c>"
		"<c><v></v></c><c t='s'><v>0</v></c></row>"
		"<row r='9'><c r='ZZ9'><v>1</v></c><c r='BM9'><v>1</v></c></row>"
		"<row r='10'><c r='A10' t='inlineStr'><is><t>  </t></is></c></row>"
		"</sheetData></worksheet>",
		"<sst><si><t/></si><si><t>Mã</t><rPh><t>furigana</t></rPh></si></sst>");

	(void)state;
	for (int by_child = 0; by_child < 2; by_child++) {
		struct sheet sheet;
		struct error err;
		if (!read_as(by_child, file, &sheet, &err))
			fail_msg("%s", err.trace);
		assert_int_equal(sheet.row_count, 2);
		assert_int_equal(sheet.rows[0].line, 2);
		assert_string_equal(cell_text(&sheet, 0, 0), "tMã");
		assert_string_equal(cell_text(&sheet, 0, 1), "-");
		assert_string_equal(cell_text(&sheet, 0, 2), "n12.3");
		assert_string_equal(cell_text(&sheet, 0, 3), "tTuy Hoà");
		assert_int_equal(sheet.rows[1].line, 4);
		assert_string_equal(cell_text(&sheet, 1, 0), "tx&y");
		assert_string_equal(cell_text(&sheet, 1, 1), "t1");
		assert_string_equal(cell_text(&sheet, 1, 2), "t#REF!");
		assert_int_equal(sheet.rows[1].count, 3);
	}
}

static char *repeat(const char *head, const char *piece, size_t times, const char *tail)
{
	size_t a = strlen(head), b = strlen(piece), c = strlen(tail);
	char *out = arena_alloc(mem, a + b * times + c + 1);

	memcpy(out, head, a);
	for (size_t i = 0; i < times; i++)
		memcpy(out + a + i * b, piece, b);
	memcpy(out + a + b * times, tail, c + 1);
	return out;
}

static void hostile_files(void **state)
{
	const struct part no_sheet[] = { { "xl/workbook.xml", WORKBOOK, 0 }, { NULL, NULL, 0 } };
	const struct part outside[] = {
		{ "xl/workbook.xml", WORKBOOK, 0 },
		{ "xl/_rels/workbook.xml.rels",
		  "<Relationships><Relationship Id='rId7' Target='../../../etc/passwd'/></Relationships>", 0 },
		{ NULL, NULL, 0 },
	};
	struct bytes good = workbook("<worksheet/>", NULL);
	const struct {
		const char *what;
		struct bytes file;
		enum error_code code;
	} rows[] = {
		{ "nothing", { "", 0 }, ERR_sheet_unreadable },
		{ "no zip", { "PK but no zip", 13 }, ERR_sheet_unreadable },
		{ "an old .xls", { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 }, ERR_sheet_unreadable },
		{ "cut off", { good.data, good.size / 2 }, ERR_sheet_unreadable },
		{ "no sheet's part", package(no_sheet), ERR_sheet_unreadable },
		{ "a part outside", package(outside), ERR_sheet_unreadable },
		{ "no XML", workbook("Hello", NULL), ERR_sheet_unreadable },
		{ "XML cut off", workbook("<worksheet><sheetData><row>", NULL), ERR_sheet_unreadable },
		{ "entities",
		  workbook("<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;&b;'>]><worksheet><sheetData><row>"
			   "<c t='str'><v>&c;</v></c></row></sheetData></worksheet>", NULL),
		  ERR_sheet_unreadable },
		{ "a file's entity",
		  workbook("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><worksheet>&b;</worksheet>", NULL),
		  ERR_sheet_unreadable },
		{ "a string that is not there",
		  workbook("<worksheet><row><c t='s'><v>5</v></c></row></worksheet>", "<sst><si><t>a</t></si></sst>"),
		  ERR_sheet_unreadable },
		{ "a negative string",
		  workbook("<worksheet><row><c t='s'><v>-1</v></c></row></worksheet>", "<sst><si><t>a</t></si></sst>"),
		  ERR_sheet_unreadable },
		{ "row 0", workbook("<worksheet><row r='0'/></worksheet>", NULL), ERR_sheet_unreadable },
		{ "row of billions", workbook("<worksheet><row r='99999999999'/></worksheet>", NULL),
		  ERR_sheet_unreadable },
		{ "control characters", workbook("<worksheet><row><c t='str'><v>a&#127;&#x85;\x01</v></c></row></worksheet>",
						 NULL),
		  ERR_sheet_unreadable },
		{ "a bomb", workbook(repeat("<worksheet>", "<a></a>          ", 3 << 20, "</worksheet>"), NULL),
		  ERR_sheet_too_large },
		{ "too many rows",
		  workbook(repeat("<worksheet>", "<row><c><v>1</v></c></row>", SHEET_ROWS_MAX + 1, "</worksheet>"), NULL),
		  ERR_sheet_too_large },
		{ "a cell too long",
		  workbook(repeat("<worksheet><row><c t='str'><v>", "0123456789abcdef", (SHEET_TEXT_MAX >> 4) + 1,
				  "</v></c></row></worksheet>"), NULL),
		  ERR_sheet_too_large },
		{ "too many strings",
		  workbook("<worksheet/>", repeat("<sst>", "<si><t/></si>", SHEET_STRINGS_MAX + 1, "</sst>")),
		  ERR_sheet_too_large },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int by_child = 0; by_child < 2; by_child++) {
			struct sheet sheet;
			struct error err;
			bool ok = read_as(by_child, rows[i].file, &sheet, &err);
			if (ok || err.code != rows[i].code)
				fail_msg("%s%s: %s (%s)", rows[i].what, by_child ? " (child)" : "",
					 ok ? "read" : error_word(err.code), err.trace);
		}
	}
}

static void all_rows_that_are_allowed(void **state)
{
	struct bytes file = workbook(
		repeat("<worksheet>", "<row><c r='BL1' t='str'><v>x</v></c></row>", SHEET_ROWS_MAX, "</worksheet>"), NULL);
	struct sheet sheet;
	struct error err;

	(void)state;
	if (!read_as(true, file, &sheet, &err))
		fail_msg("%s", err.trace);
	assert_int_equal(sheet.row_count, SHEET_ROWS_MAX);
	assert_int_equal(sheet.rows[SHEET_ROWS_MAX - 1].count, SHEET_COLUMNS_MAX);
}

static void what_is_written_is_read(void **state)
{
	static const double widths[] = { 10, 20, 10 };
	const struct sheet_value values[] = {
		{ .kind = SHEET_TEXT, .look = LOOK_TITLE, .text = "Báo cáo", .spans = true }, { 0 }, { 0 },
		{ .kind = SHEET_TEXT, .look = LOOK_HEADING, .text = "Mã" },
		{ .kind = SHEET_TEXT, .look = LOOK_HEADING, .text = "Chỉ số" },
		{ .kind = SHEET_TEXT, .look = LOOK_HEADING, .text = "Giá trị" },
		{ .kind = SHEET_TEXT, .text = "=1+1" },
		{ .kind = SHEET_TEXT, .text = "@SUM(A1)" },
		{ .kind = SHEET_NUMBER, .look = LOOK_INPUT, .number = -123456, .decimals = 2 },
		{ .kind = SHEET_TEXT, .text = "https://example.vn" },
		{ .kind = SHEET_BLANK, .look = LOOK_MUTED },
		{ .kind = SHEET_NUMBER, .number = 999999999999999 },
	};
	const struct sheet_page page = { .name = "Số liệu", .widths = widths, .columns = 3, .values = values, .rows = 4,
					 .heading = 1 };
	struct error err = { .code = ERR_none };
	struct bytes file;
	struct sheet sheet;

	(void)state;
	if (!sheet_write(mem, &page, &file.data, &file.size, &err))
		fail_msg("%s", err.trace);
	if (!read_as(true, file, &sheet, &err))
		fail_msg("%s", err.trace);
	assert_int_equal(sheet.row_count, 4);
	assert_string_equal(cell_text(&sheet, 0, 0), "tBáo cáo");
	assert_string_equal(cell_text(&sheet, 1, 2), "tGiá trị");
	assert_string_equal(cell_text(&sheet, 2, 0), "t=1+1");
	assert_string_equal(cell_text(&sheet, 2, 1), "t@SUM(A1)");
	assert_string_equal(cell_text(&sheet, 2, 2), "n-1234.56");
	assert_string_equal(cell_text(&sheet, 3, 0), "thttps://example.vn");
	assert_string_equal(cell_text(&sheet, 3, 2), "n999999999999999");
	/* No formula anywhere. */
	assert_null(memmem(file.data, file.size, "<f>", 3));
}

static void numbers(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "1", "1" },		     { "-0", "0" },	      { "0.1", "0.1" },
		{ "12.300000000000001", "12.3" }, { "1.2345E3", "1234.5" }, { "1E-3", "0.001" },
		{ "98.5", "98.5" },	     { "123456789012345", "123456789012345" },
		{ "0.30000000000000004", "0.3" }, { "1E15", NULL },      { "-1e300", NULL },
		{ "nan", NULL },	     { "inf", NULL },	      { "", NULL },
		{ "1,5", NULL },	     { "1 ", NULL },	      { "1234.56", "1234.56" },
		{ "1e-300", "0" },
	};
	char out[SHEET_NUMBER_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool ok = sheet_number(rows[i].in, out);
		if (ok != (rows[i].out != NULL) || (ok && strcmp(out, rows[i].out)))
			fail_msg("%s: %s", rows[i].in, ok ? out : "refused");
	}
}

static void column_names(void **state)
{
	char name[4];

	(void)state;
	assert_string_equal(sheet_column_name(0, name), "A");
	assert_string_equal(sheet_column_name(25, name), "Z");
	assert_string_equal(sheet_column_name(26, name), "AA");
	assert_string_equal(sheet_column_name(27, name), "AB");
	assert_string_equal(sheet_column_name(63, name), "BL");
	assert_string_equal(sheet_column_name(701, name), "ZZ");
	assert_string_equal(sheet_column_name(702, name), "AAA");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_of_all_kinds),	     cmocka_unit_test(hostile_files),
		cmocka_unit_test(all_rows_that_are_allowed), cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(numbers),		     cmocka_unit_test(column_names),
	};

	/* sheet_read starts this very program again as the child. */
	if (argc > 1 && !strcmp(argv[1], SHEET_CHILD_COMMAND))
		sheet_child_run();
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
