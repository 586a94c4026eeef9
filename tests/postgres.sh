#!/bin/sh
# A PostgreSQL server for tests: in a temporary folder, on loopback and a Unix socket only, without fsync.
#
#	tests/postgres.sh start	starts it and prints its URL (for TEST_POSTGRES_URL); one serves many tests,
#				each makes a database of its own
#	tests/postgres.sh stop URL	ends it and removes its folder
#	tests/postgres.sh run COMMAND...	starts it, runs the command with TEST_POSTGRES_URL set, stops it
set -eu

say() { echo "tests/postgres.sh: $*" >&2; exit 1; }

programs() {
	if command -v pg_config >/dev/null && [ -x "$(pg_config --bindir)/initdb" ]; then
		pg_config --bindir
		return
	fi
	for folder in /usr/lib/postgresql/*/bin; do
		[ -x "$folder/initdb" ] && found=$folder
	done
	[ -n "${found:-}" ] || say "PostgreSQL's server is not installed (Debian: postgresql-15)"
	echo "$found"
}

# The server refuses to run as root; Debian's package makes the user postgres.
as_server() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@")
	else
		"$@"
	fi
}

free_port() {
	python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

start() {
	bin=$(programs)
	folder=$(mktemp -d "${TMPDIR:-/tmp}/theodoi-postgres-XXXXXX")
	[ "$(id -u)" != 0 ] || chown postgres "$folder"
	chmod 0755 "$folder"
	as_server "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C \
		--no-sync --no-instructions >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
	for try in 1 2 3 4 5; do
		port=$(free_port)
		as_server "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/data/server.log" --silent --wait \
			--options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder \
-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c autovacuum=off \
-c shared_buffers=64MB -c max_pred_locks_per_transaction=256" start >/dev/null 2>&1 && break
		[ "$try" != 5 ] || { cat "$folder/data/server.log" >&2; say "the server does not start"; }
	done
	echo "postgres://postgres@127.0.0.1:$port/postgres?application_name=$(basename "$folder")"
}

stop() {
	name=${1##*application_name=}
	folder=${TMPDIR:-/tmp}/$name
	case $name in theodoi-postgres-*) ;; *) say "not a URL of this script: $1" ;; esac
	[ -d "$folder/data" ] || say "no server in $folder"
	as_server "$(programs)/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent --wait stop >/dev/null 2>&1 || true
	rm -rf "$folder"
}

case ${1:-} in
start) start ;;
stop) stop "${2:?the URL that start printed}" ;;
run)
	shift
	TEST_POSTGRES_URL=$(start)
	export TEST_POSTGRES_URL
	trap 'stop "$TEST_POSTGRES_URL"' EXIT
	trap 'exit 130' INT TERM
	"$@"
	;;
*) say "start | stop URL | run COMMAND..." ;;
esac
