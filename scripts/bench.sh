#!/usr/bin/env bash
# Times the campaign of 2019 and what the agent engine promises on this machine, and prints a table: wall time,
# processor time, peak memory, and what a benchmark counts. Memory bandwidth stands among them, for comparison.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset bench >/dev/null
cmake --build --preset bench

echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), $(nproc) cores"
printf '%-40s %12s %12s %12s  %s\n' what 'wall [ms]' 'cpu [ms]' 'memory [MB]' more
for bench in build/bench/tests/bench/*_bench; do
    for name in $("$bench" --benchmark_list_tests); do
        # In a process of its own, so that peak memory is its own.
        "$bench" --benchmark_filter="^$name\$" --benchmark_format=json 2>/dev/null | "${PYTHON:-/usr/bin/python3}" -c '
import json, sys
b = json.load(sys.stdin)["benchmarks"][0]
if b.get("error_occurred"):
    print(b["name"], "skipped:", b["error_message"])
    raise SystemExit
name = "/".join(b["name"].split("/")[:2])
ms = {"ns": 1e-6, "us": 1e-3, "ms": 1}[b["time_unit"]]
counted = {key: b[key] for key in ("bytes_per_second", "items_per_second", "agent_days/s", "bytes_each", "times_flee") if key in b}
more = ", ".join("%s %.3g" % pair for pair in counted.items())
print("%-40s %12.2f %12.2f %12.0f  %s" % (name, b["real_time"] * ms, b["cpu_time"] * ms, b["peak_MB"], more))'
    done
done

# How long the page of the ensemble takes until a browser has drawn it and until it answers.
if command -v chromium >/dev/null && tests/brief/install.sh build/bench/brief; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    build/bench/app/nuzuh -q run scenarios/idlib-2019.yaml -o "$work/run.h5" >/dev/null
    build/bench/app/nuzuh -q brief "$work/run.h5"
    echo "page in Chromium [ms]: $(CHROMIUM=$(command -v chromium) node tests/brief/browser.mjs speed "$work/run.html" build/bench/brief)"
    # A lever moved, beside as many pooled runs of the program on one core.
    echo "a lever of it moved [ms]: $(CHROMIUM=$(command -v chromium) node tests/brief/browser.mjs leverSpeed "$work/run.html" build/bench/brief)"
    TIMEFORMAT="200 pooled runs of the program on one core, written to a file: %U s of processor"
    time build/bench/app/nuzuh -q run scenarios/idlib-2019.yaml -o "$work/pooled.h5" --engine pooled --members 200 --threads 1 >/dev/null
fi

cmake --build --preset bench --target nuzuh nuzuh_python >/dev/null
"${PYTHON:-/usr/bin/python3}" tests/bench/study_bench.py "$PWD/build/bench/app/nuzuh" "$PWD" "$(nproc)"
"${PYTHON:-/usr/bin/python3}" tests/bench/scale.py "$PWD/build/bench/app/nuzuh"      # the table of docs/scale.md
echo "from Python: $("${PYTHON:-/usr/bin/python3}" tests/bench/python_calls.py build/bench/app/python scenarios/idlib-2019.yaml)"
