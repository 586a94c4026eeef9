#include "submission_fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "evidence/evidence.h"
#include "evidence/evidence_actions.h"
#include "file/file.h"
#include "file/file_folder.h"
#include <zip.h>

#define NOW "2026-05-10T08:00:00+07:00"

static char folder[64];

static const char pdf[] = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n";
static const unsigned char png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
				     0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0 };

static int unlink_each(const char *path, const struct stat *stat, int flag, struct FTW *walk)
{
	(void)stat;
	(void)flag;
	(void)walk;
	return remove(path);
}

static int folder_setup(void **state)
{
	(void)state;
	crypto_init();
	snprintf(folder, sizeof(folder), "/tmp/theodoi-evidence-XXXXXX");
	assert_non_null(mkdtemp(folder));
	file_folder_set(folder);
	return 0;
}

static int folder_teardown(void **state)
{
	(void)state;
	nftw(folder, unlink_each, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}

/* A zip with empty files of these names. */
static size_t zip_of(const char *const *names, char *out, size_t room)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *zip;
	zip_int64_t length;

	zip_error_init(&error);
	source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	assert_non_null(zip);
	for (; *names; names++)
		assert_true(zip_file_add(zip, *names, zip_source_buffer(zip, "x", 1, 0), 0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_open(source), 0);
	length = zip_source_read(source, out, room);
	assert_true(length > 0);
	zip_source_close(source);
	zip_source_free(source);
	return (size_t)length;
}

static void types_by_content(void **state)
{
	static const char *const docx[] = { "[Content_Types].xml", "_rels/.rels", "word/document.xml", NULL };
	static const char *const xlsx[] = { "[Content_Types].xml", "xl/workbook.xml", NULL };
	static const char *const macro[] = { "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin", NULL };
	static const char *const archive[] = { "a.txt", "word/b.txt", NULL };
	char zips[4][2048];
	size_t sizes[4] = { zip_of(docx, zips[0], 2048), zip_of(xlsx, zips[1], 2048), zip_of(macro, zips[2], 2048),
			    zip_of(archive, zips[3], 2048) };
	const struct {
		const void *bytes;
		size_t size;
		const char *name, *type;
		enum error_code refusal;
	} rows[] = {
		{ pdf, sizeof(pdf) - 1, "a.pdf", "application/pdf", ERR_none },
		{ pdf, sizeof(pdf) - 1, "Biên bản.PDF", "application/pdf", ERR_none },
		{ pdf, sizeof(pdf) - 1, "a.png", NULL, ERR_file_ending },
		{ pdf, sizeof(pdf) - 1, "pdf", NULL, ERR_file_ending },
		{ pdf, sizeof(pdf) - 1, "a.pdf.exe", NULL, ERR_file_ending },
		{ png, sizeof(png), "a.png", "image/png", ERR_none },
		{ png, sizeof(png), "a.txt", NULL, ERR_file_ending },
		{ "a;b\n1;2\n", 8, "a.csv", "text/csv", ERR_none },
		{ "Đã xong\n", 11, "a.txt", "text/plain", ERR_none },
		{ "<html><script>x</script></html>", 31, "a.txt", "text/plain", ERR_none },
		{ "<html><script>x</script></html>", 31, "a.html", NULL, ERR_file_ending },
		{ "\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0", 20, "a.pdf", NULL, ERR_file_type },
		{ "MZ\x90\0\3\0\0\0", 8, "a.txt", NULL, ERR_file_type },
		{ zips[0], sizes[0], "a.docx",
		  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ERR_none },
		{ zips[0], sizes[0], "a.xlsx", NULL, ERR_file_ending },
		{ zips[1], sizes[1], "a.xlsx",
		  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ERR_none },
		{ zips[2], sizes[2], "a.xlsx", NULL, ERR_file_macro },
		{ zips[3], sizes[3], "a.docx", NULL, ERR_file_type },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { .code = ERR_none };
		const char *type = NULL;
		bool ok = file_type_of_bytes(rows[i].bytes, rows[i].size, rows[i].name, &type, &err);
		if (err.code != rows[i].refusal || ok != (rows[i].refusal == ERR_none))
			fail_msg("row %zu (%s): %s", i, rows[i].name, error_word(err.code));
		if (ok)
			assert_string_equal(type, rows[i].type);
	}
}

static void files_are_kept_and_checked(void **state)
{
	char path[FILE_PATH_MAX], from[128], hash[SHA256_HEX_MAX];
	struct error err = { .code = ERR_none };
	struct stat stat_;
	int fd;

	(void)state;
	sha256_hex(pdf, sizeof(pdf) - 1, hash);
	assert_int_equal(file_verify(hash, -1), FILE_MISSING);
	snprintf(from, sizeof(from), "%s/upload", folder);
	fd = open(from, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_int_equal(write(fd, pdf, sizeof(pdf) - 1), sizeof(pdf) - 1);
	close(fd);
	assert_true(folder_take(from, hash, &err));
	assert_int_equal(stat(from, &stat_), -1);
	assert_int_equal(file_verify(hash, (int64_t)sizeof(pdf) - 1), FILE_GOOD);
	assert_int_equal(file_verify(hash, 3), FILE_DAMAGED);
	/* The same content again changes nothing. */
	assert_true(folder_put(pdf, sizeof(pdf) - 1, hash, &err));
	fd = open(file_path(hash, path), O_WRONLY);
	assert_int_equal(pwrite(fd, "X", 1, 3), 1);
	close(fd);
	assert_int_equal(file_verify(hash, -1), FILE_DAMAGED);
	unlink(path);
}

struct adding {
	id submission_id, evidence_id, indicator_id;
	const char *name;
	struct evidence out;
};

static bool add(struct call *c, void *arg)
{
	struct adding *a = arg;

	return evidence_add_bytes(c, a->submission_id, a->indicator_id, a->name, pdf, sizeof(pdf) - 1, &a->out);
}

static bool take_away(struct call *c, void *arg)
{
	struct adding *a = arg;

	return evidence_remove(c, a->out.id);
}

static bool put_back(struct call *c, void *arg)
{
	struct adding *a = arg;

	return evidence_restore(c, a->out.id, &a->out);
}

static bool tell(struct call *c, void *arg)
{
	(void)arg;
	return evidence_tell_damage(c);
}

static void say(void *arg, const char *line)
{
	char *all = arg;
	size_t length = strlen(all);

	snprintf(all + length, 1024 - length, "%s\n", line);
}

static size_t problems(struct fixture *f, char *lines)
{
	struct call *c = room_read(f);
	size_t count;

	lines[0] = '\0';
	if (!file_check(c, true, say, lines, &count))
		fixture_fail(c->err);
	store_release(f->store, c);
	return count;
}

static bool opens(struct fixture *f, struct person *who, id evidence_id)
{
	struct call *c = room_read(f);
	struct evidence out;
	bool ok;

	who->actor.grants = &who->grant;
	c->actor = &who->actor;
	c->address = "127.0.0.1";
	ok = evidence_open(c, evidence_id, &out);
	c->actor = NULL;
	c->address = NULL;
	store_release(f->store, c);
	return ok;
}

static void a_file_goes_with_its_figures(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct adding a = { .name = "Biên bản.pdf", .indicator_id = w->indicators[0] };
	char lines[1024], path[FILE_PATH_MAX];
	int fd;

	a.submission_id = submission_now(f, w->assignment_id, w->may, w->communes[0].id).id;
	assert_false(as(f, &w->stranger, NOW, add, &a));
	assert_false(as(f, &w->approver, NOW, add, &a));
	assert_int_equal(f->err.code, ERR_forbidden);
	a.indicator_id = 1;
	assert_false(as(f, &w->entry, NOW, add, &a));
	assert_int_equal(f->err.code, ERR_indicator_not_in_form);
	a.indicator_id = w->indicators[0];
	if (!as(f, &w->entry, NOW, add, &a))
		fixture_fail(&f->err);
	assert_int_equal(problems(f, lines), 0);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'evidence.added'"), 1);

	/* A draft's files are the unit's own matter. */
	assert_true(opens(f, &w->entry, a.out.id));
	assert_false(opens(f, &w->coordinator, a.out.id));
	assert_int_equal(f->err.code, ERR_not_found);
	assert_false(opens(f, &w->stranger, a.out.id));

	assert_true(as(f, &w->entry, NOW, take_away, &a));
	assert_false(opens(f, &w->entry, a.out.id));
	assert_int_equal(f->err.code, ERR_evidence_removed);
	assert_false(as(f, &w->entry, NOW, take_away, &a));
	assert_false(as(f, &w->stranger, NOW, put_back, &a));
	assert_true(as(f, &w->entry, NOW, put_back, &a));
	assert_false(as(f, &w->entry, NOW, put_back, &a));
	assert_int_equal(f->err.code, ERR_evidence_not_removed);
	assert_true(opens(f, &w->entry, a.out.id));

	/* Damage is met at the next download, told to the reader and to the log. */
	fd = open(file_path(a.out.sha256, path), O_WRONLY);
	assert_int_equal(pwrite(fd, "X", 1, 3), 1);
	close(fd);
	log_level_set(LOG_ERROR + 1);
	assert_false(opens(f, &w->entry, a.out.id));
	log_level_set(LOG_WARN);
	assert_int_equal(f->err.code, ERR_file_damaged);
	assert_true(as(f, NULL, NOW, tell, NULL));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'evidence.damaged'"), 1);
	assert_true(as(f, NULL, NOW, tell, NULL));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'evidence.damaged'"), 1);
	assert_int_equal(problems(f, lines), 1);
	assert_non_null(strstr(lines, "bytes are not those"));
	unlink(path);
	assert_int_equal(problems(f, lines), 1);
	assert_non_null(strstr(lines, "missing"));

	/* Nobody's file. */
	snprintf(path + strlen(path) - 1, 2, "%s", path[strlen(path) - 1] == '0' ? "1" : "0");
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	close(fd);
	assert_int_equal(problems(f, lines), 2);
	assert_non_null(strstr(lines, "no row"));
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_by_content),
		cmocka_unit_test(files_are_kept_and_checked),
		ROOM_ON_BOTH(a_file_goes_with_its_figures),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
