#!/usr/bin/env Rscript
# Draws what changes between two scenarios, member by member: runs of one number meet the same chance in both.
#
#   plot_compare.R A.h5 B.h5 [PICTURE.png]
#
# B less A: people by day, and arrivals by place over the whole run, with median, half and nine tenths of the pairs.
called <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
script <- if (sys.nframe() > 0) sys.frame(1)$ofile else called
source(file.path(dirname(script), "from_package.R"))

main <- function(a, b, picture = sub("\\.[^.]*$", "-change.png", b)) {
  save_figure(picture, "change", open_results(a), open_results(b))
}

if (sys.nframe() == 0) {
  given <- commandArgs(trailingOnly = TRUE)
  if (!length(given) %in% 2:3) {
    message("usage: plot_compare.R A.h5 B.h5 [PICTURE.png]")
    quit(status = 2)
  }
  or_quit(do.call(main, as.list(given)))
}
