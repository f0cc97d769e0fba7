#!/bin/sh
# How a tournament and a sweep of a case's worlds grow with processes over MPI, one thread each.
# The case: ten issues of four options, so a million packages. usage: ranks.sh BUILD
program=$1/entente-mpi
[ -x "$program" ] || program=$1/entente
if ! command -v mpirun >/dev/null || ! [ -x "$program" ]; then
    echo "there is no MPI"
    exit 0
fi
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for k in 1 2 3 4 5 6 7 8; do
    awk -v seed="$k" 'BEGIN {
        srand(seed); print "price,term,u(a),u(b)"
        for (p = 0; p < 60; p++) for (t = 0; t < 50; t++)
            printf "p%d,t%d,%.4f,%.4f\n", p, t, p / 60 + rand(), 1 - p / 60 + rand()
    }' >"$folder/s$k.csv"
done
awk 'BEGIN {
    print "entente: 1\ntitle: bench\nparties:\n  a: {}\n  b: {}\nissues:"
    for (k = 0; k < 10; k++)
        printf "  i%d: {by: %s, for: %s, options: [none, little, much, all]}\n", k,
            k % 2 ? "a" : "b", k % 2 ? "b" : "a"
    print "statements:\n  - id: s1\n    by: a\n    editorial: an offer\n    claims:"
    print "      - {party: a, accepts: {i0: much, i1: little}}"
    print "      - {party: b, refuses: {i1: little, i2: all}}"
}' >"$folder/case.yaml"

# usage: measure WHAT COMMAND...
measure() {
    what=$1
    shift
    for ranks in 1 2 4; do
        start=$(date +%s%N)
        mpirun -n "$ranks" "$program" "$@" --threads 1 >/dev/null || exit 1
        end=$(date +%s%N)
        took=$(((end - start) / 1000000))
        [ "$ranks" -eq 1 ] && first=$took
        awk -v r="$ranks" -v ms="$took" -v one="$first" -v what="$what" 'BEGIN {
            printf "%d processes: %d ms for %s, %.2f times one\n", r, ms, what, one / ms
        }'
    done
}
measure "800 runs of 4,000 rounds" tournament "$folder"/s*.csv --rounds 4000
measure "1,000,000 worlds of the flagship" deals "$(dirname "$0")/../examples/hanoi.yaml" \
    --worlds 1000000 -q
measure "20,000 worlds of a million packages" deals "$folder/case.yaml" -q
