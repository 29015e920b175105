#!/usr/bin/env bash
# Tries every reader of files with what a fuzzer makes up: fuzz.sh [seconds each, 60] [target ...]
#
# Begins from the samples in tests/fuzz/corpus and what earlier hours kept in build/fuzz/corpus. What ends a reader is left in
# build/fuzz/found: fix it, and put the sample into tests/fuzz/corpus. Prints how many inputs each reader was tried with.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || targets=(scenario study flee acled region checkpoint results)

scripts/setup.sh >/dev/null
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz
mkdir -p build/fuzz/found
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 OMP_NUM_THREADS=1
failed=()
for target in "${targets[@]}"; do
    kept=build/fuzz/corpus/$target
    mkdir -p "$kept"
    samples=("$kept" "tests/fuzz/corpus/$target")
    if [ "$target" = scenario ]; then
        mkdir -p build/fuzz/mistakes
        cp tests/mistakes/cases/*.yaml build/fuzz/mistakes
        samples+=(build/fuzz/mistakes)
    fi
    log=build/fuzz/$target.log
    "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=4096 -max_len=65536 \
        -artifact_prefix="build/fuzz/found/$target-" -print_final_stats=1 "${samples[@]}" >"$log" 2>&1 || failed+=("$target")
    printf '%-12s %12s inputs, %6s a second, %5s kept\n' "$target" \
        "$(sed -n 's/^stat::number_of_executed_units: //p' "$log")" \
        "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")" "$(find "$kept" -type f | wc -l)"
done
[ ${#failed[@]} -eq 0 ] && echo "nothing found" && exit
printf 'found something: %s, see build/fuzz/found and build/fuzz/*.log\n' "${failed[@]}"
exit 1
