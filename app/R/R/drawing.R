# What the figures share: colours that everyone tells apart, numbers as a model may give them, data of a file.

# Okabe and Ito's palette.
vermillion <- "#D55E00"; blue <- "#0072B2"; green <- "#009E73"; ink <- "#222222"; grey <- "#8A8A8A"
shares <- c(0.05, 0.25, 0.5, 0.75, 0.95)

clear <- function(colour, share) adjustcolor(colour, share)

thousands <- function(value) format(round(value), big.mark = ",", scientific = FALSE, trim = TRUE)

# Persons with the digits that their band supports: the unit is the largest power of ten that is at most a fifth of it,
# and never finer than three digits of the largest number.
rounded <- function(persons, low = persons, high = persons) {
  power <- function(value) 10^floor(log10(value) + 1e-12)
  largest <- pmax(abs(persons), abs(low), abs(high))
  unit <- pmax(1, ifelse(largest > 100, power(largest) / 100, 1), ifelse(high - low > 5, power((high - low) / 5), 1))
  unit <- pmin(unit, power(pmax(1, abs(persons))))
  thousands(round(persons / unit) * unit)
}

# Longitudes of the run that go on past 180 where places lie on both sides of that meridian; or such a file's other
# longitudes in the same frame.
in_one_frame <- function(run, lon = as.vector(results_values(run, "lon"))) {
  sorted <- sort(as.vector(results_values(run, "lon")))
  gaps <- diff(c(sorted, sorted[1] + 360))
  widest <- which.max(gaps)
  start <- sorted[widest] + gaps[widest] / 2 - 360 * (widest == length(sorted))  # no place lies near it
  ifelse(lon < start, lon + 360, lon)
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

# Heights of the words of so many lines at the ends of two curves, apart from each other.
apart <- function(heights, lines = 3) {
  least <- 1.4 * lines * strheight("Mg")
  if (length(heights) != 2 || abs(diff(heights)) >= least) return(heights)
  heights[] <- mean(heights) + least / 2 * if (heights[1] >= heights[2]) c(1, -1) else c(-1, 1)
  heights
}

# Title and explanation above the whole picture.
head_of <- function(title, explanation) {
  room <- 0.97 * par("din")[1] - par("omi")[2]
  fitted <- function(text, cex, font) {  # as small as the width needs, down to 60 %, then in two lines
    width <- function() max(strwidth(text, "inches", cex = cex / par("cex"), font = font))
    if (width() > room / 0.6) {
      words <- strsplit(text, " ")[[1]]
      first <- cumsum(nchar(words) + 1) <= nchar(text) / 2
      text <- paste(paste(words[first], collapse = " "), paste(words[!first], collapse = " "), sep = "\n")
      cex <- 0.6 * cex
    }
    list(text = text, cex = cex * min(1, room / width()))
  }
  head <- fitted(title, 1.5, 2)
  small <- fitted(explanation, 0.85, 1)
  mtext(head$text, side = 3, line = 3, adj = 0, font = 2, cex = head$cex, outer = TRUE)
  mtext(small$text, side = 3, line = 1.6, adj = 0, cex = small$cex, col = grey, outer = TRUE)
}

open_picture <- function(file, width, height) {
  png(file, width, height, units = "in", res = 100, type = "cairo")
  par(family = "sans", fg = ink, col.axis = ink, las = 1, bty = "n", tcl = -0.3, mgp = c(2.6, 0.6, 0),
      oma = c(0, 1.5, 5, 0))
}
