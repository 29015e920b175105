# What changes between two scenarios, member by member: runs of one number meet the same chance in both.

# Pairs need the same chance: one seed, one number of runs, the same days.
refuse_unpaired <- function(a, b) {
  about <- function(run) list(attribute(run, "seed"), results_values(run, "member"), results_days(run))
  if (!identical(about(a), about(b))) {
    stop("the two files differ in seed, members or days: their members do not make pairs")
  }
  if (!any(results_values(a, "place_id") %in% results_values(b, "place_id"))) stop("the two files have no place in common")
}

# Quantiles over pairs of B less A [share, time], persons.
change_by_day <- function(a, b, quantity) {
  name <- paste0("total_", quantity)
  apply(results_values(b, name) - results_values(a, name), 1, quantile, shares)
}

# Whether a run tells of every place that it simulated, and not of some (output.places).
tells_all_places <- function(run) {
  simulated <- ncatt_get(run, 0, "places_simulated")
  !simulated$hasatt || simulated$value == length(results_values(run, "place_id"))
}

# Quantiles over pairs of the change in arrivals [share, place] at the places that change most, by change. At a place
# that one run does not have, nobody arrives in that run; where one tells of some places only, those of both are compared.
change_by_place <- function(a, b, most = 16) {
  joined <- if (tells_all_places(a) && tells_all_places(b)) union else intersect
  ids <- joined(results_values(a, "place_id"), results_values(b, "place_id"))
  of <- function(run) {
    all <- matrix(0, length(ids), run$dim$member$len)
    arrivals <- if (holds(run, "arrivals")) apply(results_values(run, "arrivals"), c(1, 3), sum) else results_values(run, "arrivals_over_run")
    at <- match(results_values(run, "place_id"), ids)
    all[at[!is.na(at)], ] <- arrivals[!is.na(at), , drop = FALSE]
    all
  }
  change <- apply(of(b) - of(a), 1, quantile, shares)
  names <- c(results_values(a, "place_name"), results_values(b, "place_name"))
  colnames(change) <- names[match(ids, c(results_values(a, "place_id"), results_values(b, "place_id")))]
  change <- change[, head(order(-abs(change[3, ])), most), drop = FALSE]
  change <- change[, abs(change[3, ]) >= 0.5, drop = FALSE]
  change[, order(change[3, ]), drop = FALSE]
}

signed <- function(value, write = thousands) {
  paste0(ifelse(value > 0, "+", ifelse(value < 0, "\u2212", "")), ifelse(value == 0, "0", write(abs(value))))
}

draw_days <- function(a, b) {
  days <- results_days(a)
  changes <- list(people_displaced = change_by_day(a, b, "people_displaced"),
                  without_shelter = change_by_day(a, b, "without_shelter"))
  plot(range(days), range(0, unlist(changes)), type = "n", axes = FALSE, xlab = "", ylab = "", xaxs = "i")
  month_axis(days)
  axis(2, at = axTicks(2), labels = signed(axTicks(2)), col = NA)
  abline(h = axTicks(2), col = ifelse(axTicks(2) == 0, grey, "#E4E4E4"))
  heights <- apart(vapply(changes, function(change) change[3, length(days)], 0))
  for (name in names(changes)) {
    colour <- c(people_displaced = blue, without_shelter = vermillion)[name]
    draw_band(days, changes[[name]], colour)
    ends <- changes[[name]][, length(days)]
    words <- signed(round(ends[3]), function(value) rounded(value, ends[1], ends[5]))
    mtext(paste0(sub("_", "\n", name), "\n", words), side = 4, line = 0.4, at = heights[name], col = colour, font = 2,
          cex = 0.9)
  }
  mtext("Change in people, by day", side = 3, line = 0.8, adj = 0, font = 2, cex = 1.1)
  invisible(changes)
}

draw_places <- function(a, b) {
  change <- change_by_place(a, b)
  at <- rev(seq_len(ncol(change)))
  plot(range(0, change), c(0.5, max(at, 1) + 0.5), type = "n", axes = FALSE, xlab = "", ylab = "")
  abline(v = axTicks(1), col = ifelse(axTicks(1) == 0, grey, "#E4E4E4"))
  segments(change[1, ], at, change[5, ], at, col = clear(green, 0.35), lwd = 4, lend = "butt")
  segments(change[2, ], at, change[4, ], at, col = clear(green, 0.6), lwd = 8, lend = "butt")
  points(change[3, ], at, pch = 21, bg = green, col = "white", cex = 1.3)
  axis(1, at = axTicks(1), labels = signed(axTicks(1)), col = NA)
  axis(2, at = at, labels = colnames(change), tick = FALSE)
  mtext("Change in arrivals, by place", side = 3, line = 0.8, adj = 0, font = 2, cex = 1.1)
  invisible(change)
}

plot_change <- function(a, b) {
  refuse_unpaired(a, b)
  par(mfrow = 1:2, mar = c(2.5, 5, 3, 6), cex = 1)
  days <- draw_days(a, b)
  par(mar = c(2.5, 8, 3, 1))
  places <- draw_places(a, b)
  head_of(attribute(b, "title"), sprintf(
    "less: %s. %d pairs of runs that meet the same chance: median, half of them, nine in ten.",
    attribute(a, "title"), a$dim$member$len))
  invisible(list(days = days, places = places))
}
