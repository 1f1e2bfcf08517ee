#!/usr/bin/env bash
# Runs the bench and writes its tables below the marker in RESULTS.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
results=benches/limit/RESULTS.md
printed=$(cargo bench --quiet --bench limit)
notes=$(sed '/^<!-- measured -->/,$d' "$results")
printf '%s\n\n<!-- measured -->\n\nCommit %s, %s,%s; load %s.\n\n%s\n' "$notes" "$(git rev-parse --short HEAD)" "$(date +%F)" \
    "$(sed -n '/^model name/ { s/.*://; p; q }' /proc/cpuinfo)" "$(cut -d' ' -f1 /proc/loadavg)" "$printed" >"$results.new"
mv "$results.new" "$results"
