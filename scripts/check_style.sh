#!/usr/bin/env bash
# Says which sources are not formatted as .clang-format wants; with --fix formats them.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(find sim output app examples tests -name '*.hpp' -o -name '*.cpp' | sort)
if [ "${1:-}" = --fix ]; then
    exec clang-format -i "${sources[@]}"
fi
exec clang-format --dry-run -Werror "${sources[@]}"
