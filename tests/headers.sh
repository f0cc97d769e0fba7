#!/bin/sh
# Every header compiles together with every other, so that no name means two things: one file
# includes them all, in the order of their paths and the other way round. Left out are parts that
# are included several times with other macros (*_body.h, codes_*.h). Prints TAP.
# usage: headers.sh SOURCE COMPILER [ARGUMENT...]
set -u
cd "$1" || exit 1
shift
bad=0
check() { # number, order for sort, compiler and its arguments
    number=$1
    order=$2
    shift 2
    said=$(find include src -name '*.h' ! -name '*_body.h' ! -name 'codes_*.h' |
        sort "$order" | sed 's#^[a-z]*/#\#include "#; s#$#"#; $a int ent_all_headers;' |
        "$@" -std=c17 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -Iinclude -Isrc \
            -fsyntax-only -x c - 2>&1)
    if [ -z "$said" ]; then
        echo "ok $number - all headers in one file, sort $order"
    else
        bad=1
        echo "not ok $number - all headers in one file, sort $order"
        printf '%s\n' "$said" | grep -E 'error|warning' | head -20 | sed 's/^/# /'
    fi
}
check 1 -f "$@"
check 2 -r "$@"
echo "1..2"
exit $bad
