#include <string.h>

#include "extract/program/reading.h"

/* Exif: a TIFF directory in the APP1 segment of a JPEG. Orientation is its tag 0x0112. */
enum { UPRIGHT = 1, ORIENTATION = 0x112, HEADER = 4, EXIF_NAME = 6, ENTRY = 12, ENTRIES_MAX = 200 };

struct tiff {
	const unsigned char *bytes;
	size_t size;
	bool big_endian;
};

static unsigned two(const struct tiff *t, size_t at)
{
	const unsigned char *b = t->bytes + at;

	return t->big_endian ? (unsigned)b[0] << 8 | b[1] : (unsigned)b[1] << 8 | b[0];
}

static size_t four(const struct tiff *t, size_t at)
{
	return t->big_endian ? (size_t)two(t, at) << 16 | two(t, at + 2) : (size_t)two(t, at + 2) << 16 | two(t, at);
}

static int orientation_in(struct tiff *t)
{
	size_t directory, count;

	if (t->size < 8)
		return UPRIGHT;
	t->big_endian = t->bytes[0] == 'M';
	directory = four(t, 4);
	if (directory > t->size - 2)
		return UPRIGHT;
	count = two(t, directory);
	for (size_t i = 0; i < count && i < ENTRIES_MAX; i++) {
		size_t at = directory + 2 + i * ENTRY;
		if (at + ENTRY > t->size)
			return UPRIGHT;
		if (two(t, at) == ORIENTATION) {
			unsigned value = two(t, at + 8);
			return value >= 1 && value <= 8 ? (int)value : UPRIGHT;
		}
	}
	return UPRIGHT;
}

int exif_orientation(const unsigned char *bytes, size_t size)
{
	size_t at = 2;

	if (size < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
		return UPRIGHT;
	while (at + HEADER <= size && bytes[at] == 0xff && bytes[at + 1] != 0xda) {
		size_t length = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
		if (length < 2 || length > size - at - 2)
			return UPRIGHT;
		if (bytes[at + 1] == 0xe1 && length >= 2 + EXIF_NAME && !memcmp(bytes + at + HEADER, "Exif\0", EXIF_NAME)) {
			struct tiff tiff = { bytes + at + HEADER + EXIF_NAME, length - 2 - EXIF_NAME, false };
			return orientation_in(&tiff);
		}
		at += 2 + length;
	}
	return UPRIGHT;
}
