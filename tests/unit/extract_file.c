#include "extract_fixture.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "extract/extract.h"

/* Whole files through theodoi-extract. Pages are drawn here, as text and as pictures. */

static struct arena *mem;
static char folder[64];

/* What the drawing keeps until the process ends, for LeakSanitizer. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libcairo\nleak:libpango\n";
}

static int unlink_each(const char *path, const struct stat *stat, int flag, struct FTW *walk)
{
	(void)stat;
	(void)flag;
	(void)walk;
	return remove(path);
}

static int set_up(void **state)
{
	(void)state;
	mem = arena_new((size_t)256 << 20);
	log_level_set(LOG_ERROR);
	snprintf(folder, sizeof(folder), "/tmp/theodoi-extract-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(mem);
	nftw(folder, unlink_each, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}

static const char *path_of(const char *name)
{
	return arena_printf(mem, "%s/%s", folder, name);
}

static const char *file_of(const char *name, const void *bytes, size_t size)
{
	const char *path = path_of(name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
	return path;
}

struct told {
	int calls, done, pages, stop_at;
};

static bool page(void *arg, int done, int pages)
{
	struct told *told = arg;

	told->calls++;
	told->done = done;
	told->pages = pages;
	return told->stop_at == 0 || told->calls < told->stop_at;
}

static enum error_code extract(const char *path, struct told *told, struct extracted *out)
{
	const struct extract_progress progress = { page, told };
	struct error err = { .code = ERR_none };

	if (extract_text(mem, path, path, &progress, out, &err) != (err.code == ERR_none))
		fail_msg("%s", error_word(err.code));
	return err.code;
}

static void reads(const char *path, struct extracted *out, struct told *told)
{
	enum error_code code = extract(path, told, out);

	if (code != ERR_none)
		fail_msg("%s: %s", path, error_word(code));
	assert_int_equal(strlen(out->text), out->length);
}

static void has(const struct extracted *out, const char *text)
{
	if (!strstr(out->text, text))
		fail_msg("'%s' is not in '%s'", text, out->text);
}

enum { WIDTH = 595, HEIGHT = 842 };

static void put(cairo_t *cairo, double x, double y, const char *text)
{
	cairo_move_to(cairo, x, y);
	cairo_show_text(cairo, text);
}

/* A letter: head in two columns, a paragraph, foot in two columns. */
static void draw_letter(cairo_t *cairo)
{
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_select_font_face(cairo, "DejaVu Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, 13);
	put(cairo, 60, 60, "ỦY BAN NHÂN DÂN");
	put(cairo, 80, 76, "TỈNH ĐẮK LẮK");
	put(cairo, 70, 92, "Số: 125/UBND-VX");
	put(cairo, 300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA");
	put(cairo, 320, 76, "Độc lập - Tự do - Hạnh phúc");
	put(cairo, 60, 150, "Thực hiện Nghị quyết số 57-NQ/TW, Ủy ban nhân dân tỉnh yêu cầu");
	put(cairo, 60, 166, "các sở, ban, ngành báo cáo trước ngày 30 tháng 5 năm 2026.");
	put(cairo, 60, 230, "Nơi nhận:");
	put(cairo, 60, 246, "- Như trên;");
	put(cairo, 330, 230, "KT. CHỦ TỊCH");
	put(cairo, 330, 246, "PHÓ CHỦ TỊCH");
}

static const char *pdf_with_text(const char *name, int pages)
{
	const char *path = path_of(name);
	cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT);
	cairo_t *cairo = cairo_create(surface);

	for (int i = 0; i < pages; i++) {
		draw_letter(cairo);
		cairo_show_page(cairo);
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return path;
}

static cairo_surface_t *picture_of_letter(double scale)
{
	cairo_surface_t *picture =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(WIDTH * scale), (int)(HEIGHT * scale));
	cairo_t *cairo = cairo_create(picture);

	cairo_scale(cairo, scale, scale);
	draw_letter(cairo);
	cairo_destroy(cairo);
	return picture;
}

static const char *png_of_letter(const char *name, double scale)
{
	const char *path = path_of(name);
	cairo_surface_t *picture = picture_of_letter(scale);

	assert_int_equal(cairo_surface_write_to_png(picture, path), CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(picture);
	return path;
}

/* A scan with the few words a digital signature draws over it. */
static const char *signed_scan(const char *name)
{
	const char *path = path_of(name);
	cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT), *picture = picture_of_letter(2.5);
	cairo_t *cairo = cairo_create(surface);

	cairo_scale(cairo, 1 / 2.5, 1 / 2.5);
	cairo_set_source_surface(cairo, picture, 0, 0);
	cairo_paint(cairo);
	cairo_identity_matrix(cairo);
	cairo_set_source_rgb(cairo, 1, 0, 0);
	cairo_select_font_face(cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, 9);
	put(cairo, 330, 400, "Ký bởi: Ủy ban nhân dân tỉnh Đắk Lắk");
	cairo_show_page(cairo);
	cairo_destroy(cairo);
	cairo_surface_destroy(picture);
	cairo_surface_destroy(surface);
	return path;
}

static void texts_and_documents(void **state)
{
	const struct part parts[] = { { "word/document.xml", DOCUMENT(P("Kính gửi: Sở Nội vụ")), 0 }, { NULL, NULL, 0 } };
	struct bytes docx = package_of(mem, parts);
	struct extracted out;
	struct told told = { 0 };

	(void)state;
	reads(file_of("a.TXT", "S\xe1\xbb\x91 1\r\n", 8), &out, &told);
	assert_string_equal(out.text, "Số 1\n");
	assert_int_equal(out.pages, 1);
	assert_false(out.from_picture);
	reads(file_of("a.docx", docx.data, docx.size), &out, &told);
	assert_string_equal(out.text, "Kính gửi: Sở Nội vụ\n");
}

static void pdf_by_its_text(void **state)
{
	struct told told = { 0 };
	struct extracted out;

	(void)state;
	reads(pdf_with_text("a.pdf", 3), &out, &told);
	assert_int_equal(out.pages, 3);
	assert_false(out.from_picture);
	assert_int_equal(told.calls, 4);
	assert_int_equal(told.done, 3);
	assert_int_equal(told.pages, 3);
	has(&out, "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\nSố: 125/UBND-VX\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nĐộc lập");
	has(&out, "Nơi nhận:\n- Như trên;\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n");
}

/* The last page of a letter may hold a name alone. */
static void pdf_of_few_words(void **state)
{
	const char *path = path_of("few.pdf");
	cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT);
	cairo_t *cairo = cairo_create(surface);
	struct told told = { 0 };
	struct extracted out;

	(void)state;
	cairo_select_font_face(cairo, "DejaVu Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	put(cairo, 60, 60, "Lê Thị Bé");
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	reads(path, &out, &told);
	assert_false(out.from_picture);
	assert_string_equal(out.text, "Lê Thị Bé\n");
}

static void pictures(void **state)
{
	const char *paths[] = { png_of_letter("a.png", 2.5), signed_scan("scan.pdf") };

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct told told = { 0 };
		struct extracted out;
		reads(paths[i], &out, &told);
		assert_true(out.from_picture);
		assert_int_equal(out.pages, 1);
		assert_int_equal(told.calls, 2);
		has(&out, "125/UBND-VX");
		has(&out, "Nghị quyết số 57-NQ/TW");
		has(&out, "trước ngày 30 tháng 5 năm 2026");
	}
}

static void stopped_by_whoever_asked(void **state)
{
	struct told told = { .stop_at = 2 };
	struct extracted out;

	(void)state;
	assert_int_equal(extract(pdf_with_text("b.pdf", 200), &told, &out), ERR_unavailable);
	assert_int_equal(told.calls, 2);
}

static void refusals(void **state)
{
	static const char locked[] =
		"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
		"3 0 obj\n<</Filter/Standard/V 1/R 2/P -64/O(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)"
		"/U(bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)>>\nendobj\n"
		"trailer\n<</Root 1 0 R/Encrypt 3 0 R/ID[(cccccccccccccccc)(cccccccccccccccc)]/Size 4>>\n%%EOF\n";
	/* A PNG that says it is 30000 x 30000. */
	static const unsigned char vast[64] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
					      0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0, 0, 0, 0 };
	const struct {
		const char *path;
		enum error_code code;
	} rows[] = {
		{ file_of("a.xlsx", "x", 1), ERR_extract_type },
		{ file_of("none", "x", 1), ERR_extract_type },
		{ file_of("blank.txt", " \n\t", 3), ERR_extract_no_text },
		{ file_of("binary.txt", "a\0\1\2b", 5), ERR_extract_unreadable },
		{ file_of("not.docx", "no zip", 6), ERR_extract_unreadable },
		{ file_of("not.pdf", "no pdf", 6), ERR_extract_unreadable },
		{ file_of("locked.pdf", locked, sizeof(locked) - 1), ERR_extract_encrypted },
		{ file_of("not.jpg", "no picture", 10), ERR_extract_unreadable },
		{ file_of("cut.png", vast, 20), ERR_extract_unreadable },
		{ file_of("vast.png", vast, sizeof(vast)), ERR_extract_too_large },
		{ file_of("cut.tif", "II*\0\10\0\0\0\377\377", 10), ERR_extract_unreadable },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct told told = { 0 };
		struct extracted out;
		enum error_code code = extract(rows[i].path, &told, &out);
		if (code != rows[i].code)
			fail_msg("%s: %s", rows[i].path, error_word(code));
	}
}

static void without_a_model(void **state)
{
	const char *before = getenv("TESSDATA_PREFIX");
	struct told told = { 0 };
	struct extracted out;

	(void)state;
	setenv("TESSDATA_PREFIX", path_of("no-model"), 1);
	reads(pdf_with_text("c.pdf", 1), &out, &told);
	assert_false(out.from_picture);
	assert_int_equal(extract(signed_scan("d.pdf"), &told, &out), ERR_extract_no_model);
	assert_int_equal(extract(png_of_letter("d.png", 1), &told, &out), ERR_extract_no_model);
	if (before)
		setenv("TESSDATA_PREFIX", before, 1);
	else
		unsetenv("TESSDATA_PREFIX");
}

static void blank_page(void **state)
{
	const char *path = path_of("blank.pdf");
	cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT);
	struct told told = { 0 };
	struct extracted out;

	(void)state;
	cairo_surface_show_page(surface);
	cairo_surface_destroy(surface);
	assert_int_equal(extract(path, &told, &out), ERR_extract_no_text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_documents), cmocka_unit_test(pdf_by_its_text),
		cmocka_unit_test(pdf_of_few_words),
		cmocka_unit_test(pictures),	       cmocka_unit_test(stopped_by_whoever_asked),
		cmocka_unit_test(refusals),	       cmocka_unit_test(without_a_model),
		cmocka_unit_test(blank_page),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
