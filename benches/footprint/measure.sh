#!/usr/bin/env bash
# How long a newcomer waits for the first build and how large the program is; adds a line to record.csv beside this file.
set -euo pipefail
cd "$(dirname "$0")/../.."
record=benches/footprint/record.csv
folder=$(mktemp -d -p target)
trap 'rm -rf "$folder"' EXIT
cargo fetch --locked --quiet
started=$(date +%s.%N)
CARGO_TARGET_DIR="$folder" cargo build --release --locked --quiet --bin simulate
ended=$(date +%s.%N)
[ -f "$record" ] || echo "date,commit,rustc,cores,load_at_start,cold_build_s,binary_bytes,stripped_bytes,crates" >"$record"
cp "$folder/release/simulate" "$folder/stripped"
strip "$folder/stripped"
line=$(printf '%s,%s,%s,%s,%s,%.0f,%s,%s,%s' "$(date +%F)" "$(git rev-parse --short HEAD)" "$(rustc --version | cut -d' ' -f2)" "$(nproc)" \
    "${LOAD:-$(cut -d' ' -f1 /proc/loadavg)}" "$(awk "BEGIN { print $ended - $started }")" "$(stat -c %s "$folder/release/simulate")" \
    "$(stat -c %s "$folder/stripped")" "$(cargo tree --edges normal,build --prefix none | sed 's/ (\*)//' | sort -u | wc -l)")
echo "$line" | tee -a "$record"
