#!/bin/sh
# A strategy from a shared object takes part; what is none is refused. Prints TAP.
entente=$1
patient=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
    echo 'price,u(a),u(b)'
    for k in 0 1 2 3 4 5 6 7 8 9 10; do
        echo "p$k,$k,$((10 - k))"
    done
} >"$folder/pie.csv"
count=0
bad=0
check() {
    count=$((count + 1))
    if [ "$2" = yes ]; then
        echo "ok $count - $1"
    else
        bad=$((bad + 1))
        echo "not ok $count - $1"
    fi
}
has() {
    case $1 in *"$2"*) echo yes ;; *) echo no ;; esac
}
out=$("$entente" haggle "$folder/pie.csv" --pair "$patient,conceder" --plain 2>&1)
check "it negotiates to an agreement" "$(has "$out" "end	agreed")"
check "it opens with its best" "$(has "$out" "0	a	10	0")"
out=$("$entente" tournament "$folder/pie.csv" --strategies "$patient,linear" --plain 2>&1)
check "it takes part in a tournament" "$(has "$out" "patient")"
out=$("$entente" haggle "$folder/pie.csv" --pair "$folder/pie.csv" 2>&1)
check "what is no shared object is refused" "$(has "$out" H108)"
out=$("$entente" haggle "$folder/pie.csv" --pair ./missing.so 2>&1)
check "a missing one is refused" "$(has "$out" H108)"
echo "1..$count"
[ "$bad" -eq 0 ]
