#!/bin/bash
# Builds one product behind one line of progress on standard error; the whole log goes to .build/<product>-build.log.
# Everything that is run in release mode is built here, with the same flags, so that nothing is built twice.
#
# Usage: build.sh release|debug <product>
# Status: 0 built · 1 failed · 2 usage · 75 waited for another build, so look again · 128+n ended by signal n
set -u
cd "$(dirname "$0")/.." || exit 1

[[ $# -eq 2 && $1 =~ ^(release|debug)$ ]] || {
    echo "usage: build.sh release|debug <product> (MAX_BUILD_CONFIGURATION names one of the two)" >&2
    exit 2
}
configuration=$1
product=$2
log=.build/$product-build.log
stamp=.build/$product-$configuration.stamp
flags=(-c "$configuration")
# What the archive of `make dist` carries is found beside the binary's own folder.
[[ $configuration == release && $(uname) == Linux ]] &&
    flags+=(--static-swift-stdlib -Xlinker '-rpath=$ORIGIN/../lib/max')

# One build at a time. Without flock, SwiftPM's own lock makes the second wait.
mkdir -p .build
if command -v flock >/dev/null; then
    exec 9>".build/$product.lock"
    if ! flock --nonblock 9; then
        echo "Waiting for another build of $product to end…" >&2
        flock 9
        exit 75
    fi
fi

Scripts/bootstrap.sh || exit 1

title="Building $product…"
[[ -x .build/$configuration/$product ]] || title="Building $product (first time, about five minutes)…"

# Reads what the build logged since the last call and keeps the furthest it got.
follow() {
    local line
    while read -r line <&4; do
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
            local step=${BASH_REMATCH[1]} steps=${BASH_REMATCH[2]}
            ((steps > 0 && step * 100 / steps > percent)) && percent=$((step * 100 / steps))
            detail="$percent %  [$step/$steps]"
        elif [[ $line == Fetch* || $line == Creating* ]]; then
            detail="fetching packages"
        fi
    done
}

# Draws the line at most four times a second, for as long as the build runs.
show_progress() {
    local percent=0 detail="" line="" drawn="" width
    width=$(stty size <&2 2>/dev/null) && width=${width#* }
    [[ ${width:-0} -gt 0 ]] || width=80
    while kill -0 "$build" 2>/dev/null; do
        follow
        line="$title $detail"
        [[ $line == "$drawn" ]] || printf '\r\033[K%s' "${line:0:width-1}" >&2
        drawn=$line
        sleep 0.25
    done 4<"$log"
    printf '\r\033[K' >&2
}

# Ends the build, and this script with the status of signal number $1.
interrupt() {
    trap '' INT TERM HUP
    [[ -n $build ]] || build=$(jobs -p)
    kill -INT -- "-$build" 2>/dev/null
    wait "$build"
    [[ -n $terminal ]] && printf '\r\033[K' >&2
    exit $((128 + $1))
}

explain_failure() {
    local errors
    errors=$(grep -E '^(/[^ ]*: )?(error|fatal): ' "$log" | awk '!seen[$0]++' | head -n 12)
    {
        echo "Building $product failed:"
        if [[ -n $errors ]]; then echo "$errors"; else tail -n 12 "$log"; fi
        echo "The whole log is in $PWD/$log."
    } >&2
}

terminal=
[[ -t 2 && ${TERM:-dumb} != dumb ]] && terminal=yes

# The build is a process group of its own (set -m), so that it can be ended whole.
build=
trap 'interrupt 1' HUP
trap 'interrupt 2' INT
trap 'interrupt 15' TERM
touch "$stamp.new"
set -m
env -u MAX_VAULT_KEY GIT_TERMINAL_PROMPT=0 swift build "${flags[@]}" --product "$product" </dev/null >"$log" 2>&1 &
build=$!
set +m

if [[ -n $terminal ]]; then show_progress; else echo "$title" >&2; fi
if ! wait "$build"; then
    explain_failure
    exit 1
fi
# As old as the start of the build: what was changed while it ran is newer.
mv "$stamp.new" "$stamp"
