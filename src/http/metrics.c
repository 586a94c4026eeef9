#include "http/metrics.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/store.h"
#include "http/exchange.h"
#include "http/live.h"
#include "http/live_stream.h"
#include "http/slow.h"

enum { STATUS_CLASSES = 6, BUCKETS = 12, CLASSES = CLASS_EXPORT + 1 };

static const char *const class_words[CLASSES] = { "read", "entry", "account", "export" };

static const uint64_t bounds_us[BUCKETS] = { 500,    1000,   2500,   5000,    10000,   25000,
					     50000,  100000, 250000, 1000000, 5000000, 30000000 };
static const char *const bound_words[BUCKETS] = { "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025",
						  "0.05",   "0.1",   "0.25",   "1",	"5",	"30" };

struct histogram {
	atomic_ullong buckets[BUCKETS + 1];
	atomic_ullong sum_us;
};

struct metrics {
	size_t routes;
	atomic_ullong (*counts)[STATUS_CLASSES]; /* one more than routes: what had none */
	struct histogram took[CLASSES];
	atomic_ullong uploads, upload_bytes;
};

struct metrics *metrics_new(struct arena *mem, size_t routes)
{
	struct metrics *metrics = ARENA_NEW(mem, struct metrics);

	metrics->routes = routes;
	metrics->counts = arena_array(mem, routes + 1, sizeof(*metrics->counts));
	return metrics;
}

static void add(atomic_ullong *counter, uint64_t amount)
{
	atomic_fetch_add_explicit(counter, amount, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, const struct exchange *x, int status, uint64_t took_us)
{
	size_t index = x->match.index >= 0 ? (size_t)x->match.index : metrics->routes;
	struct histogram *took;
	int bucket = 0;

	add(&metrics->counts[index][status >= 100 && status < 600 ? status / 100 : 0], 1);
	if (!x->match.route)
		return;
	took = &metrics->took[x->match.route->class];
	while (bucket < BUCKETS && took_us > bounds_us[bucket])
		bucket++;
	add(&took->buckets[bucket], 1);
	add(&took->sum_us, took_us);
}

void metrics_upload(struct metrics *metrics, uint64_t bytes)
{
	add(&metrics->uploads, 1);
	add(&metrics->upload_bytes, bytes);
}

static uint64_t get(const atomic_ullong *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

static void put_head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_add_text(out, "# HELP ");
	buf_add_text(out, name);
	buf_add_char(out, ' ');
	buf_add_text(out, help);
	buf_add_text(out, "\n# TYPE ");
	buf_add_text(out, name);
	buf_add_char(out, ' ');
	buf_add_text(out, type);
	buf_add_char(out, '\n');
}

static void put_figure(struct buf *out, const char *name, const char *type, const char *help, uint64_t value)
{
	put_head(out, name, type, help);
	buf_add_text(out, name);
	buf_add_format(out, " %llu\n", (unsigned long long)value);
}

/* Templates are our own and hold no quotes. */
static void put_route(struct buf *out, const char *method, const char *path, const atomic_ullong *counts)
{
	for (int i = 1; i < STATUS_CLASSES; i++) {
		uint64_t count = get(&counts[i]);

		if (count == 0)
			continue;
		buf_add_text(out, "theodoi_http_requests_total{method=\"");
		buf_add_text(out, method);
		buf_add_text(out, "\",route=\"");
		buf_add_text(out, path);
		buf_add_format(out, "\",status=\"%dxx\"} %llu\n", i, (unsigned long long)count);
	}
}

static void put_requests(const struct server *server, struct buf *out)
{
	const struct metrics *metrics = server->metrics;
	size_t index = 0;

	put_head(out, "theodoi_http_requests_total", "counter", "Requests answered.");
	for (size_t i = 0; i < server->table_count; i++)
		for (size_t k = 0; k < server->tables[i]->count; k++, index++)
			put_route(out, server->tables[i]->routes[k].method, server->tables[i]->routes[k].path,
				  metrics->counts[index]);
	put_route(out, "-", "-", metrics->counts[index]);
}

static void put_bucket(struct buf *out, const char *class, const char *bound, uint64_t count)
{
	buf_add_text(out, "theodoi_http_request_seconds_bucket{class=\"");
	buf_add_text(out, class);
	buf_add_text(out, "\",le=\"");
	buf_add_text(out, bound);
	buf_add_format(out, "\"} %llu\n", (unsigned long long)count);
}

static void put_class(struct buf *out, const char *class, const struct histogram *took)
{
	uint64_t sum_us = get(&took->sum_us), count = 0;

	for (int i = 0; i < BUCKETS; i++) {
		count += get(&took->buckets[i]);
		put_bucket(out, class, bound_words[i], count);
	}
	count += get(&took->buckets[BUCKETS]);
	put_bucket(out, class, "+Inf", count);
	buf_add_text(out, "theodoi_http_request_seconds_sum{class=\"");
	buf_add_text(out, class);
	buf_add_format(out, "\"} %llu.%06llu\n", (unsigned long long)(sum_us / 1000000),
		       (unsigned long long)(sum_us % 1000000));
	buf_add_text(out, "theodoi_http_request_seconds_count{class=\"");
	buf_add_text(out, class);
	buf_add_format(out, "\"} %llu\n", (unsigned long long)count);
}

static void put_store(const struct server *server, struct buf *out)
{
	struct store_figures figures;

	store_figures(server->store, &figures);
	put_figure(out, "theodoi_store_commits_total", "counter", "Commits.", figures.commits);
	put_figure(out, "theodoi_store_actions_total", "counter", "Actions written.", figures.actions);
	put_figure(out, "theodoi_store_reruns_total", "counter", "Batches run again.", figures.reruns);
	put_figure(out, "theodoi_store_failures_total", "counter", "Batches that failed.", figures.failures);
	put_figure(out, "theodoi_store_commit_microseconds_total", "counter", "Time spent in commits.",
		   figures.commit_us_total);
	put_figure(out, "theodoi_store_queued", "gauge", "Actions waiting for the writer.", figures.queued);
	put_figure(out, "theodoi_store_readers_busy", "gauge", "Snapshots in use.", figures.readers_busy);
}

/* Pages of resident memory, the second number of /proc/self/statm. */
static uint64_t resident_bytes(void)
{
	char text[128];
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, text, sizeof(text) - 1) : 0;
	int64_t pages = 0;
	char *start, *end;

	if (fd >= 0)
		close(fd);
	if (length <= 0)
		return 0;
	text[length] = '\0';
	start = strchr(text, ' ');
	end = start ? strchr(start + 1, ' ') : NULL;
	if (!end)
		return 0;
	*end = '\0';
	return text_to_int(start + 1, 0, INT64_MAX, &pages) ? (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

void metrics_write(const struct server *server, struct buf *out)
{
	put_requests(server, out);
	put_head(out, "theodoi_http_request_seconds", "histogram", "From the head of a request to the end of its answer.");
	for (int i = 0; i < CLASSES; i++)
		put_class(out, class_words[i], &server->metrics->took[i]);
	put_figure(out, "theodoi_http_requests_active", "gauge", "Requests under way.",
		   (uint64_t)atomic_load(&server->active));
	put_figure(out, "theodoi_http_slow_queue", "gauge", "Requests waiting for the slow queue.",
		   slow_length(server->slow));
	put_figure(out, "theodoi_http_shedding", "gauge", "1 while reading is refused to spare writing.",
		   atomic_load(&server->shedding) ? 1 : 0);
	put_figure(out, "theodoi_uploads_total", "counter", "Files taken in.", get(&server->metrics->uploads));
	put_figure(out, "theodoi_upload_bytes_total", "counter", "Bytes of files taken in.",
		   get(&server->metrics->upload_bytes));
	put_figure(out, "theodoi_live_streams", "gauge", "Open live streams.", live_streams(server));
	put_figure(out, "theodoi_live_events_total", "counter", "Events sent on live streams.",
		   live_events_sent(server));
	put_figure(out, "theodoi_live_dropped_total", "counter", "Live streams ended for reading too slowly.",
		   live_dropped(server));
	put_store(server, out);
	put_figure(out, "theodoi_resident_memory_bytes", "gauge", "Memory in use.", resident_bytes());
}
