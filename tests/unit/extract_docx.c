#include "extract_fixture.h"

#include "base/buf.h"
#include "extract/docx.h"
#include "extract/extract.h"

static struct arena *mem;

static int set_up(void **state)
{
	(void)state;
	mem = arena_new((size_t)512 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static enum error_code read_parts(const struct part *parts, const char **text)
{
	struct error err = { .code = ERR_none };
	struct bytes bytes = package_of(mem, parts);
	struct buf out;

	buf_init(&out, mem, EXTRACT_TEXT_MAX);
	if (docx_read(mem, bytes.data, bytes.size, &out, &err) != (err.code == ERR_none))
		fail_msg("%s", error_word(err.code));
	*text = out.data ? out.data : "";
	return err.code;
}

static void reads(const char *body, const char *expected)
{
	const struct part parts[] = { { "word/document.xml", body, 0 }, { NULL, NULL, 0 } };
	const char *text;

	assert_int_equal(read_parts(parts, &text), ERR_none);
	assert_string_equal(text, expected);
}

static void paragraphs(void **state)
{
	(void)state;
	reads(DOCUMENT(P("Kính gửi:") P("- Các sở") "<w:p/>" P("Hết")), "Kính gửi:\n- Các sở\n\nHết\n");
	reads(DOCUMENT("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>Số: 1</w:t><w:tab/>"
		       "<w:t>Hà Nội</w:t><w:br/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>"),
	      "Số: 1\tHà Nội\na-b\n");
	reads(DOCUMENT("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>ủy ban đ</w:t></w:r>"
		       "<w:r><w:rPr><w:caps w:val='0'/></w:rPr><w:t> nhân dân</w:t></w:r></w:p>"),
	      "ỦY BAN Đ nhân dân\n");
	reads(DOCUMENT("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>"),
	      "hiện\n");
	/* Links, fields, content controls hold runs like any other. */
	reads(DOCUMENT("<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>b</w:t>"
		       "</w:r></w:sdtContent></w:sdt><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"),
	      "ab\n");
}

static void tracked_changes(void **state)
{
	(void)state;
	reads(DOCUMENT("<w:p><w:r><w:t>trước </w:t></w:r><w:del><w:r><w:delText>30/4</w:delText></w:r></w:del>"
		       "<w:ins><w:r><w:t>15/5</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom>"
		       "<w:moveTo><w:r><w:t>y</w:t></w:r></w:moveTo></w:p>"),
	      "trước 15/5y\n");
}

static void text_boxes(void **state)
{
	(void)state;
	reads(DOCUMENT("<w:p><w:r><w:t>Đầu</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P("MẬT")
		       P("Hộp") "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" P("MẬT")
		       "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> cuối</w:t></w:r></w:p>"),
	      "Đầu cuối\nMẬT\nHộp\n");
}

#define CELL(text) "<w:tc>" P(text) "</w:tc>"
#define RULED "<w:tblPr><w:tblBorders><w:insideV w:val='single'/></w:tblBorders></w:tblPr>"
#define BARE "<w:tblPr><w:tblStyle w:val='Grid'/><w:tblBorders><w:insideV w:val='nil'/></w:tblBorders></w:tblPr>"

static void tables(void **state)
{
	(void)state;
	reads(DOCUMENT("<w:tbl>" RULED "<w:tr>" CELL("STT") CELL("Nội dung") "</w:tr><w:tr>" CELL("1") "<w:tc>" P("Rà soát")
		       P("báo cáo") "</w:tc></w:tr></w:tbl>" P("Hết")),
	      "STT\tNội dung\n1\tRà soát báo cáo\nHết\n");
	/* A letter head: one cell after another. */
	reads(DOCUMENT("<w:tbl>" BARE "<w:tr><w:tc>" P("UBND TỈNH") P("Số: 1/UBND") "</w:tc>" CELL("CỘNG HÒA") "</w:tr></w:tbl>"),
	      "UBND TỈNH\nSố: 1/UBND\nCỘNG HÒA\n");
	reads(DOCUMENT("<w:tbl>" RULED "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" P("I") "</w:tc>" CELL("x")
		       "</w:tr></w:tbl>"),
	      "I\t\tx\n");
	/* A table in a cell is part of the cell. */
	reads(DOCUMENT("<w:tbl>" RULED "<w:tr>" CELL("1") "<w:tc><w:tbl>" RULED "<w:tr>" CELL("a") CELL("b")
		       "</w:tr></w:tbl>" P("c") "</w:tc></w:tr></w:tbl>"),
	      "1\ta b c\n");
}

static void styled_tables(void **state)
{
	static const char styles[] = "<w:styles xmlns:w='w'><w:style w:styleId='Grid'><w:tblPr><w:tblBorders>"
				     "<w:left w:val='single'/></w:tblBorders></w:tblPr></w:style>"
				     "<w:style w:styleId='Own'><w:basedOn w:val='Grid'/></w:style></w:styles>";
	static const char body[] = DOCUMENT("<w:tbl><w:tblPr><w:tblStyle w:val='Own'/></w:tblPr><w:tr>" CELL("1")
					    CELL("a") "</w:tr></w:tbl>");
	const struct part parts[] = { { "word/document.xml", body, 0 }, { "word/styles.xml", styles, 0 }, { NULL, NULL, 0 } };
	const char *text;

	(void)state;
	assert_int_equal(read_parts(parts, &text), ERR_none);
	assert_string_equal(text, "1\ta\n");
}

#define LIST(list, level, text) \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" list "'/></w:numPr></w:pPr>" \
	"<w:r><w:t>" text "</w:t></w:r></w:p>"
#define LEVEL(level, format, mark) \
	"<w:lvl w:ilvl='" level "'><w:start w:val='1'/><w:numFmt w:val='" format "'/><w:lvlText w:val='" mark "'/></w:lvl>"

static void lists(void **state)
{
	static const char numbering[] =
		"<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='4'>" LEVEL("0", "decimal", "%1.")
		LEVEL("1", "decimal", "%1.%2.") LEVEL("2", "lowerLetter", "%3)") "</w:abstractNum>"
		"<w:abstractNum w:abstractNumId='5'>" LEVEL("0", "bullet", "\xef\x82\xb7") "</w:abstractNum>"
		"<w:abstractNum w:abstractNumId='6'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/>"
		"<w:pStyle w:val='Muc'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
		"<w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>"
		"<w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>"
		"<w:num w:numId='3'><w:abstractNumId w:val='6'/></w:num>"
		"<w:num w:numId='7'><w:abstractNumId w:val='4'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>"
		"</w:lvlOverride></w:num></w:numbering>";
	static const char styles[] = "<w:styles xmlns:w='w'><w:style w:styleId='Muc'><w:pPr><w:numPr><w:numId w:val='3'/>"
				     "</w:numPr></w:pPr></w:style></w:styles>";
	static const char body[] = DOCUMENT(
		LIST("1", "0", "Một") LIST("1", "1", "con") LIST("1", "1", "con") LIST("1", "2", "điểm")
		LIST("1", "2", "điểm") LIST("1", "0", "Hai") LIST("1", "1", "con") LIST("2", "0", "gạch")
		"<w:p><w:pPr><w:pStyle w:val='Muc'/></w:pPr><w:r><w:t>Phần</w:t></w:r></w:p>"
		"<w:p><w:pPr><w:pStyle w:val='Muc'/></w:pPr><w:r><w:t>Phần</w:t></w:r></w:p>"
		"<w:p><w:pPr><w:pStyle w:val='Muc'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>Không</w:t></w:r></w:p>"
		LIST("7", "0", "Lại một") LIST("1", "0", "Hai nữa"));
	const struct part parts[] = { { "word/document.xml", body, 0 }, { "word/numbering.xml", numbering, 0 },
				      { "word/styles.xml", styles, 0 }, { NULL, NULL, 0 } };
	const char *text;

	(void)state;
	assert_int_equal(read_parts(parts, &text), ERR_none);
	assert_string_equal(text, "1. Một\n1.1. con\n1.2. con\na) điểm\nb) điểm\n2. Hai\n2.1. con\n- gạch\n"
				  "I. Phần\nII. Phần\nKhông\n1. Lại một\n2. Hai nữa\n");
}

static void headers_and_notes(void **state)
{
	static const char relations[] =
		"<Relationships><Relationship Id='a' Type='http://x/header' Target='header1.xml'/>"
		"<Relationship Id='b' Type='http://x/header' Target='header2.xml'/></Relationships>";
	static const char body[] = DOCUMENT("<w:p><w:r><w:t>chỉ số</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>");
	static const char notes[] = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='1'>" P("-")
				    "</w:footnote><w:footnote w:id='2'>" P(" Công văn số 5") "</w:footnote></w:footnotes>";
	const struct part parts[] = {
		{ "word/document.xml", body, 0 },
		{ "word/_rels/document.xml.rels", relations, 0 },
		{ "word/header1.xml", "<w:hdr xmlns:w='w'>" P("2") "</w:hdr>", 0 },
		{ "word/header2.xml", "<w:hdr xmlns:w='w'>" P("SỞ NỘI VỤ") "</w:hdr>", 0 },
		{ "word/footnotes.xml", notes, 0 },
		{ NULL, NULL, 0 },
	};
	const char *text;

	(void)state;
	assert_int_equal(read_parts(parts, &text), ERR_none);
	assert_string_equal(text, "SỞ NỘI VỤ\nchỉ số [2]\n[2] Công văn số 5\n");
}

static enum error_code refusal(const char *body, size_t length)
{
	const struct part parts[] = { { "word/document.xml", body, length }, { NULL, NULL, 0 } };
	const char *text;

	return read_parts(parts, &text);
}

static const char *repeated(const char *text, size_t times)
{
	struct buf out;

	buf_init(&out, mem, 0);
	for (size_t i = 0; i < times; i++)
		buf_add_text(&out, text);
	return out.data;
}

static void hostile_files(void **state)
{
	static const char entities[] = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" DOCUMENT(P("&b;"));
	static const char encrypted[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	const struct part none[] = { { "word/other.xml", "<a/>", 0 }, { NULL, NULL, 0 } };
	struct error err = { .code = ERR_none };
	const char *text;
	struct buf out;
	char *bomb;

	(void)state;
	assert_int_equal(refusal(entities, 0), ERR_extract_unreadable);
	assert_int_equal(refusal("<w:document><w:body>", 0), ERR_extract_unreadable);
	assert_int_equal(read_parts(none, &text), ERR_extract_unreadable);
	assert_int_equal(refusal(arena_printf(mem, "<w:document>%s", repeated("<w:tbl><w:tr><w:tc>", 40)), 0),
			 ERR_extract_too_large);
	assert_int_equal(refusal(arena_printf(mem, "<w:document>%s", repeated("<w:x>", 300)), 0), ERR_extract_unreadable);
	bomb = arena_alloc(mem, 97 << 20);
	memset(bomb, ' ', 97 << 20);
	memcpy(bomb, "<w:document>", 12);
	assert_int_equal(refusal(bomb, 97 << 20), ERR_extract_too_large);
	assert_int_equal(refusal(arena_printf(mem, "<w:document><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:document>",
					      repeated("0123456789abcdef", EXTRACT_TEXT_MAX / 16 + 1)), 0),
			 ERR_extract_too_large);
	buf_init(&out, mem, 0);
	assert_false(docx_read(mem, encrypted, sizeof(encrypted) - 1, &out, &err));
	assert_int_equal(err.code, ERR_extract_encrypted);
	err.code = ERR_none;
	assert_false(docx_read(mem, "PK\3\4", 4, &out, &err));
	assert_int_equal(err.code, ERR_extract_unreadable);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs),	     cmocka_unit_test(tracked_changes),
		cmocka_unit_test(text_boxes),	     cmocka_unit_test(tables),
		cmocka_unit_test(styled_tables),     cmocka_unit_test(lists),
		cmocka_unit_test(headers_and_notes), cmocka_unit_test(hostile_files),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
