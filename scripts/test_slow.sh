#!/usr/bin/env bash
# Builds with warnings as errors and runs the slow tests: long campaigns and large samples. Then builds with clang
# and holds its numbers against those kept from gcc.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset ci
cmake --build --preset ci
ctest --preset slow -j "$(nproc)" "$@"

cmake --preset clang
cmake --build --preset clang --target golden_tests
ctest --preset clang -R '^GoldenDigests'
