#!/bin/bash
# Readies this machine to build Max, for ./max and `make test` alike: checks the Swift toolchain and the system
# libraries, and installs the latter with apt when it may. Costs a few milliseconds when nothing is missing.
#
# Usage: bootstrap.sh [package...]   packages needed besides those that every build needs, by their Debian names
# Status: 0 ready · 1 something is missing, and what to do was said
set -u
cd "$(dirname "$0")/.." || exit 1

oldest_swift=6.2
needed=(git)
[[ $OSTYPE == darwin* ]] || needed+=(ca-certificates g++ binutils libsimdjson-dev libsqlite3-dev zlib1g-dev)
needed+=("$@")

# Whether one of these files exists.
any() {
    local file
    for file; do [[ -e $file ]] && return; done
    return 1
}

# Whether what a package brings is here, however it came.
is_present() {
    case $1 in
    binutils) command -v ld ;;
    ca-certificates) any /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem /etc/pki/tls/certs/ca-bundle.crt ;;
    dovecot-imapd) any /usr/lib/dovecot/imap ;;
    default-jre-headless) command -v java ;;
    fonts-dejavu-core) any /usr/share/fonts/*/DejaVuSans.ttf /usr/share/fonts/*/*/DejaVuSans.ttf ;;
    fonts-noto-color-emoji) any /usr/share/fonts/*/*/NotoColorEmoji.ttf /usr/share/fonts/*/NotoColorEmoji.ttf ;;
    fonts-wqy-zenhei) any /usr/share/fonts/*/wqy/wqy-zenhei.ttc /usr/share/fonts/*/wqy-zenhei.ttc ;;
    g++) any /usr/include/c++/*/cstdlib ;;
    libsimdjson-dev) any /usr/include/simdjson.h /usr/local/include/simdjson.h ;;
    libsqlite3-dev) any /usr/include/sqlite3.h /usr/local/include/sqlite3.h ;;
    isync) command -v mbsync ;;
    procps) command -v ps ;;
    python3-venv) python3 -c 'import ensurepip, venv' ;;
    zlib1g-dev) any /usr/include/zlib.h /usr/local/include/zlib.h ;;
    *) command -v "$1" ;;
    esac >/dev/null 2>&1
}

# Whether version $1 is at least version $2.
is_at_least() {
    local major=${1%%.*} minor=${1#*.}
    ((major > ${2%%.*} || (major == ${2%%.*} && ${minor%%.*} >= ${2#*.})))
}

# Asks a toolchain for its version once; its path in .build/toolchain.stamp says that it was new enough.
check_swift() {
    local stamp=.build/toolchain.stamp path known="" version
    path=$(command -v swift)
    [[ -r $stamp ]] && read -r known <"$stamp"
    [[ -n $path && $path == "$known" ]] && return
    if [[ -z $path ]]; then
        echo "Max needs a Swift toolchain, version $oldest_swift or newer, and there is none on the PATH."
    elif ! version=$(swift --version 2>/dev/null) || ! [[ $version =~ Swift\ version\ ([0-9]+\.[0-9]+) ]]; then
        echo "Max needs a Swift toolchain, and the one here does not run: see what \`swift --version\` says."
    elif ! is_at_least "${BASH_REMATCH[1]}" "$oldest_swift"; then
        echo "Max needs Swift $oldest_swift or newer; $path is ${BASH_REMATCH[1]}."
    else
        mkdir -p .build && echo "$path" >"$stamp"
        return
    fi >&2
    echo "Install one from https://www.swift.org/install and run this again." >&2
    return 1
}

# Runs a command as root: as it is, or with sudo where that asks for no password.
as_root() {
    if ((EUID == 0)); then env "$@"; else sudo -n env "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }
}

install_packages() {
    local log=.build/bootstrap.log
    mkdir -p .build
    echo "Installing $*…" >&2
    {
        as_root DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -q update
        as_root DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -q install -y \
            --no-install-recommends "$@"
    } </dev/null >"$log" 2>&1 && return
    echo "apt could not install them: $(grep -E '^E: ' "$log" | tail -n 1)" >&2
    return 1
}

check_swift || exit 1
missing=()
for package in "${needed[@]}"; do
    is_present "$package" || missing+=("$package")
done
((${#missing[@]} == 0)) && exit 0
may_install && install_packages "${missing[@]}" && exit 0
((EUID == 0)) && sudo="" || sudo="sudo "
cat >&2 <<END
Max needs these system packages (named as Debian and Ubuntu name them): ${missing[*]}
Install them, then run this again:

    ${sudo}apt-get update && ${sudo}apt-get install -y ${missing[*]}

END
exit 1
