#!/bin/sh
# What stands in a browser in place of SQLite, shared objects and the system has every function of the
# seam once, which the native build cannot see. Needs no emscripten. Prints TAP: seam.sh SOURCE
set -u
cd "$1" || exit 1
i=0
bad=0
for pair in "src/store/results.h wasm/no_store.c" "src/haggle/plugin.h wasm/no_plugin.c" \
    "src/base/memory.h wasm/no_memory.c"; do
    header=${pair% *}
    stand_in=${pair#* }
    i=$((i + 1))
    functions=$(grep -v '^static' "$header" | grep -E '^[a-z].*[ *]ent_[a-z_]+\(' |
        sed -E 's/^[^(]*[ *](ent_[a-z_]+)\(.*/\1/')
    missing=
    for function in $functions; do
        [ "$(grep -Ec "^[a-z].*[ *]$function\(" "$stand_in")" = 1 ] || missing="$missing $function"
    done
    if [ -n "$functions" ] && [ -z "$missing" ]; then
        echo "ok $i - $stand_in has all of $header"
    else
        bad=1
        echo "not ok $i - $stand_in has all of $header"
        echo "# missing, or there twice:$missing"
    fi
done
echo "1..$i"
exit $bad
