# shellcheck shell=bash disable=SC2154 # sourced by the measures, after they set `top`
# What every measure does: build, seed a store, start the program on it, stop it.

. "$top/tools/steps.sh"
. "$top/tools/build.sh"
logs=$top/build/bench-logs
bin=${BENCH_BIN:-$top/build/release} # BENCH_BIN: programs that are built already
now=2026-05-16T20:00:00+07:00
port=${BENCH_PORT:-8157}
mkdir -p "$logs"
work=$(mktemp -d "${TMPDIR:-/tmp}/theodoi-bench.XXXXXX")
server=

finish() {
	stop_server
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

prepare() {
	if [ -z "${BENCH_BIN-}" ]; then
		"$top/tools/setup" run
		build_web
		build_program release theodoi theodoi-extract bench_seed bench_load bench_streams bench_floor
	fi
	if ((BASH_VERSINFO[0] >= 4)); then ulimit -n "$(ulimit -Hn)"; fi
}

# seed INDICATORS PERIODS HELD: a store in $work with its requests beside it.
seed() {
	rm -rf "$work/store" && mkdir -p "$work/store"
	"$bin/bench_seed" "sqlite:$work/store/theodoi.db" "$work/store" "$@" 2>"$logs/seed.log"
}

start_server() {
	: >"$logs/serve.log" # the last one said that it listens too
	"$bin/theodoi" serve --store "sqlite:$work/store/theodoi.db" --data "$work/store" --listen "127.0.0.1:$port" \
		--now "$now" --unlimited --log-level warn >"$logs/serve.log" 2>&1 &
	server=$!
	for _ in $(seq 200); do
		grep -q '^listening' "$logs/serve.log" && return 0
		kill -0 $server 2>/dev/null || break
		sleep 0.05
	done
	cat "$logs/serve.log" >&2
	return 1
}

stop_server() {
	[ -n "$server" ] || return 0
	kill "$server" 2>/dev/null || true
	wait "$server" 2>/dev/null || true
	server=
}

# The evening of the store that was seeded: what the load says in load.txt, the batches in `batch`.
evening() {
	local commits actions
	start_server
	commits=$(metric theodoi_store_commits_total)
	actions=$(metric theodoi_store_actions_total)
	"$bin/bench_load" "$port" 64 0 "$work/store/submit-2026-05.req" >"$work/load.txt"
	commits=$(($(metric theodoi_store_commits_total) - commits))
	actions=$(($(metric theodoi_store_actions_total) - actions))
	stop_server
	batch=$((commits ? (actions + commits / 2) / commits : 1))
}

# Overviews read while the evening goes on: constant.txt, dashboard.txt, submit.txt.
overviews() {
	local submissions
	start_server
	"$bin/bench_load" "$port" 64 5 "$work/store/constant.req" >"$work/constant.txt"
	"$bin/bench_load" "$port" 2 0 "$work/store/submit-2026-05.req" >"$work/submit.txt" &
	submissions=$!
	"$bin/bench_load" "$port" 64 5 "$work/store/dashboard.req" >"$work/dashboard.txt"
	wait $submissions
	stop_server
}

# value NAME FILE: the number of a line `NAME value unit`.
value() {
	awk -v name="$1" '$1 == name { print $2; exit }' "$2"
}

metric() {
	exec 3<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3
	awk -v name="$1" '$1 == name { print $2; exit }' <&3
	exec 3<&-
}

# ratio A B: A / B with two places.
ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f\n", b ? a / b : 0 }'
}

machine() {
	echo "# $(uname -m), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB," \
		"$(date +%F), load before: $(cut -d' ' -f1 /proc/loadavg)"
}
