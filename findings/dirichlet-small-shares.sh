#!/usr/bin/env bash
# gtools 3.9.4 (Debian r-cran-gtools 3.9.4-1) and extraDistr 1.9.1 (r-cran-extradistr 1.9.1-1): shares of a Dirichlet
# distribution with small parameters, as for crowds that nearly all go to one of several places.
#
# Expected   three shares that add up to 1, nearly always one of them near 1 and two near 0, each with a mean of 1/3.
# Seen       with parameters of 0.001 about 11 of 100 rows are NaN in either package, with 0.01 none: each share is a gamma
#            number divided by their sum, half of these are below the smallest double, and three of them now and then together.
#            Nothing is said. extraDistr's rdirmnom gives NA for as many counts of the same people. Its beta-binomial is right.
#
# Means of the rows that are left are right; one row that is not a number makes sums over places, or over days, none.
set -euo pipefail
command -v Rscript >/dev/null || { echo "needs r-base-core" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
needed=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    r-cran-gtools r-cran-extradistr | grep '^r-cran-' | sort -u)
# shellcheck disable=SC2086
apt-get download -qq $needed 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done

R_LIBS=$folder/root/usr/lib/R/site-library:$folder/root/usr/lib/R/library Rscript --vanilla - <<'R'
stopifnot(packageVersion("gtools") == "3.9.4", packageVersion("extraDistr") == "1.9.1")
set.seed(1)
rows <- 10000
seen <- function(name, draws, part) {
    gone <- mean(is.na(draws[, 1]))
    cat(name, ":", gone, "of the rows are not numbers\n")
    stopifnot(abs(gone - part) < 0.015)
    whole <- draws[!is.na(draws[, 1]), , drop = FALSE]
    stopifnot(abs(mean(whole[, 1]) / sum(whole[1, ]) - 1 / ncol(draws)) < 0.02)
}
small <- rep(0.001, 3)
three_below <- pgamma(2^-1074, 0.001)^3
cat("three gamma numbers below the smallest double:", three_below, "\n")
seen("gtools, 0.001", gtools::rdirichlet(rows, small), three_below)
seen("extraDistr, 0.001", extraDistr::rdirichlet(rows, small), three_below)
seen("extraDistr, counts of 100 people", suppressWarnings(extraDistr::rdirmnom(rows, 100, small)), three_below)
seen("gtools, 0.01", gtools::rdirichlet(rows, 10 * small), 0)
seen("extraDistr, 0.01", extraDistr::rdirichlet(rows, 10 * small), 0)
two <- extraDistr::rbbinom(rows, 100, 0.001, 0.001)
cat("extraDistr, beta-binomial, 0.001 : mean", mean(two), "\n")
stopifnot(!anyNA(two), abs(mean(two) - 50) < 2)
R
