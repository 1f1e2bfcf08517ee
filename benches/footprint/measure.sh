#!/usr/bin/env bash
# How long a newcomer waits for the first build and how large the program is; adds a line to record.csv beside this file.
set -euo pipefail
cd "$(dirname "$0")/../.."
record=benches/footprint/record.csv
folder=$(mktemp -d -p target)
trap 'rm -rf "$folder"' EXIT
cargo fetch --locked --quiet
load=$(cut -d' ' -f1 /proc/loadavg)
CARGO_TARGET_DIR="$folder" /usr/bin/time -o "$folder.time" -f "%e %U %S" cargo build --release --locked --quiet --bin simulate
read -r clock user system <"$folder.time"
rm "$folder.time"
[ -f "$record" ] || echo "date,commit,rustc,cores,load_at_start,cold_build_s,cold_build_processor_s,binary_bytes,stripped_bytes,crates" >"$record"
cp "$folder/release/simulate" "$folder/stripped"
strip "$folder/stripped"
line=$(printf '%s,%s,%s,%s,%s,%.0f,%.0f,%s,%s,%s' "$(date +%F)" "$(git rev-parse --short HEAD)" "$(rustc --version | cut -d' ' -f2)" "$(nproc)" \
    "$load" "$clock" "$(awk "BEGIN { print $user + $system }")" "$(stat -c %s "$folder/release/simulate")" \
    "$(stat -c %s "$folder/stripped")" "$(cargo tree --edges normal,build --prefix none | sed 's/ (\*)//' | sort -u | wc -l)")
echo "$line" | tee -a "$record"
