#!/bin/sh
# Comments cite pages that are there: every docs/NAME.md that the sources name exists, every section
# of docs/MODEL.md that they cite is a heading of it, and each of its headings 5.N is cited. TAP.
set -u
cd "$1" || exit 1
count=0
bad=0
result() { # good?, name, remark
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        bad=$((bad + 1))
        echo "not ok $count - $2"
        printf '%s\n' "$3" | sed 's/^/# /'
    fi
}
sources() {
    find src include tests bench fuzz wasm page/src bindings/python tools -type f \
        \( -name '*.[ch]' -o -name '*.ts' -o -name '*.tsx' -o -name '*.py' -o -name '*.sh' \
        -o -name meson.build -o -name '*.mjs' \) ! -path '*/node_modules/*' ! -name citations.sh
}
files=$(sources)
# shellcheck disable=SC2086
pages=$(grep -ohE 'docs/[A-Za-z_/-]+\.md' $files | sort -u)
missing=$(for page in $pages; do [ -f "$page" ] || echo "$page"; done)
[ -z "$missing" ] && [ "$(printf '%s\n' "$pages" | wc -l)" -gt 5 ]
result $? "pages that comments name are there" "$missing"
# "docs/MODEL.md 5.1 and 5.2", "docs/MODEL.md 2, 3"; a full stop ends a sentence.
# shellcheck disable=SC2086
cited=$(cat $files | tr '\n' ' ' | sed 's/  *\* / /g' |
    grep -oE 'docs/MODEL\.md [0-9]+(\.[0-9]+)?((, | and )[0-9]+(\.[0-9]+)?)*' |
    sed 's/docs\/MODEL\.md //; s/ and /, /g' | tr -d ' ' | tr ',' '\n' | sort -u)
missing=$(for section in $cited; do
    escaped=$(printf '%s' "$section" | sed 's/\./\\./')
    grep -qE "^##+ $escaped(\\. |  *)[A-Z]" docs/MODEL.md ||
        echo "docs/MODEL.md has no section $section"
done)
[ -z "$missing" ] && [ "$(printf '%s\n' "$cited" | wc -l)" -gt 15 ]
result $? "sections of docs/MODEL.md that comments cite are there" "$missing"
# 5.9 is what src/haggle is for as a whole.
missing=$(for section in $(sed -nE 's/^### (5\.[0-9]+) .*/\1/p' docs/MODEL.md); do
    [ "$section" = 5.9 ] || printf '%s\n' "$cited" | grep -qxF "$section" ||
        echo "no comment says where $section is computed"
done)
[ -z "$missing" ]
result $? "each answer of docs/MODEL.md is cited where it is computed" "$missing"
# shellcheck disable=SC2086
missing=$(grep -nE '(^|[^/A-Za-z])model\.md' $files)
[ -z "$missing" ]
result $? "no comment cites a page that is not shipped" "$missing"
echo "1..$count"
[ "$bad" -eq 0 ]
