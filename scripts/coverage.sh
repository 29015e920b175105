#!/usr/bin/env bash
# Says which share of the lines and branches of every source file the tests reach.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset coverage
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
ctest --preset coverage -j "$(nproc)"

find build/coverage -path '*/tests/*' -prune -o -name '*.gcda' -print0 |
    xargs -0 gcov --stdout --json-format --branch-probabilities 2>/dev/null |
    "${PYTHON:-/usr/bin/python3}" scripts/coverage_table.py
