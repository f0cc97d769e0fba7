#!/bin/sh
# Golden errors of scenarios, and that every code that a file can provoke is shown here or in a golden
# transcript. Prints TAP.
# `scenarios.sh PROGRAM FOLDER update` writes what is said anew.
set -u
program=$(realpath "$1")
cd "$2/scenarios" || exit 1
if [ "${3:-}" = update ]; then
    for text in *.txt; do
        "$program" -u "$text" >"$text.new" && mv "$text.new" "$text"
    done
fi
said=$("$program" ./*.txt)
status=$?
printf '%s\n' "$said" | grep -v '^1\.\.'
count=$(printf '%s\n' "$said" | sed -n 's/^1\.\.//p')
# S180 to S182 are about the question that is asked.
for code in $(sed -n 's/^ENT_CODE([A-Z0-9_]*, \(S[0-9]*\),.*/\1/p' ../../../src/base/codes_scenario.h |
    grep -v '^S18'); do
    count=$((count + 1))
    if grep -q "\[$code\]" ./*.txt ../../golden/*.txt; then
        echo "ok $count - $code is shown"
    else
        echo "not ok $count - $code is shown by no golden error"
        status=1
    fi
done
echo "1..$count"
exit $status
