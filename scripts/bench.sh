#!/usr/bin/env bash
# Times the campaign of 2019 on this machine and prints a table: wall time, processor time, peak memory.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset bench >/dev/null
cmake --build --preset bench

bench=build/bench/tests/bench/campaign_bench
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), $(nproc) cores"
printf '%-32s %10s %12s %12s\n' what 'wall [ms]' 'cpu [ms]' 'memory [MB]'
for name in $("$bench" --benchmark_list_tests); do
    # In a process of its own, so that peak memory is its own.
    "$bench" --benchmark_filter="^$name\$" --benchmark_format=json 2>/dev/null | /usr/bin/python3 -c '
import json, sys
b = json.load(sys.stdin)["benchmarks"][0]
name = "/".join(b["name"].split("/")[:2])
print("%-32s %10.1f %12.1f %12.0f" % (name, b["real_time"], b["cpu_time"], b["peak_MB"]))'
done

# How long the page of the ensemble takes until a browser has drawn it and until it answers.
if command -v chromium >/dev/null && tests/brief/install.sh build/bench/brief; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    build/bench/app/nuzuh -q run scenarios/idlib-2019.yaml -o "$work/run.h5" >/dev/null
    build/bench/app/nuzuh -q brief "$work/run.h5"
    echo "page in Chromium [ms]: $(CHROMIUM=$(command -v chromium) node tests/brief/browser.mjs speed "$work/run.html" build/bench/brief)"
fi
