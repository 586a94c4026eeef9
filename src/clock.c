#include "clock.h"

#include <stdatomic.h>

#include "http/http.h"

/* The clock runs `offset` ahead of the system's; or it stands at `standing`. */
static _Atomic int64_t offset;
static _Atomic int64_t standing;

instant product_now(void)
{
	instant still = atomic_load(&standing);

	return still ? still : clock_now() + atomic_load(&offset);
}

void product_clock_set(instant now, bool frozen)
{
	atomic_store(&offset, now - clock_now());
	atomic_store(&standing, frozen ? now : 0);
}

static bool move_clock(struct request *r)
{
	instant now;

	if (!civil_parse(json_get_text(r->body, "now"), &now))
		return error_set(r->call.err, ERR_field_invalid, "now", NULL);
	product_clock_set(now, atomic_load(&standing) != 0);
	json_object(&r->json, NULL);
	json_instant(&r->json, "now", now);
	json_end(&r->json);
	return true;
}

static const struct field clock_fields[] = {
	{ .name = "now", .type = FIELD_TIME, .flags = FIELD_REQUIRED, .about = "What time it is to be." },
	{ .name = NULL },
};
static const struct shape clock_shape = { "test_clock", clock_fields };

static const struct route routes[] = {
	{
		.method = "POST",
		.path = "/api/test/clock",
		.flags = ROUTE_PUBLIC,
		.class = CLASS_ACCOUNT,
		.body = &clock_shape,
		.reply = &clock_shape,
		.prepare = move_clock,
		.summary = "Moves the clock of a demonstration.",
	},
};

const struct route_table clock_routes = { "test", routes, sizeof(routes) / sizeof(*routes) };
