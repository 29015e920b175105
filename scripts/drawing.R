# What the figures share: colours that everyone tells apart, numbers as a model may give them, data of a file.
suppressPackageStartupMessages(library(ncdf4))

# Okabe and Ito's palette.
vermillion <- "#D55E00"; blue <- "#0072B2"; green <- "#009E73"; ink <- "#222222"; grey <- "#8A8A8A"
shares <- c(0.05, 0.25, 0.5, 0.75, 0.95)

clear <- function(colour, share) adjustcolor(colour, share)

thousands <- function(value) format(round(value), big.mark = ",", scientific = FALSE, trim = TRUE)

# Persons to two digits: a model's third digit says nothing.
rounded <- function(persons) thousands(ifelse(persons < 100, persons, signif(persons, 2)))

# An array of the file, fastest axis first: member, time, place of the reference is [place, time, member] here.
values <- function(run, name) {
  array <- ncvar_get(run, name, collapse_degen = FALSE)
  if (is.character(array)) Encoding(array) <- "UTF-8"
  array
}

holds <- function(run, name) name %in% names(run$var)

attribute <- function(run, name) ncatt_get(run, 0, name)$value

days_of <- function(run) {
  as.Date(sub("days since ", "", run$dim$time$units)) + as.vector(run$dim$time$vals)
}

# Months, with the year in place of January; days where there are only some weeks.
month_axis <- function(days) {
  at <- pretty(range(days), 7)
  at <- at[at >= min(days) & at <= max(days)]
  months <- ifelse(format(at, "%m") == "01", format(at, "%Y"), format(at, "%b"))
  labels <- if (diff(range(days)) > 120) months else sub("^0", "", format(at, "%d %b"))
  axis(1, at = at, labels = labels, col = grey, col.ticks = grey)
}

# A band of half of the members within one of nine tenths, and the median; rows of `quantiles` as in `shares`.
draw_band <- function(x, quantiles, colour) {
  for (half in 1:2) {
    outline <- c(quantiles[half, ], rev(quantiles[6 - half, ]))
    polygon(c(x, rev(x)), outline, col = clear(colour, 0.18), border = NA)
  }
  lines(x, quantiles[3, ], col = colour, lwd = 2)
}

# Title and explanation above the whole picture.
head_of <- function(title, explanation) {
  mtext(title, side = 3, line = 3, adj = 0, font = 2, cex = 1.5, outer = TRUE)
  mtext(explanation, side = 3, line = 1.6, adj = 0, cex = 0.85, col = grey, outer = TRUE)
}

open_picture <- function(file, width, height) {
  png(file, width, height, units = "in", res = 100, type = "cairo")
  par(family = "sans", fg = ink, col.axis = ink, las = 1, bty = "n", tcl = -0.3, mgp = c(2.6, 0.6, 0),
      oma = c(0, 1.5, 5, 0))
}
