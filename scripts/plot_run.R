#!/usr/bin/env Rscript
# Draws a run: how many fled and by when, where they arrived, and from where to where.
#
#   plot_run.R RESULTS.h5 totals|arrivals|origins|map [PICTURE.png]
#
# Reads nothing but the results file.
called <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
script <- if (sys.nframe() > 0) sys.frame(1)$ofile else called
source(file.path(dirname(script), "from_package.R"))

main <- function(file, figure, picture = sub("\\.[^.]*$", paste0("-", figure, ".png"), file)) {
  save_figure(picture, figure, open_results(file))
}

if (sys.nframe() == 0) {
  given <- commandArgs(trailingOnly = TRUE)
  of_a_run <- setdiff(names(figures), "change")
  if (!length(given) %in% 2:3 || !given[2] %in% of_a_run) {
    message("usage: plot_run.R RESULTS.h5 ", paste(of_a_run, collapse = "|"), " [PICTURE.png]")
    quit(status = 2)
  }
  or_quit(do.call(main, as.list(given)))
}
