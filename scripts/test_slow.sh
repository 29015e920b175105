#!/usr/bin/env bash
# What takes too long for every push: long campaigns and large samples, the everyday tests under the sanitizers, clang's
# numbers against those kept from gcc, every reader of files under a fuzzer, changes of the rules and kernels that the tests
# must notice, the share of lines and branches that they reach, the engine of pages built anew, and the packages, made twice
# and the same.
# Runs to the end and says then what failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

failed=()
part() {  # name, commands to run one after the other until one fails
    local name=$1 command
    shift
    for command in "$@"; do
        echo "== $name: $command"
        $command || { failed+=("$name: $command"); return; }
    done
}

scripts/setup.sh || exit
jobs="-j $(nproc)"
part slow "cmake --preset ci" "cmake --build --preset ci" "ctest --preset slow $jobs $*"
part asan "cmake --preset asan" "cmake --build --preset asan" "ctest --preset asan $jobs"
part tsan "cmake --preset tsan" "cmake --build --preset tsan" "ctest --preset tsan $jobs"
part clang "cmake --preset clang" "cmake --build --preset clang" "ctest --preset clang $jobs"
part fuzz "scripts/fuzz.sh 60"
part mutants "scripts/mutants.py --count 40 --seed $(date +%Y%m%d)"
part coverage "scripts/coverage.sh"
part page "scripts/setup.sh page" "scripts/page_engine.sh --check"
part release "scripts/release.sh --twice"

[ ${#failed[@]} -eq 0 ] && echo "all parts passed" && exit
printf 'failed: %s\n' "${failed[@]}"
exit 1
