#include <pthread.h>
#include <stdatomic.h>

#include "db_fixture.h"

/* The one writer: actions in one transaction, each in its savepoint. */

enum { BATCH_OF_TEST = 6 };

/* Holds the writer so that what is queued meanwhile becomes one batch. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool entered, open, finished;
};

static void gate_set(struct gate *gate, bool *flag)
{
	pthread_mutex_lock(&gate->lock);
	*flag = true;
	pthread_cond_broadcast(&gate->moved);
	pthread_mutex_unlock(&gate->lock);
}

static void gate_wait(struct gate *gate, const bool *flag)
{
	pthread_mutex_lock(&gate->lock);
	while (!*flag)
		pthread_cond_wait(&gate->moved, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
}

static bool pass_gate(struct call *c, void *arg)
{
	struct gate *gate = arg;

	(void)c;
	gate_set(gate, &gate->entered);
	gate_wait(gate, &gate->open);
	return true;
}

/* A job with its own call, as a request has. */
struct task {
	struct write_job job;
	struct call call;
	struct error err;
	int64_t id;
	const char *name;
	int runs, agains, answers;
	bool ok;
	struct gate *gate; /* told about the answer */
};

static void answered(struct write_job *job, bool ok)
{
	struct task *task = (struct task *)job;

	task->answers++;
	task->ok = ok;
	if (task->gate)
		gate_set(task->gate, &task->gate->finished);
}

static void run_again(struct write_job *job)
{
	((struct task *)job)->agains++;
}

static void task_init(struct task *task, int64_t number, write_action act)
{
	*task = (struct task){ .id = number };
	task->call = (struct call){ .mem = arena_new(0), .now = 1, .err = &task->err };
	task->job = (struct write_job){ .act = act, .arg = task, .call = &task->call, .done = answered,
					.again = run_again };
}

static const char insert_item[] = "INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)";

static bool insert_one(struct call *c, void *arg)
{
	struct task *task = arg;

	task->runs++;
	return db_exec(c, insert_item, DB_ARGS(db_int(task->id), db_text(task->name), db_int(1)));
}

static bool insert_then_fail(struct call *c, void *arg)
{
	return insert_one(c, arg) && error_set(c->err, ERR_conflict, NULL, NULL);
}

static bool fail_at_once(struct call *c, void *arg)
{
	((struct task *)arg)->runs++;
	return error_set(c->err, ERR_not_found, NULL, NULL);
}

static bool break_statement(struct call *c, void *arg)
{
	return insert_one(c, arg) && db_exec(c, "INSERT INTO item (nothing) VALUES (1)", DB_NONE);
}

/* Goes on after a failure as if it had not been. */
static bool ignore_failure(struct call *c, void *arg)
{
	if (break_statement(c, arg))
		return true;
	error_clear(c->err);
	return true;
}

/* Runs the tasks as one batch. */
static void run_together(struct fixture *f, struct task *tasks, int count)
{
	struct gate gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false, false };
	struct task first;

	task_init(&first, 0, pass_gate);
	first.job.arg = &gate;
	assert_true(writer_submit(f->store, &first.job));
	gate_wait(&gate, &gate.entered);
	tasks[count - 1].gate = &gate; /* the last to be answered */
	for (int i = 0; i < count; i++)
		assert_true(writer_submit(f->store, &tasks[i].job));
	gate_set(&gate, &gate.open);
	gate_wait(&gate, &gate.finished);
	for (int i = 0; i < count; i++)
		assert_int_equal(tasks[i].answers, 1);
	arena_free(first.call.mem);
}

static void free_tasks(struct task *tasks, int count)
{
	for (int i = 0; i < count; i++)
		arena_free(tasks[i].call.mem);
}

static void failing_actions_are_undone_alone(void **state)
{
	static const write_action acts[BATCH_OF_TEST] = { insert_one, insert_then_fail, insert_one,
							  fail_at_once, break_statement, insert_one };
	struct fixture *f = fixture_of(state);
	struct task tasks[BATCH_OF_TEST];
	uint64_t before = store_commits(f->store);

	for (int i = 0; i < BATCH_OF_TEST; i++)
		task_init(&tasks[i], i + 1, acts[i]);
	run_together(f, tasks, BATCH_OF_TEST);
	for (int i = 0; i < BATCH_OF_TEST; i++) {
		assert_int_equal(tasks[i].runs, 1);
		assert_true(tasks[i].ok == (acts[i] == insert_one));
	}
	assert_int_equal(tasks[1].err.code, ERR_conflict);
	assert_int_equal(tasks[3].err.code, ERR_not_found);
	assert_int_equal(tasks[4].err.code, ERR_internal);
	assert_int_equal(tasks[5].err.code, ERR_none);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 3);
	assert_int_equal(fixture_int(f, "SELECT SUM(id) FROM item"), 1 + 3 + 6);
	assert_int_equal(store_commits(f->store), before + 1);
	free_tasks(tasks, BATCH_OF_TEST);
}

static void a_failure_cannot_be_ignored(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task tasks[2];

	task_init(&tasks[0], 1, ignore_failure);
	task_init(&tasks[1], 2, insert_one);
	run_together(f, tasks, 2);
	assert_false(tasks[0].ok);
	assert_int_equal(tasks[0].err.code, ERR_internal);
	assert_true(tasks[1].ok);
	assert_int_equal(fixture_int(f, "SELECT SUM(id) FROM item"), 2);
	free_tasks(tasks, 2);
}

static bool insert_duplicates(struct call *c, void *arg)
{
	struct task *task = arg;
	bool duplicate;

	if (!db_insert(c, insert_item, DB_ARGS(db_int(1), db_text("same"), db_int(1)), &duplicate) || duplicate)
		return false;
	/* Another key, the same name; then the same key. */
	if (db_insert(c, insert_item, DB_ARGS(db_int(2), db_text("same"), db_int(1)), &duplicate) || !duplicate)
		return error_internal(c->err, "no duplicate name");
	if (db_insert(c, insert_item, DB_ARGS(db_int(1), db_text("other"), db_int(1)), &duplicate) || !duplicate)
		return error_internal(c->err, "no duplicate key");
	task->runs++;
	return c->err->code == ERR_none &&
	       db_exec(c, insert_item, DB_ARGS(db_int(3), db_text("third"), db_int(1)));
}

static bool insert_broken(struct call *c, void *arg)
{
	bool duplicate = true;

	(void)arg;
	if (db_insert(c, "INSERT INTO item (id) VALUES ($1)", DB_ARGS(db_null()), &duplicate))
		return true;
	return duplicate ? error_set(c->err, ERR_duplicate, NULL, NULL) : false;
}

static void duplicates_do_not_stop_an_action(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task tasks[2];

	task_init(&tasks[0], 1, insert_duplicates);
	task_init(&tasks[1], 2, insert_broken);
	run_together(f, tasks, 2);
	assert_int_equal(tasks[0].err.code, ERR_none);
	assert_true(tasks[0].ok);
	assert_false(tasks[1].ok);
	assert_int_equal(tasks[1].err.code, ERR_internal);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item WHERE name = 'third'"), 1);
	free_tasks(tasks, 2);
}

/* A plain INSERT that breaks a key is a defect; what many rows did before it is undone. */
static bool many_with_duplicate(struct call *c, void *arg)
{
	struct db_value values[3 * 5];

	(void)arg;
	for (int i = 0; i < 5; i++) {
		values[i * 3] = db_int(i < 4 ? i + 10 : 10);
		values[i * 3 + 1] = db_null();
		values[i * 3 + 2] = db_int(i);
	}
	return db_exec_many(c, insert_item, values, 5, 3);
}

static void many_rows_are_undone_together(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task tasks[2];

	task_init(&tasks[0], 1, many_with_duplicate);
	task_init(&tasks[1], 2, insert_one);
	run_together(f, tasks, 2);
	assert_false(tasks[0].ok);
	assert_int_equal(tasks[0].err.code, ERR_internal);
	assert_true(tasks[1].ok);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 1);
	free_tasks(tasks, 2);
}

static bool count_rows(struct call *c, void *arg)
{
	return db_writable(c->db) && db_query_int(c, "SELECT COUNT(*) FROM item", DB_NONE, -1, &((struct task *)arg)->id);
}

static void actions_see_earlier_ones(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task tasks[3];

	task_init(&tasks[0], 1, insert_one);
	task_init(&tasks[1], 2, insert_then_fail);
	task_init(&tasks[2], 0, count_rows);
	run_together(f, tasks, 3);
	assert_true(tasks[2].ok);
	assert_int_equal(tasks[2].id, 1);
	free_tasks(tasks, 3);
}

/* What a room would gather: here the ids of the actions that are kept. */
struct gathered {
	int64_t kept, pending;
};

static struct {
	int opened, closed, flushed;
	bool fail, again;
	int64_t sum;
} hooks;

static void *hook_open(void)
{
	hooks.opened++;
	return calloc(1, sizeof(struct gathered));
}

static void hook_keep(void *batch)
{
	struct gathered *gathered = batch;

	gathered->kept += gathered->pending;
	gathered->pending = 0;
}

static void hook_drop(void *batch)
{
	((struct gathered *)batch)->pending = 0;
}

static bool hook_flush(struct call *c, void *batch)
{
	struct gathered *gathered = batch;

	hooks.flushed++;
	hooks.sum = gathered->kept;
	if (hooks.fail)
		return error_internal(c->err, "flush failed by intent");
	return db_exec(c, insert_item, DB_ARGS(db_int(1000), db_text("flushed"), db_int(gathered->kept)));
}

static void hook_close(void *batch)
{
	hooks.closed++;
	free(batch);
}

static const struct writer_batch hook_table = { hook_open, hook_keep, hook_drop, hook_flush, hook_close };

static bool gather(struct call *c, void *arg)
{
	struct gathered *gathered = db_batch(c->db);

	if (!gathered)
		return error_internal(c->err, "no batch");
	gathered->pending += ((struct task *)arg)->id;
	return insert_one(c, arg);
}

static bool gather_then_fail(struct call *c, void *arg)
{
	return gather(c, arg) && error_set(c->err, ERR_conflict, NULL, NULL);
}

static void batch_is_flushed_once(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task tasks[3];

	memset(&hooks, 0, sizeof(hooks));
	writer_batch_set(f->store, &hook_table);
	task_init(&tasks[0], 1, gather);
	task_init(&tasks[1], 2, gather_then_fail);
	task_init(&tasks[2], 4, gather);
	hooks.fail = false;
	assert_true(fixture_run(f, gather, &tasks[0]));
	assert_int_equal(hooks.flushed, 1);
	assert_int_equal(hooks.opened, hooks.closed);
	assert_int_equal(hooks.sum, 1);
	assert_int_equal(fixture_int(f, "SELECT amount FROM item WHERE id = 1000"), 1);
	free_tasks(tasks, 3);
}

static bool delete_flushed(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, "DELETE FROM item WHERE id = 1000", DB_NONE);
}

/* Flushes over what an earlier batch has flushed. */
static bool hook_flush_over(struct call *c, void *batch)
{
	return delete_flushed(c, NULL) && hook_flush(c, batch);
}

static void batch_keeps_and_drops(void **state)
{
	struct fixture *f = fixture_of(state);
	struct writer_batch table = hook_table;
	struct task tasks[4];

	memset(&hooks, 0, sizeof(hooks));
	table.flush = hook_flush_over;
	writer_batch_set(f->store, &table);
	task_init(&tasks[0], 1, gather);
	task_init(&tasks[1], 2, gather_then_fail);
	task_init(&tasks[2], 4, gather);
	task_init(&tasks[3], 8, fail_at_once);
	run_together(f, tasks, 4);
	assert_true(tasks[0].ok && !tasks[1].ok && tasks[2].ok && !tasks[3].ok);
	assert_int_equal(hooks.opened, hooks.closed);
	assert_int_equal(hooks.flushed, 2); /* the gate's batch was one, too */
	assert_int_equal(fixture_int(f, "SELECT SUM(amount) FROM item WHERE id = 1000"), 5);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item WHERE id < 1000"), 2);
	free_tasks(tasks, 4);
}

static void failed_flush_fails_all(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task task;

	memset(&hooks, 0, sizeof(hooks));
	hooks.fail = true;
	writer_batch_set(f->store, &hook_table);
	task_init(&task, 1, gather);
	assert_false(fixture_run(f, gather, &task));
	assert_int_equal(f->err.code, ERR_internal);
	assert_int_equal(hooks.opened, hooks.closed);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 0);
	hooks.fail = false;
	assert_true(fixture_run(f, gather, &task));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), 2);
	free_tasks(&task, 1);
}

static void count_call(void *arg)
{
	atomic_fetch_add((atomic_int *)arg, 1);
}

static bool read_only(struct call *c, void *arg)
{
	int64_t value;

	(void)arg;
	return db_query_int(c, "SELECT COUNT(*) FROM item", DB_NONE, 0, &value);
}

static void committed_is_told_of_writes(void **state)
{
	struct fixture *f = fixture_of(state);
	struct task task;
	struct store_figures figures;
	atomic_int told = 0;
	uint64_t before;

	writer_committed_set(f->store, count_call, &told);
	task_init(&task, 1, insert_one);
	before = store_commits(f->store);
	assert_true(fixture_run(f, read_only, NULL));
	assert_false(fixture_run(f, insert_then_fail, &task));
	assert_int_equal(store_commits(f->store), before);
	assert_true(fixture_run(f, insert_one, &task));
	assert_int_equal(store_commits(f->store), before + 1);
	store_figures(f->store, &figures);
	assert_int_equal(figures.commits, before + 1);
	assert_int_equal(figures.actions, 3);
	fixture_close(f); /* the hook comes behind the answer */
	assert_int_equal(atomic_load(&told), 1);
	free_tasks(&task, 1);
}

static void full_queue_refuses(void **state)
{
	enum { ROOM = 4 };
	struct gate gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false, false };
	struct fixture *f = fixture_of(state);
	struct task first, tasks[ROOM + 1];
	struct store_figures figures;

	fixture_close(f);
	fixture_open(f, &(struct store_options){ .queue_max = ROOM }, 0);
	task_init(&first, 0, pass_gate);
	first.job.arg = &gate;
	assert_true(writer_submit(f->store, &first.job));
	gate_wait(&gate, &gate.entered);
	for (int i = 0; i <= ROOM; i++) {
		task_init(&tasks[i], i + 1, insert_one);
		assert_int_equal(writer_submit(f->store, &tasks[i].job), i < ROOM);
	}
	store_figures(f->store, &figures);
	assert_int_equal(figures.queued, ROOM);
	assert_int_equal(tasks[ROOM].err.code, ERR_unavailable);
	gate_set(&gate, &gate.open);
	fixture_close(f); /* does what is queued first */
	for (int i = 0; i < ROOM; i++)
		assert_true(tasks[i].ok);
	assert_int_equal(tasks[ROOM].answers, 0);
	fixture_open(f, &(struct store_options){ 0 }, 0);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM item"), ROOM);
	free_tasks(tasks, ROOM + 1);
	free_tasks(&first, 1);
}

enum { THREADS = 8, EACH = 60 };

struct submitter {
	struct fixture *f;
	pthread_t thread;
	int number, failed;
};

static bool add_to_sum(struct call *c, void *arg)
{
	struct task *task = arg;
	int64_t sum;

	return insert_one(c, task) &&
	       db_query_int(c, "SELECT amount FROM item WHERE id = $1", DB_ARGS(db_int(0)), 0, &sum) &&
	       db_exec(c, "UPDATE item SET amount = $1 WHERE id = $2", DB_ARGS(db_int(sum + 1), db_int(0)));
}

static void *submit_many(void *arg)
{
	struct submitter *own = arg;

	for (int i = 0; i < EACH; i++) {
		struct task task;
		int64_t sum;

		task_init(&task, own->number * 1000 + i + 1, add_to_sum);
		if (!writer_run(own->f->store, &task.call, add_to_sum, &task))
			own->failed++;
		if (!store_read(own->f->store, &task.call) ||
		    !db_query_int(&task.call, "SELECT amount FROM item WHERE id = 0", DB_NONE, 0, &sum) || sum < i + 1)
			own->failed++;
		store_release(own->f->store, &task.call);
		free_tasks(&task, 1);
	}
	return NULL;
}

static bool make_sum(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, insert_item, DB_ARGS(db_int(0), db_null(), db_int(0)));
}

static void many_threads(void **state)
{
	struct fixture *f = fixture_of(state);
	struct submitter submitters[THREADS] = { 0 };
	struct store_figures figures;

	assert_true(fixture_run(f, make_sum, NULL));
	for (int i = 0; i < THREADS; i++) {
		submitters[i].f = f;
		submitters[i].number = i;
		assert_int_equal(pthread_create(&submitters[i].thread, NULL, submit_many, &submitters[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(submitters[i].thread, NULL);
		assert_int_equal(submitters[i].failed, 0);
	}
	assert_int_equal(fixture_int(f, "SELECT amount FROM item WHERE id = 0"), THREADS * EACH);
	store_figures(f->store, &figures);
	assert_int_equal(figures.actions, THREADS * EACH + 1);
	assert_int_equal(figures.readers_busy, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(failing_actions_are_undone_alone),
		ON_BOTH(a_failure_cannot_be_ignored),
		ON_BOTH(duplicates_do_not_stop_an_action),
		ON_BOTH(many_rows_are_undone_together),
		ON_BOTH(actions_see_earlier_ones),
		ON_BOTH(batch_is_flushed_once),
		ON_BOTH(batch_keeps_and_drops),
		ON_BOTH(failed_flush_fails_all),
		ON_BOTH(committed_is_told_of_writes),
		ON_BOTH(full_queue_refuses),
		ON_BOTH(many_threads),
	};

	return cmocka_run_group_tests_name("db writer", tests, NULL, NULL);
}
