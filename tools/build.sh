# shellcheck shell=bash disable=SC2154 # top and logs are set by the sourcing script
# Building, each part only when what it is made from has changed. Sourced after tools/steps.sh.

# Two compilers at once on a small machine, more on a larger one.
jobs=$(nproc)

# One digest over the files of a folder, without what is built or fetched there.
digest_of() {
	(cd "$top" && find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -print0 |
		sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# npm_packages FOLDER: what its package-lock.json says, in its node_modules.
npm_packages() {
	local folder=$top/$1 digest
	digest=$(sha256sum "$folder/package.json" "$folder/package-lock.json" | sha256sum | cut -d' ' -f1)
	[ "$(cat "$folder/node_modules/.installed" 2>/dev/null)" = "$digest" ] && return 0
	step "Fetching the npm packages of $1/" "$logs/npm-$1.log" npm --prefix "$folder" ci || return 1
	echo "$digest" >"$folder/node_modules/.installed"
}

# The web application into web/dist, which the program carries.
build_web() {
	local digest
	if [ ! -f "$top/web/package.json" ]; then
		say "web/ holds no application: the program will answer with its API alone."
		return 0
	fi
	npm_packages web || return 1
	digest=$(digest_of web)
	[ -f "$top/web/dist/index.html" ] && [ "$(cat "$top/build/web.digest" 2>/dev/null)" = "$digest" ] && return 0
	step "Building the web application" "$logs/web-build.log" npm --prefix "$top/web" run build || return 1
	mkdir -p "$top/build"
	echo "$digest" >"$top/build/web.digest"
}

# Whether a configured build knows the targets: unit tests need packages that came after the first ./run.
has_targets() {
	local file=$1 target
	shift
	for target in "$@"; do
		grep -qs "^build $target:" "$file" || return 1
	done
}

# build_program PRESET TARGET...: with CMake and Ninja into build/PRESET.
build_program() {
	local preset=$1 folder=$top/build/$1
	shift
	if ! has_targets "$folder/build.ninja" "$@"; then
		step "Configuring build/$preset" "$logs/configure-$preset.log" \
			env -C "$top" cmake --preset "$preset" || { rm -f "$folder/build.ninja"; return 1; }
	fi
	step "Building $* (build/$preset)" "$logs/build-$preset.log" ninja -j "$jobs" -C "$folder" "$@"
}
