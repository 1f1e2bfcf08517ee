#!/usr/bin/env bash
# Counts the instructions that the engine executes for each agent-step (a step of a person who has not decided yet) and fails if there are more than
# 10 % more than record.csv says. `check.sh --record` writes the record anew.
#
# Needs valgrind, which knows no AVX-512: the narrower levels stand for it, as the same source makes all of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
record=benches/instructions/record.csv
work=target/instructions
mkdir -p "$work"
bench=$(cargo build --release --quiet --bench instructions --message-format=json |
    grep '"name":"instructions"' | grep -o '"executable":"[^"]*"' | cut -d'"' -f4)

count() { # level, times: instructions
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file="$work/log" "$bench" "$1" "$2" >"$work/out"
    sed -n 's/.*I *refs: *//p' "$work/log" | tr -d ,
}

measured="$work/measured.csv"
echo "level,instructions_per_agent_step,instructions_per_person" >"$measured"
for level in plain sse2 avx2; do
    one=$(count "$level" 1)
    three=$(count "$level" 3)
    awk -v level="$level" -v one="$one" -v three="$three" \
        'END { each = (three - one) / 2; printf "%s,%.2f,%.1f\n", level, each / $5, each / $1 }' "$work/out" >>"$measured"
done
cat "$measured"
if [ "${1:-}" = --record ]; then
    cp "$measured" "$record"
    exit 0
fi
awk -F, '
    FNR == 1 { next }
    NR == FNR { before[$1] = $2; next }
    $2 > 1.1 * before[$1] { printf "%s: %.2f instructions per agent-step, %.2f on record: more than 10 %% more\n", $1, $2, before[$1]; worse = 1 }
    $2 < 0.9 * before[$1] { printf "%s: %.2f instructions per agent-step, %.2f on record: write the record anew with --record\n", $1, $2, before[$1] }
    END { exit worse }
' "$record" "$measured"
