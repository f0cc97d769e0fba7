#!/bin/sh
# Golden errors: every NAME.yaml is checked and what is said about it compared with NAME.txt, word
# for word and column for column. `run.sh PROGRAM FOLDER update` writes the .txt anew. Prints TAP.
set -u
program=$(realpath "$1")
cd "$2" || exit 1
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
for file in *.yaml; do
    name=${file%.yaml}
    got=$("$program" "$file" 2>&1)
    [ "${3:-}" = update ] && printf '%s\n' "$got" >"$name.txt"
    difference=$(printf '%s\n' "$got" | diff "$name.txt" - 2>&1)
    result $? "$name" "$difference"
done
for code in $(sed -n 's/^ENT_CODE([A-Z0-9_]*, \(C[0-9]*\),.*/\1/p' ../../src/base/codes_case.h); do
    grep -q "\[$code\]" ./*.txt
    result $? "$code is shown by a file" "no golden file shows $code"
done
echo "1..$count"
[ "$bad" -eq 0 ]
