#ifndef HTTP_LISTENER_H
#define HTTP_LISTENER_H

struct error;

/* A socket that listens on a numeric address; -1 with words in err.trace. Port 0 takes a free one. */
int listener_open(const char *address, int port, struct error *err);
int listener_port(int fd);

/* Allows this process as many descriptors as the system lets it; returns how many. */
int listener_raise_descriptors(void);

#endif
