#!/usr/bin/env bash
# TestU01's SmallCrush on the generator's bits in the orders in which the engine uses them; writes RESULTS.md beside this file.
#
# Needs a C compiler and TestU01: the library of Debian (libtestu01-0-dev, in non-free) or one built from its source,
# https://github.com/umontreal-simul/TestU01-2009, whose prefix is given as TESTU01=/somewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/randomness
mkdir -p "$work"
flags=()
if [ -n "${TESTU01:-}" ]; then flags=("-I$TESTU01/include" "-L$TESTU01/lib"); fi
cc -O2 -o "$work/small_crush" benches/randomness/small_crush.c "${flags[@]}" -ltestu01 -lprobdist -lmylib -lm
bits=$(cargo build --release --quiet --bench randomness --message-format=json |
    grep '"name":"randomness"' | grep -o '"executable":"[^"]*"' | cut -d'"' -f4)

results=benches/randomness/RESULTS.md
{
    sed '/^<!-- measured -->/,$d' "$results"
    echo "<!-- measured -->"
    echo
    echo "Commit $(git rev-parse --short HEAD), $(date +%F)."
} >"$work/results.md"
for order in lanes shocks persons uniforms replicates seeds control; do
    { "$bits" "$order" || true; } | "$work/small_crush" "$order" | grep '^p ' | cut -c3- >"$work/$order.txt"
    { echo; echo '```text'; cat "$work/$order.txt"; echo '```'; } >>"$work/results.md"
    tail -n 1 "$work/$order.txt"
done
mv "$work/results.md" "$results"
# A p-value this small in a sound generator would be an accident of one run in 10,000.
if cat "$work"/{lanes,shocks,persons,uniforms,replicates,seeds}.txt | grep -v statistics |
    awk '{ sub(/ *<-.*/, ""); if ($NF < 1e-6 || $NF > 1 - 1e-6) { print; bad = 1 } } END { exit !bad }'; then
    echo "the generator fails" >&2
    exit 1
fi
if grep -q 'control: 0 of' "$work/control.txt"; then
    echo "the battery cannot fail: the control passed" >&2
    exit 1
fi
