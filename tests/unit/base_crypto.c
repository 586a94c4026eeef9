#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const uint8_t key[SEAL_KEY_SIZE] = { 1, 2, 3, 4 };
static const uint8_t other_key[SEAL_KEY_SIZE] = { 1, 2, 3, 5 };

/* FIPS 180-2, appendix B. */
static void test_sha256(void **state)
{
	(void)state;
	static const struct {
		const char *text, *digest;
	} cases[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char hex[SHA256_HEX_MAX];
		assert_string_equal(sha256_hex(cases[i].text, strlen(cases[i].text), hex), cases[i].digest);
		assert_string_equal(token_digest(cases[i].text, hex), cases[i].digest);
	}
}

static void test_hex(void **state)
{
	(void)state;
	uint8_t bytes[256], back[256];
	char text[513];
	for (int i = 0; i < 256; i++)
		bytes[i] = (uint8_t)i;
	hex_encode(bytes, 256, text);
	assert_true(text_starts(text, "000102") && text_ends(text, "fdfeff"));
	assert_true(hex_decode(text, back, 256));
	assert_memory_equal(back, bytes, 256);

	assert_true(hex_decode("aBCd", back, 2));
	assert_int_equal(back[0], 0xab);
	assert_false(hex_decode("abc", back, 2));
	assert_false(hex_decode("abcde", back, 2));
	assert_false(hex_decode("abcdef", back, 2));
	assert_false(hex_decode("abcg", back, 2));
	assert_false(hex_decode("ab:cd", back, 2));
	assert_false(hex_decode("", back, 1));
	assert_true(hex_decode("", back, 0));
}

static void test_tokens(void **state)
{
	(void)state;
	char tokens[100][TOKEN_TEXT_MAX];
	for (size_t i = 0; i < COUNT(tokens); i++) {
		token_new(tokens[i]);
		assert_int_equal(strlen(tokens[i]), 43);
		assert_int_equal(strspn(tokens[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(tokens[i], tokens[j]);
	}
	assert_true(secret_equal(tokens[0], tokens[0]));
	assert_false(secret_equal(tokens[0], tokens[1]));
	assert_false(secret_equal("abc", "ab"));
	assert_false(secret_equal("", "a"));
	assert_true(secret_equal("", ""));
}

static void test_passwords(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	char *hash = password_hash(mem, "Mật khẩu dài 2026!");
	assert_true(text_starts(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
	assert_true(password_verify(hash, "Mật khẩu dài 2026!"));
	assert_false(password_verify(hash, "mật khẩu dài 2026!"));
	assert_false(password_verify(hash, ""));
	assert_false(password_verify("", "x"));
	assert_false(password_verify("$argon2id$", "x"));
	/* Salted: the same password never looks the same. */
	assert_string_not_equal(password_hash(mem, "Mật khẩu dài 2026!"), hash);
	arena_free(mem);
}

static void test_seal(void **state)
{
	(void)state;
	static const char *const values[] = {
		"",
		"0",
		"079203001234",
		"Nguyễn Thị Hoà",
		"0123456789012345678901234567890123456789012345678901234567890123456789", /* over a block of the cipher */
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(values); i++) {
		char *sealed = seal(mem, key, "account:1:mobile", values[i]);
		assert_string_equal(unseal(mem, key, "account:1:mobile", sealed), values[i]);
		assert_string_not_equal(seal(mem, key, "account:1:mobile", values[i]), sealed);
		assert_null(unseal(mem, other_key, "account:1:mobile", sealed));
		assert_null(unseal(mem, key, "account:2:mobile", sealed));
		assert_null(unseal(mem, key, "", sealed));
		if (strlen(values[i]) > 10)
			assert_null(strstr(sealed, values[i]));

		/* Any changed character, any cut. */
		for (size_t at = 0; at < strlen(sealed); at++) {
			char *changed = arena_strdup(mem, sealed);
			changed[at] = changed[at] == 'A' ? 'B' : 'A';
			const char *opened = unseal(mem, key, "account:1:mobile", changed);
			/* The last character's unused bits are refused by the decoder as well. */
			assert_null(opened);
			changed[at] = '\0';
			assert_null(unseal(mem, key, "account:1:mobile", changed));
		}
	}
	assert_null(unseal(mem, key, "c", ""));
	assert_null(unseal(mem, key, "c", "no base64!"));
	assert_null(unseal(mem, key, "c", "AAAA"));
	arena_free(mem);
}

static void test_blind_index(void **state)
{
	(void)state;
	char a[SHA256_HEX_MAX], b[SHA256_HEX_MAX];
	blind_index(key, "citizen_number", "079203001234", a);
	assert_int_equal(strlen(a), 64);
	assert_string_equal(blind_index(key, "citizen_number", "079203001234", b), a);
	assert_string_not_equal(blind_index(key, "citizen_number", "079203001235", b), a);
	assert_string_not_equal(blind_index(key, "mobile", "079203001234", b), a);
	assert_string_not_equal(blind_index(other_key, "citizen_number", "079203001234", b), a);
	/* Kind and value do not run into each other. */
	assert_string_not_equal(blind_index(key, "ab", "c", a), blind_index(key, "a", "bc", b));
}

static int start(void **state)
{
	(void)state;
	crypto_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_passwords),
		cmocka_unit_test(test_seal),
		cmocka_unit_test(test_blind_index),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
