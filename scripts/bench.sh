#!/usr/bin/env bash
# Times the campaign of 2019 on this machine and prints a table: wall time, processor time, peak memory.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset bench >/dev/null
cmake --build --preset bench

bench=build/bench/tests/bench/campaign_bench
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), $(nproc) cores"
for name in $("$bench" --benchmark_list_tests); do
    "$bench" --benchmark_filter="^$name\$" --benchmark_counters_tabular=true 2>/dev/null | grep -E "^(Benchmark|$name)"
done
