# shellcheck shell=bash disable=SC2154 # top and logs are set by the sourcing script
# Long steps as a person wants to see them. Sourced by run, test and the scripts in tools/.
# The sourcing script has set `top` to the project's folder.

export PATH="$top/.tools/bin:$PATH"
export npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
# Node.js carries its own certificates; an office with its own authority has added it to the system's.
if [ -z "${NODE_EXTRA_CA_CERTS-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
	export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi

say() {
	printf '%s\n' "$*"
}

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

# Rewrites the current line with the seconds gone and how far ninja is, until killed.
show_progress() {
	local what=$1 log=$2 began=$SECONDS at
	while sleep 1 && kill -0 $$ 2>/dev/null; do
		at=$(tail -n 1 "$log" 2>/dev/null | grep -o '^\[[0-9]*/[0-9]*\]')
		printf '\r%s ... %d s %s\033[K' "$what" $((SECONDS - began)) "$at"
	done
}

# step WHAT LOG COMMAND...: runs the command with its output in LOG. Quiet when it takes under a second;
# otherwise says what runs and how long it took. A failure shows the end of the log.
step() {
	local what=$1 log=$2 began=$SECONDS ticker status=0
	shift 2
	mkdir -p "${log%/*}"
	if [ -t 1 ]; then
		show_progress "$what" "$log" &
	else
		(sleep 1; exec printf '%s ...\n' "$what") &
	fi
	ticker=$!
	"$@" >"$log" 2>&1 </dev/null || status=$?
	{ kill "$ticker" && wait "$ticker"; } 2>/dev/null || true
	[ -t 1 ] && printf '\r\033[K'
	if [ "$status" -ne 0 ]; then
		say "$what: failed after $((SECONDS - began)) s. The end of ${log#"$top"/}:"
		tail -n 30 "$log" | sed 's/^/    /'
		return "$status"
	fi
	if [ $((SECONDS - began)) -ge 2 ]; then
		say "$what: $((SECONDS - began)) s"
	fi
}
