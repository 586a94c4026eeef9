#include "http/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

enum { DESCRIPTORS_MAX = 1 << 17, BACKLOG = 4096 };

int listener_raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return 1024;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > DESCRIPTORS_MAX)
		return DESCRIPTORS_MAX;
	return (int)limit.rlim_cur;
}

static bool parse_address(const char *text, int port, struct sockaddr_storage *out, socklen_t *length)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
		memcpy(out, &v4, sizeof(v4));
		*length = sizeof(v4);
		return true;
	}
	if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
		memcpy(out, &v6, sizeof(v6));
		*length = sizeof(v6);
		return true;
	}
	return false;
}

int listener_port(int fd)
{
	struct sockaddr_storage address;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	socklen_t length = sizeof(address);

	memset(&address, 0, sizeof(address));
	if (getsockname(fd, (struct sockaddr *)&address, &length))
		return 0;
	if (address.ss_family == AF_INET) {
		memcpy(&v4, &address, sizeof(v4));
		return ntohs(v4.sin_port);
	}
	memcpy(&v6, &address, sizeof(v6));
	return ntohs(v6.sin6_port);
}

int listener_open(const char *address, int port, struct error *err)
{
	struct sockaddr_storage to;
	socklen_t length;
	int fd, on = 1;

	memset(&to, 0, sizeof(to));
	if (!parse_address(address, port, &to, &length)) {
		error_internal(err, "%s is no address to listen on", address);
		return -1;
	}
	fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		error_internal(err, "no socket: errno %d", errno);
		return -1;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&to, length) || listen(fd, BACKLOG)) {
		error_internal(err, errno == EADDRINUSE ? "another program listens on port %d already" :
							  "cannot listen on port %d", port);
		close(fd);
		return -1;
	}
	return fd;
}
