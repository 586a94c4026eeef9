#include "task/ical.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

enum { LINE_OCTETS = 75 };

/* RFC 5545 3.1: lines of at most 75 octets; a character is never cut in two. */
static void put_line(struct buf *out, const char *line, size_t length)
{
	size_t room = LINE_OCTETS;

	while (length > room) {
		size_t cut = room;

		while (cut > 1 && ((unsigned char)line[cut] & 0xc0) == 0x80)
			cut--;
		buf_add(out, line, cut);
		buf_add_text(out, "\r\n ");
		line += cut;
		length -= cut;
		room = LINE_OCTETS - 1;
	}
	buf_add(out, line, length);
	buf_add_text(out, "\r\n");
}

/* RFC 5545 3.3.11. */
static void put_escaped(struct buf *line, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '\\':
		case ';':
		case ',':
			buf_add_char(line, '\\');
			buf_add_char(line, *text);
			break;
		case '\n':
			buf_add_text(line, "\\n");
			break;
		case '\r':
			break;
		default:
			buf_add_char(line, *text);
		}
	}
}

static void put_text(struct buf *out, struct buf *line, const char *name, const char *text)
{
	buf_clear(line);
	buf_add_text(line, name);
	buf_add_char(line, ':');
	put_escaped(line, text);
	put_line(out, line->data, line->length);
}

static void put_date(struct buf *out, const char *name, struct civil_date date)
{
	char line[48];
	int length = snprintf(line, sizeof(line), "%s;VALUE=DATE:%04d%02d%02d", name, date.year, date.month, date.day);

	put_line(out, line, (size_t)length);
}

static void put_instant(struct buf *out, const char *name, instant at)
{
	struct civil_time utc = civil_time_of(at - CIVIL_OFFSET_MS);
	char line[64];
	int length = snprintf(line, sizeof(line), "%s:%04d%02d%02dT%02d%02d%02dZ", name, utc.date.year, utc.date.month,
			      utc.date.day, utc.hour, utc.minute, utc.second);

	put_line(out, line, (size_t)length);
}

struct civil_date ical_day(instant before)
{
	return civil_date_of(before - 1);
}

static void put_event(struct buf *out, struct buf *line, const struct ical_event *event)
{
	struct civil_date day = ical_day(event->before);

	buf_add_text(out, "BEGIN:VEVENT\r\n");
	put_text(out, line, "UID", event->uid);
	put_instant(out, "DTSTAMP", event->changed);
	put_instant(out, "LAST-MODIFIED", event->changed);
	put_date(out, "DTSTART", day);
	put_date(out, "DTEND", civil_add_days(day, 1));
	put_text(out, line, "SUMMARY", event->summary);
	if (event->description)
		put_text(out, line, "DESCRIPTION", event->description);
	/* A URI is no TEXT: nothing in it is escaped. */
	if (event->url) {
		buf_clear(line);
		buf_add_text(line, "URL:");
		buf_add_text(line, event->url);
		put_line(out, line->data, line->length);
	}
	/* A day with a deadline is not a day that is taken. */
	buf_add_text(out, "TRANSP:TRANSPARENT\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n");
}

void ical_write(struct buf *out, const char *name, const struct ical_event *events, size_t count)
{
	struct buf line;

	buf_init(&line, out->mem, 0);
	buf_add_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//theodoi//theodoi//VI\r\nCALSCALE:GREGORIAN\r\n"
			  "METHOD:PUBLISH\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
	put_text(out, &line, "X-WR-CALNAME", name);
	for (size_t i = 0; i < count; i++)
		put_event(out, &line, &events[i]);
	buf_add_text(out, "END:VCALENDAR\r\n");
}
