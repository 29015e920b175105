#!/usr/bin/env bash
# Makes what is released, in build/released, with SHA256SUMS: release.sh [--twice]
#
#     nuzuh_VERSION_ARCH.deb           the program, scenarios and the Python package, for this Debian
#     libnuzuh-dev_VERSION_ARCH.deb    the library
#     nuzuh-VERSION-linux-ARCH.tar.gz  the program linked statically, and scenarios, for any Linux
#     nuzuh-VERSION-source.tar.gz      the source; pip and R build their packages of it
#     nuzuh_VERSION.tar.gz             the R package by itself
#
# The same commit gives the same bytes. --twice makes everything again, with other folders, time zone and language, and fails where
# a byte differs.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

fail() {
    echo "release.sh: $*" >&2
    exit 1
}

# Packages of Debian of which the static program holds code. Boost asks nothing of compiled programs.
linked=(libaec-dev libc6-dev libcli11-dev libdeflate-dev libeigen3-dev libexpat1-dev libfmt-dev libgcc-12-dev libhdf5-dev
        libosmium2-dev libprotozero-dev librandom123-dev libyaml-cpp-dev nlohmann-json3-dev zlib1g-dev)

packed() {  # target, folder, name: the same bytes for the same files, whoever packs them, whenever
    tar -C "$2" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$3" | gzip -9n >"$1"
}

debian() {
    cmake --preset release -B "$1/debian" -D NUZUH_WERROR=ON >/dev/null
    cmake --build "$1/debian"
    (cd "$1/debian" && cpack -B "$2" >/dev/null)
    rm -rf "$2/_CPack_Packages"
}

linux() {
    local name licences package
    name=nuzuh-$version-linux-$(uname -m)
    cmake --preset static -B "$1/static" -D NUZUH_WERROR=ON -D CMAKE_INSTALL_DOCDIR=. >/dev/null
    cmake --build "$1/static"
    rm -rf "${1:?}/$name"
    cmake --install "$1/static" --component program --strip --prefix "$1/$name" >/dev/null
    licences=$1/$name/licences
    mkdir "$licences"
    cp /usr/share/common-licenses/{GPL-3,LGPL-2.1,MPL-2.0} "$licences"
    echo "The program holds code of these packages of Debian, which has their sources; those of nuzuh are in nuzuh-$version-source.tar.gz." >"$licences/VERSIONS"
    for package in "${linked[@]}"; do
        cp "/usr/share/doc/$package/copyright" "$licences/$package"
        dpkg-query -W "$package" >>"$licences/VERSIONS"
    done
    chmod -R u=rwX,go=rX "$1/$name"
    packed "$2/$name.tar.gz" "$1" "$name"
}

source_of_all() {
    git archive --format=tar --prefix="nuzuh-$version/" HEAD | gzip -9n >"$2/nuzuh-$version-source.tar.gz"
}

# R writes the time and who packed it into DESCRIPTION.
r_package() {
    rm -rf "$1/r"
    mkdir "$1/r"
    (cd "$1/r" && R CMD build --no-manual "$root/app/R" >/dev/null && tar -xzf nuzuh_*.tar.gz)
    sed -i "s/^Packaged:.*/Packaged: $(date -u -d "@$SOURCE_DATE_EPOCH" '+%F %T UTC'); nuzuh/" "$1/r/nuzuh/DESCRIPTION"
    chmod -R u=rwX,go=rX "$1/r/nuzuh"
    packed "$2/nuzuh_$version.tar.gz" "$1/r" nuzuh
}

released() {  # folder of builds, folder of what is released
    mkdir -p "$1"
    rm -rf "$2"
    mkdir -p "$2"
    debian "$1" "$2"
    linux "$1" "$2"
    source_of_all "$1" "$2"
    r_package "$1" "$2"
    (cd "$2" && sha256sum -- * >SHA256SUMS)
}

[ $# -eq 0 ] || [ "$*" = --twice ] || fail "usage: release.sh [--twice]"
for program in dpkg-shlibdeps R git; do
    command -v "$program" >/dev/null || fail "$program is not there (packages dpkg-dev, r-base-core, git)"
done
[ -z "$(git status --porcelain)" ] || fail "there are changes that no commit holds: a release is made of a commit"
version=$(sed -n 's/^project(nuzuh VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
umask 022  # folders of the packages follow it

released "$root/build/release-1" "$root/build/released"
cat build/released/SHA256SUMS
[ $# -eq 0 ] && exit
LC_ALL=C TZ=Asia/Damascus released "$root/build/release-2" "$root/build/released-again"
diff build/released/SHA256SUMS build/released-again/SHA256SUMS || fail "made twice, and not the same"
echo "made twice, and the same"
