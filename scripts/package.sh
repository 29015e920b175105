#!/usr/bin/env bash
# Makes packages for Debian in build/packages, with their SHA-256: package.sh
#
# The same source gives the same bytes: times are those of the last commit, and permissions do not follow the umask.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)
export SOURCE_DATE_EPOCH
command -v dpkg-shlibdeps >/dev/null || { echo "package.sh: dpkg-shlibdeps is not there: apt-get install dpkg-dev" >&2; exit 1; }
cmake --preset release -B build/package -D NUZUH_TESTS=OFF >/dev/null
cmake --build build/package
rm -rf build/packages
(cd build/package && cpack -B ../packages >/dev/null)
rm -rf build/packages/_CPack_Packages
cd build/packages
sha256sum -- *.deb > SHA256SUMS
cat SHA256SUMS
