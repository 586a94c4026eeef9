#include "http/slow.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/log.h"
#include "http/exchange.h"

enum { QUEUE_MAX = 512, THREADS_MAX = 8 };

struct slow_queue {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct exchange *first, **last;
	size_t length;
	bool ending;
	void (*work)(struct exchange *x);
	int threads;
	pthread_t thread[THREADS_MAX];
};

static struct exchange *pop(struct slow_queue *queue)
{
	struct exchange *x;

	pthread_mutex_lock(&queue->lock);
	while (!queue->first && !queue->ending)
		pthread_cond_wait(&queue->changed, &queue->lock);
	x = queue->first;
	if (x) {
		queue->first = x->next;
		if (!queue->first)
			queue->last = &queue->first;
		queue->length--;
	}
	pthread_mutex_unlock(&queue->lock);
	return x;
}

static void *run(void *arg)
{
	struct slow_queue *queue = arg;
	struct exchange *x;

	while ((x = pop(queue)))
		queue->work(x);
	return NULL;
}

struct slow_queue *slow_new(int threads, void (*work)(struct exchange *x))
{
	struct slow_queue *queue = calloc(1, sizeof(*queue));

	if (!queue)
		die("no memory");
	queue->last = &queue->first;
	queue->work = work;
	queue->threads = threads < THREADS_MAX ? threads : THREADS_MAX;
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->changed, NULL);
	for (int i = 0; i < queue->threads; i++)
		if (pthread_create(&queue->thread[i], NULL, run, queue))
			die("no thread for the slow queue");
	return queue;
}

void slow_free(struct slow_queue *queue)
{
	if (!queue)
		return;
	pthread_mutex_lock(&queue->lock);
	queue->ending = true;
	pthread_cond_broadcast(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
	for (int i = 0; i < queue->threads; i++)
		pthread_join(queue->thread[i], NULL);
	pthread_cond_destroy(&queue->changed);
	pthread_mutex_destroy(&queue->lock);
	free(queue);
}

bool slow_push(struct slow_queue *queue, struct exchange *x)
{
	bool room;

	x->next = NULL;
	pthread_mutex_lock(&queue->lock);
	room = queue->length < QUEUE_MAX && !queue->ending;
	if (room) {
		*queue->last = x;
		queue->last = &x->next;
		queue->length++;
		pthread_cond_signal(&queue->changed);
	}
	pthread_mutex_unlock(&queue->lock);
	return room;
}

size_t slow_length(struct slow_queue *queue)
{
	size_t length;

	pthread_mutex_lock(&queue->lock);
	length = queue->length;
	pthread_mutex_unlock(&queue->lock);
	return length;
}
