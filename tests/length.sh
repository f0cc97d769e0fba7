#!/bin/sh
# The length gate: files up to 500 lines, lines up to 100 columns, functions up to 80 lines unless a
# comment "long because" stands within them; nine functions of ten up to 45. Prints TAP.
set -u
cd "$1" || exit 1
files=$(find src include tests bench fuzz wasm -name '*.[ch]' \
    ! -path '*/node_modules/*' ! -path 'wasm/sources/*' | sort)
long_files=$(wc -l $files | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }')
long_lines=$(awk 'length($0) > 100 { print FILENAME ":" FNR ": " length($0) " columns" }' $files)
# A function of ours opens with `{` in column 1 and closes with `}` in column 1.
measure=$(awk '
    /^\{/ { start = FNR; excuse = 0 }
    /long because/ { excuse = 1 }
    /^\}/ && start { n = FNR - start + 1; print n, excuse, FILENAME ":" start; start = 0 }
' $(find src wasm -name '*.c' ! -path 'wasm/sources/*' | sort))
too_long=$(printf '%s\n' "$measure" | awk '$1 > 82 && !$2 { print $3 ": " $1 " lines" }')
spread=$(printf '%s\n' "$measure" | sort -n | awk '{ n[NR] = $1 } END {
    median = n[int((NR + 1) / 2)]; tenth = n[int(NR * 0.9 + 0.5)]
    if (median > 17 || tenth > 47) print "median " median ", nine of ten up to " tenth }')
i=0
for pair in "files up to 500 lines|$long_files" "lines up to 100 columns|$long_lines" \
    "functions up to 80 lines|$too_long" "median function 15 lines, nine of ten 45|$spread"; do
    i=$((i + 1))
    fault=${pair#*|}
    if [ -z "$fault" ]; then
        echo "ok $i - ${pair%%|*}"
    else
        echo "not ok $i - ${pair%%|*}"
        printf '%s\n' "$fault" | sed 's/^/# /'
    fi
done
echo "1..$i"
[ -z "$long_files$long_lines$too_long$spread" ]
