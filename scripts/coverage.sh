#!/usr/bin/env bash
# Says which share of the lines and branches of every source file the everyday tests reach, and fails where sim/ or output/ is below the
# aims: 95 % of lines and 85 % of branches. Lines that none reaches, and ways on that none takes, are listed in build/coverage/unreached.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset coverage
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
# Checks of the sources run nothing.
ctest --preset coverage --label-exclude 'slow|tidy' -j "$(nproc)"

find build/coverage -path '*/tests/*' -prune -o -name '*.gcda' -print0 |
    xargs -0 gcov --stdout --json-format --branch-probabilities --relative-only --source-prefix "$PWD" 2>/dev/null |
    COVERAGE_UNREACHED=build/coverage/unreached.txt "${PYTHON:-/usr/bin/python3}" scripts/coverage_table.py 95 85
