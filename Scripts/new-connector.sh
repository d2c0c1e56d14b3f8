#!/bin/bash
# Adds a connector: copies the template (itself built and tested with everything else) to Connectors/<Name>, and adds
# one line to Package.swift and two to the registry. Nothing is changed when anything is wrong with the name.
#
# Usage: new-connector.sh <Name>   letters and digits, as in GitHub or acme2
set -eu
cd "$(dirname "$0")/.."

template=Scripts/connector-template
registry=Sources/BundledConnectors/Registry.swift

refuse() {
    printf '%s\n' "$1" 'usage: make new-connector NAME=GitHub' >&2
    exit 2
}

given=${1:-}
[[ -n $given ]] || refuse "Which connector? Give it a name."
[[ $given =~ ^[A-Za-z][A-Za-z0-9]*$ && ${#given} -le 30 ]] ||
    refuse "“$given” cannot be a connector's name: up to 30 letters and digits, beginning with a letter."
initial=$(printf '%s' "${given:0:1}" | tr '[:lower:]' '[:upper:]')
type=$initial${given:1}
word=$(printf '%s' "$given" | tr '[:upper:]' '[:lower:]')

case $word in
as | associatedtype | await | break | case | catch | class | continue | default | defer | deinit | do | else | enum | \
    extension | fallthrough | false | for | func | guard | if | import | in | init | inout | internal | is | let | nil | \
    operator | private | protocol | public | repeat | return | self | static | struct | subscript | super | switch | \
    throw | throws | true | try | typealias | var | where | while)
    refuse "“$given” is a word of the Swift language: choose another, such as ${type}Source." ;;
any | connector | max | sample | setup | type)
    refuse "“$given” means something else here: choose another name, such as ${type}Source." ;;
esac
taken=$(find Connectors Sources -maxdepth 1 \( -iname "$type" -o -iname "${type}Connector" \) | head -n 1)
[[ -z $taken ]] || refuse "There is a connector named “$given” already: $taken."

# Prints file $3 with line $2 added to the lines that match $1, in the order of the alphabet.
add_line() {
    awk -v pattern="$1" -v line="$2" '
        { lines[NR] = $0 }
        $0 ~ pattern { last = NR }
        $0 ~ pattern && !place && tolower($0) > tolower(line) { place = NR }
        END {
            if (!last) exit 1
            if (!place) place = last + 1
            if (line ~ /,$/) sub(/,?$/, ",", lines[last])
            for (n = 1; n <= NR; n++) {
                if (n == place) print line
                print lines[n]
            }
        }' "$3"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
add_line '^    "[A-Za-z0-9]+",?$' "    \"$type\"," Package.swift >"$work/Package.swift" ||
    refuse "Package.swift has no line such as “    \"Acme\",” in its list of connectors."
add_line '^internal import [A-Za-z0-9]+Connector$' "internal import ${type}Connector" "$registry" >"$work/imports" ||
    refuse "$registry has no line such as “internal import AcmeConnector”."
add_line '^ +Entry[(]"' "            Entry(\"$word\") { $word }," "$work/imports" >"$work/Registry.swift" ||
    refuse "$registry has no line such as “Entry(\"acme\") { acme },”."

cp -R "$template" "$work/connector"
find "$work/connector" -type f -name '*Sample*' | while IFS= read -r file; do
    name=${file##*/}
    mv "$file" "${file%/*}/${name//Sample/$type}"
done
find "$work/connector" -type f | while IFS= read -r file; do
    sed -e "s/Sample/$type/g" -e "s/sample/$word/g" "$file" >"$work/file"
    cat "$work/file" >"$file"
done
swift format format --in-place --configuration .swift-format --recursive \
    "$work/connector" "$work/Registry.swift" "$work/Package.swift"

mv "$work/connector" "Connectors/$type"
cat "$work/Package.swift" >Package.swift
cat "$work/Registry.swift" >"$registry"

cat <<END
Connectors/$type is a connector that builds, passes its tests and can be seen:

    make test
    ./max connectors

What comes next is in Connectors/$type/README.md: replace what the template collects with what $type has.
END
