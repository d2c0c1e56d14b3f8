#!/bin/bash
# Makes the one archive that people install, .build/dist/max-<version>-linux-<processor>.tar.gz, and SHA256SUMS beside
# it. Its folders are those of /usr/local and ~/.local, so that it can be unpacked over either. From the same binary and
# sources comes the same archive, byte for byte.
#
# Usage: dist.sh   SOURCE_DATE_EPOCH dates the files, as on https://reproducible-builds.org; else the last commit does
# Status: 0 made · 1 refused or failed, and there is no archive
set -euo pipefail
umask 022
export LC_ALL=C
cd "$(dirname "$0")/.."

binary=.build/release/max
dist=.build/dist

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Nobody could make an archive again with changes in it that no commit has. Without git, sources are taken as they are.
require_clean() {
    local changes
    [[ -e .git ]] || return 0
    changes=$(git status --porcelain)
    [[ -z $changes ]] || fail "An archive is made of what is committed, and this is not:" "$changes"
}

# When the sources were last changed, in seconds since 1970.
source_date() {
    if [[ -n ${SOURCE_DATE_EPOCH:-} ]]; then
        echo "$SOURCE_DATE_EPOCH"
    elif [[ -e .git ]]; then
        git log -1 --format=%ct
    else
        echo 0
    fi
}

# Puts in what the binary is linked to and is named differently from one system to the next. Everything else it may be
# linked to is in a package that every system has under the same name: Documentation/Install.md lists them.
carry_libraries() {
    local libraries name path
    libraries=$(ldd "$binary")
    while read -r name _ path _; do
        case ${name##*/} in
        linux-vdso.so.* | ld-linux*.so.* | libc.so.* | libm.so.* | libgcc_s.so.*) ;;
        libstdc++.so.* | libz.so.* | libsqlite3.so.*) ;;
        libsimdjson.so.*)
            install -D -m 644 "$path" "$root/lib/max/$name"
            copy_licences "${name/.so./}" "/usr/share/doc/${name/.so./}/copyright"
            ;;
        *) fail "max is linked to $name, which people may not have: carry it in the archive, or do without it." ;;
        esac
    done <<<"$libraries"
}

# Puts in those of the files that exist, for the package named first.
copy_licences() {
    local file
    for file in "${@:2}"; do
        [[ ! -e $file ]] || install -D -m 644 "$file" "$root/share/doc/max/licences/$1/${file##*/}"
    done
}

# Asks the binary that is in the archive, far from whatever is set here.
write_completions() {
    local shell place
    while read -r shell place; do
        install -D -m 644 /dev/null "$root/share/$place"
        env -i PATH="$PATH" "$root/bin/max" completion "$shell" >"$root/share/$place"
        [[ -s $root/share/$place ]] || fail "max has no completions for $shell."
    done <<'END'
bash bash-completion/completions/max
zsh  zsh/site-functions/_max
fish fish/vendor_completions.d/max.fish
END
}

[[ $(uname) == Linux ]] || fail "Archives are made on Linux, for Linux."
rm -rf "$dist"
require_clean
until Scripts/build.sh release max; do
    (($? == 75)) || exit 1 # Another build was under way: look again.
done
require_clean
version=$("$binary" --version)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+[-+.a-z0-9]*$ ]] || fail "max calls its version “$version”, which is none."

name=max-$version-linux-$(uname -m)
work=$(mktemp -d .build/dist.XXXXXX)
trap 'rm -rf "$work"' EXIT
root=$work/$name
mkdir -p "$root/bin" "$work/dist"
strip -o "$root/bin/max" "$binary"
chmod 755 "$root/bin/max"
carry_libraries
write_completions
for unit in system user; do
    install -D -m 644 "Packaging/systemd/$unit/max.service" "$root/lib/systemd/$unit/max.service"
done
install -D -m 644 Packaging/README.md "$root/share/doc/max/README.md"
[[ ! -e LICENSE ]] || install -m 644 LICENSE "$root/share/doc/max/LICENSE"
for package in .build/checkouts/*/; do
    copy_licences "$(basename "$package")" "$package"{LICENSE,LICENSE.md,LICENSE.txt,NOTICE,NOTICE.md,NOTICE.txt}
done

tar --create --format=gnu --sort=name --mtime="@$(source_date)" --owner=0 --group=0 --numeric-owner \
    --directory "$work" "$name" | gzip -9 --no-name >"$work/dist/$name.tar.gz"
(cd "$work/dist" && sha256sum "$name.tar.gz" >SHA256SUMS)
mv -T "$work/dist" "$dist"
printf '%s\n' "$dist/$name.tar.gz" "$dist/SHA256SUMS"
