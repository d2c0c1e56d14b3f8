#!/bin/bash
# Runs Swift's tests that are built already and, when some fail, says which at the very end, where it is looked for.
#
# Usage: swift-tests.sh [argument of swift test...]
# Status: as that of swift test
set -o pipefail
cd "$(dirname "$0")/.." || exit 1

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log"
status=$?
((status == 0)) && exit

# What is no test's, as a crash, stands in the last lines.
echo
echo "What failed:"
grep -aE -A 3 '^✘ Test .* recorded an issue' "$log" || tail -n 20 "$log"
exit $status
