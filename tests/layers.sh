#!/bin/sh
# The layers of ARCHITECTURE.md: each folder of src includes only what is listed for it, and each
# foreign header stands in one file only. Prints TAP.
set -u
cd "$1" || exit 1
count=0
bad=0

check() { # name, offending lines
    count=$((count + 1))
    if [ -z "$2" ]; then
        echo "ok $count - $1"
    else
        bad=$((bad + 1))
        echo "not ok $count - $1"
        printf '%s\n' "$2" | sed 's/^/# /'
    fi
}

# folder: what it may include from (besides itself and entente.h)
while read -r folder allowed; do
    [ -d "src/$folder" ] || continue
    pattern=$(echo "$folder $allowed" | tr ' ' '|')
    found=$(grep -rnE '^#include "' "src/$folder" --include='*.c' --include='*.h' |
        grep -vE "#include \"(entente\.h|($pattern)/[a-z0-9_]+\.h)\"")
    check "src/$folder includes only: entente.h $folder $allowed" "$found"
done <<'TABLE'
base
model base
record base model
worlds base model record
answers base model record worlds bargain haggle
bargain base model
haggle base model bargain
io base model record
store base
report base model record worlds answers bargain haggle io store
api base model record worlds answers bargain haggle io store report
cli web batch
web
batch
TABLE

while read -r header home; do
    found=$(grep -rlE "^#include <$header" src include | grep -vE "^($home)\$")
    check "<$header> is included in $home only" "$found"
done <<'TABLE'
libfyaml\.h src/io/yaml\.c
expat\.h src/io/xml\.c
sqlite3\.h src/store/database\.c
microhttpd\.h src/web/http\.c
mpi\.h src/batch/mpi\.c
Random123/ src/base/random\.c
sha256\.h src/base/hash\.c
utf8proc\.h src/base/unicode\.c
glpk\.h nowhere
zip\.h src/io/zip\.c
dlfcn\.h src/haggle/plugin\.c
TABLE

found=$(grep -rnE '(^|[^a-z_])(f?printf|puts|fputs|exit|abort)\(' src --include='*.c' |
    grep -vE '^src/(cli|web|batch)/|^src/base/mem\.c:.*abort\(')
check "the library neither prints nor exits" "$found"
echo "1..$count"
[ "$bad" -eq 0 ]
