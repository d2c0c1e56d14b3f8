#!/bin/bash
# Runs the tests of the console in a real browser: Tests/Browser, against the built max. What Python needs is installed
# once into a virtual environment under .build, as Tests/Browser/requirements.txt pins it.
#
# Usage: browser-tests.sh [pytest argument...]
#        browser-tests.sh --pictures             takes the pictures that documents show, in Documentation/Pictures
# Status: as pytest's · 1 something is missing, and what to do was said
set -u
cd "$(dirname "$0")/.." || exit 1

Scripts/bootstrap.sh chromium default-jre-headless fonts-dejavu-core python3-venv || exit 1

home=.build/browser-tests
wanted=Tests/Browser/requirements.txt
python=$home/venv/bin/python
mkdir -p "$home"
exec 9>"$home/lock"
flock 9
if ! cmp --silent "$wanted" "$home/requirements.txt" || ! [[ -x $python ]]; then
    echo "Installing what the browser's tests need…" >&2
    rm -rf "$home/venv" "$home/requirements.txt"
    python3 -m venv "$home/venv" &&
        "$python" -m pip install --disable-pip-version-check --quiet --requirement "$wanted" >"$home/pip.log" 2>&1 &&
        cp "$wanted" "$home/requirements.txt" || {
        echo "pip could not install them: $(tail -n 1 "$home/pip.log")" >&2
        exit 1
    }
fi
exec 9>&-

export PYTHONPYCACHEPREFIX=$PWD/$home/bytecode HYPOTHESIS_STORAGE_DIRECTORY=$PWD/$home/hypothesis
cd Tests/Browser || exit 1
[[ ${1-} == --pictures ]] || exec "../../$python" -m pytest "$@"
../../Scripts/bootstrap.sh pngquant fonts-wqy-zenhei fonts-noto-color-emoji && exec "../../$python" -m house.show
