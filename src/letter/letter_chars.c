#include <string.h>

#include "base/utf8.h"
#include "letter/letter_text.h"

uint32_t letter_char(const char *text, size_t at, size_t length, size_t *size)
{
	const unsigned char *byte = (const unsigned char *)text + at;
	*size = utf8_sequence(byte, length - at);
	if (*size)
		return utf8_code_point(byte, *size);
	*size = 1;
	return '?';
}

uint32_t letter_small(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c + 32;
	if (c >= 0xc0 && c <= 0xde && c != 0xd7)
		return c + 32;
	if ((c >= 0x100 && c <= 0x137) || c == 0x168 || (c >= 0x1e00 && c <= 0x1e95) || (c >= 0x1ea0 && c <= 0x1eff))
		return c | 1;
	if (c == 0x1a0 || c == 0x1af)
		return c + 1;
	return c;
}

bool letter_is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) || (c >= 0x1e00 && c <= 0x1eff);
}

char letter_fold(uint32_t c)
{
	/* The pairs of capital and small letter from U+1EA0 to U+1EF9. */
	static const char marked[] = "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy";
	static const struct {
		uint32_t first, last;
		char letter;
	} ranges[] = {
		{ 0xe0, 0xe5, 'a' }, { 0xe7, 0xe7, 'c' }, { 0xe8, 0xeb, 'e' }, { 0xec, 0xef, 'i' },
		{ 0xf0, 0xf0, 'd' }, { 0xf1, 0xf1, 'n' }, { 0xf2, 0xf6, 'o' }, { 0xf9, 0xfc, 'u' },
		{ 0xfd, 0xfd, 'y' }, { 0xff, 0xff, 'y' }, { 0x101, 0x105, 'a' }, { 0x107, 0x10d, 'c' },
		{ 0x10f, 0x111, 'd' }, { 0x113, 0x11b, 'e' }, { 0x129, 0x131, 'i' }, { 0x14d, 0x151, 'o' },
		{ 0x169, 0x173, 'u' }, { 0x1a1, 0x1a1, 'o' }, { 0x1b0, 0x1b0, 'u' },
	};
	c = letter_small(c);
	if (c < 0x80)
		return (char)((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0);
	if (c >= 0x1ea0 && c <= 0x1ef9)
		return marked[(c - 0x1ea0) / 2];
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return ranges[i].letter;
	return 0;
}
