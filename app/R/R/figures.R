# Figures of a run: how many fled and by when, where they arrived, and from where to where. Each returns the numbers that it draws.

head_of_run <- function(run) {
  members <- run$dim$member$len
  runs <- if (members == 1) "one run" else paste(members, "runs")
  bands <- ncatt_get(run, 0, "bands")
  held <- if (members > 1 && bands$hasatt) paste0(" ", sub("[.;].*", "", bands$value), ".") else ""
  head_of(attribute(run, "title"), sprintf(
    "Simulated %s to %s, %s.%s Not a count, not a forecast.",
    attribute(run, "time_coverage_start"), attribute(run, "time_coverage_end"), runs, held))
}

# --- how many fled ---------------------------------------------------------------------------------------

# The reported figures that count everywhere and from the start of the run, give or take a week.
reported_totals <- function(run) {
  if (!holds(run, "reported/persons")) return(NULL)
  days <- if (holds(run, "reported/first_day")) c("first_day", "last_day") else c("from", "to")  # "from" up to format 1.1
  columns <- c("quantity", "place_or_area", days, "persons", "reported_low", "reported_high", "fitted")
  figures <- as.data.frame(sapply(columns, function(name) as.vector(results_values(run, paste0("reported/", name))),
                                  simplify = FALSE))
  names(figures)[3:4] <- c("first_day", "last_day")
  start <- as.Date(attribute(run, "time_coverage_start"))
  from <- as.Date(ifelse(figures$first_day %in% c("", "-"), format(start), figures$first_day))
  figures[figures$place_or_area %in% c("all", "", "-") & abs(from - start) <= 7, ]
}

draw_reported <- function(figures, colour, marker) {
  days <- as.Date(figures$last_day)
  segments(days, figures$reported_low, days, figures$reported_high, col = colour)
  points(days, figures$persons, pch = marker, cex = 1.3, lwd = 1.6, col = colour,
         bg = ifelse(figures$fitted == 1, colour, "white"))
}

plot_totals <- function(run) {
  par(mar = c(2.5, 5, 1, 7))
  days <- results_days(run)
  curves <- list(movements = list(vermillion, 21, "movements"),
                 people_displaced = list(blue, 23, "people\ndisplaced"))
  bands <- lapply(names(curves), function(name) t(results_values(run, sprintf("total_%s_quantile", name))))
  names(bands) <- names(curves)
  figures <- reported_totals(run)
  highest <- max(unlist(bands), figures$reported_high)
  plot(range(days), c(0, highest), type = "n", axes = FALSE, xlab = "", ylab = "", xaxs = "i")
  month_axis(days)
  axis(2, at = axTicks(2), labels = thousands(axTicks(2)), col = NA, gap.axis = -1)
  abline(h = axTicks(2), col = "#E4E4E4")
  mtext("persons", side = 3, line = 0.8, at = min(days), adj = 1.3, cex = 0.9)
  heights <- apart(vapply(bands, function(band) band[3, length(days)], 0))
  for (name in names(curves)) {
    look <- curves[[name]]
    draw_band(days, bands[[name]], look[[1]])
    ends <- bands[[name]][, length(days)]
    mtext(paste0(look[[3]], "\n", rounded(ends[3], ends[1], ends[5])), side = 4, line = 0.4, at = heights[name],
          col = look[[1]], font = 2)
  }
  for (name in if (!is.null(figures)) names(curves)) {
    draw_reported(figures[figures$quantity == name, ], curves[[name]][[1]], curves[[name]][[2]])
  }
  is_there <- function(name) !is.null(figures) && any(figures$quantity == name)
  keys <- data.frame(
    text = c("half of all runs", "nine in ten runs", "movements as reported, with its uncertainty",
             "people displaced as reported, with its uncertainty", "hollow: no parameter was set by it"),
    mark = c(15, 15, 21, 23, 21), size = c(2, 2, 1.2, 1.2, 1.2), within = c(NA, NA, vermillion, blue, "white"),
    colour = c(clear(grey, 0.6), clear(grey, 0.3), vermillion, blue, grey),
    there = c(rep(run$dim$member$len > 1, 2), is_there("movements"), is_there("people_displaced"),
              !is.null(figures) && any(figures$fitted != 1)))
  with(keys[keys$there, ], if (length(text)) {
    legend("topleft", text, bty = "n", cex = 0.9, pch = mark, pt.cex = size, col = colour, pt.bg = within)
  })
  head_of_run(run)
  invisible(list(bands = bands, figures = figures))
}

# --- where they arrived ----------------------------------------------------------------------------------

# Records to the week, or to what comes next to one, numbered from 1; an unfinished last week is 0.
week_of_record <- function(run) {
  time <- as.vector(run$dim$time$vals)
  every <- if (length(time) > 1) time[2] - time[1] else 1
  records <- ceiling(7 / every)
  week <- (seq_along(time) - 1) %/% records + 1
  is_whole <- length(time) %% records == 0 && time[length(time)] - time[1] == (length(time) - 1) * every
  if (!is_whole && max(week) > 1) week[week == max(week)] <- 0
  list(week = week, start = results_days(run)[1] - (every - 1), days = records * every)
}

# Quantiles over members of arrivals by week at the places that took in most [share, week] each.
# Where the run kept no series of members and weeks are several records there are no quantiles, and the one row is the mean.
weekly_arrivals <- function(run, most = 8) {
  total <- rowSums(results_values(run, "arrivals_mean"))
  chosen <- head(order(-total), max(1, min(most, sum(total > 0))))
  week <- week_of_record(run)
  keeps_series <- holds(run, "arrivals")
  is_record <- !any(duplicated(week$week[week$week > 0]))
  arrivals <- results_values(run, if (keeps_series) "arrivals" else if (is_record) "arrivals_quantile" else "arrivals_mean")
  bands <- lapply(chosen, function(place) {
    by_record <- matrix(if (keeps_series || is_record) arrivals[place, week$week > 0, ] else arrivals[place, week$week > 0],
                        nrow = sum(week$week > 0))
    by_week <- rowsum(by_record, week$week[week$week > 0])
    if (keeps_series) apply(by_week, 1, quantile, shares) else t(by_week)
  })
  names(bands) <- results_values(run, "place_name")[chosen]
  list(bands = bands, total = total[chosen], start = week$start, days = week$days)
}

plot_arrivals <- function(run) {
  arrivals <- weekly_arrivals(run)
  par(mfrow = c(ceiling(length(arrivals$bands) / 4), min(4, length(arrivals$bands))), mar = c(2.2, 3, 2.4, 0.8),
      oma = c(0, 1.8, 5.5, 0), cex = 0.9)
  highest <- max(unlist(arrivals$bands)) / 1000
  for (i in seq_along(arrivals$bands)) {
    band <- arrivals$bands[[i]] / 1000
    edges <- arrivals$start + arrivals$days * (0:ncol(band))
    steps <- rep(seq_along(edges), each = 2)[c(-1, -2 * length(edges))]
    plot(range(edges), c(0, highest), type = "n", axes = FALSE, xlab = "", ylab = "")
    abline(h = pretty(c(0, highest), 3), col = "#E4E4E4")
    month_axis(edges)
    axis(2, at = pretty(c(0, highest), 3), col = NA)
    stepped <- band[, rep(seq_len(ncol(band)), each = 2), drop = FALSE]
    if (nrow(band) > 1) draw_band(edges[steps], stepped, green) else lines(edges[steps], stepped[1, ], col = green, lwd = 2)
    mtext(names(arrivals$bands)[i], side = 3, line = 0.9, adj = 0, font = 2)
    mtext(paste(rounded(arrivals$total[i]), "in all"), side = 3, line = 0, adj = 0, cex = 0.75, col = grey)
  }
  unit <- if (arrivals$days == 7) "a week" else sprintf("in %g days", arrivals$days)
  mtext(paste("thousand arrivals", unit), side = 2, outer = TRUE, las = 0)
  if (nrow(arrivals$bands[[1]]) == 1) {
    mtext("Mean of the runs, of which totals alone were kept (output.members: totals).", side = 3, outer = TRUE, line = 0.4,
          adj = 0, cex = 0.75, col = grey)
  }
  head_of_run(run)
  invisible(arrivals)
}

# --- from where to where ---------------------------------------------------------------------------------

# What a run says of homes: id, name, lat, lon. Up to format 2.4 they are its places, in the same order.
of_homes <- function(run, name) {
  of_places <- c(id = "place_id", name = "place_name", lat = "lat", lon = "lon")
  of_origins <- paste0("origin_", name)
  results_values(run, if (holds(run, of_origins)) of_origins else of_places[[name]])
}

# Persons from every home to every other place, mean over members [home, place].
flows_between <- function(run) {
  if (!holds(run, "arrivals_from_mean")) stop("the run does not tell homes apart (kind: pooled)")
  flows <- t(results_values(run, "arrivals_from_mean"))
  flows[outer(of_homes(run, "id"), results_values(run, "place_id"), "==")] <- 0
  dimnames(flows) <- list(of_homes(run, "name"), results_values(run, "place_name"))
  flows
}

# The largest rows, the largest first, then the sum of the others.
with_others <- function(flows, others, most = 14) {
  flows <- flows[order(-rowSums(flows)), , drop = FALSE]
  flows <- flows[rowSums(flows) > 0, , drop = FALSE]
  if (nrow(flows) <= most) return(flows)
  table <- rbind(flows[1:most, ], colSums(flows[-(1:most), , drop = FALSE]))
  rownames(table)[most + 1] <- paste(nrow(flows) - most, others)
  table
}

plot_origins <- function(run) {
  table <- t(with_others(t(with_others(flows_between(run), "other homes")), "other places"))
  named <- table
  named[grepl("^[0-9]+ other", rownames(table)), ] <- NA  # sums of others would outshine them
  named[, grepl("^[0-9]+ other", colnames(table))] <- NA
  par(mar = c(2, 8, 6, 4))
  shade <- colorRampPalette(c("#F7FBFF", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B"))(100)
  x <- seq_len(ncol(table)); y <- seq_len(nrow(table))
  plot(range(x) + c(-0.5, 0.5), range(y) + c(-0.5, 0.5), type = "n", axes = FALSE, xlab = "", ylab = "",
       xaxs = "i", yaxs = "i")
  rect(0.5, 0.5, max(x) + 0.5, max(y) + 0.5, col = "#F2F2F2", border = NA)
  image(x, y, t(sqrt(named))[, rev(y), drop = FALSE], col = shade, add = TRUE,
        zlim = c(0, sqrt(max(named, na.rm = TRUE))))
  is_dark <- !is.na(named) & named > 0.38 * max(named, na.rm = TRUE)
  shown <- table >= 1
  text(col(table)[shown], max(y) + 1 - row(table)[shown], rounded(table[shown]), cex = 0.72,
       col = ifelse(is_dark[shown], "white", ink))
  axis(2, at = rev(y), labels = rownames(table), tick = FALSE, cex.axis = 0.9)
  text(x, max(y) + 0.7, colnames(table), srt = 40, adj = 0, xpd = NA, cex = 0.9)
  mtext("People who arrived, by home (rows) and place (columns), over the whole run; mean over runs.", side = 1,
        line = 0.5, cex = 0.8, col = grey)
  head_of_run(run)
  invisible(table)
}

# A bow from start to end, bent to its right so that ways there and back lie apart [point, (lon, lat)].
arc <- function(start, end, points = 40) {
  bend <- (start + end) / 2 + 0.16 * c(end[2] - start[2], start[1] - end[1])
  s <- seq(0, 1, length.out = points)
  outer((1 - s)^2, start) + outer(2 * s * (1 - s), bend) + outer(s^2, end)
}

# The largest flows, the largest last: home, place, persons.
largest_flows <- function(flows, most = 140) {
  chosen <- rev(head(order(-flows), min(most, sum(flows > 0))))
  data.frame(home = row(flows)[chosen], place = col(flows)[chosen], persons = flows[chosen])
}

draw_flow <- function(start, end, width) {
  curve <- arc(start, end)
  shades <- colorRampPalette(c(vermillion, "#B9A9B4", blue))(nrow(curve) - 1)
  lines(curve, lwd = width + 1.4, col = "white")
  from <- curve[-nrow(curve), ]; to <- curve[-1, ]
  segments(from[, 1], from[, 2], to[, 1], to[, 2], col = shades, lwd = width)
}

# Names beside their places, the most important first; those that find no free spot are left out.
label_places <- function(lon, lat, names, important) {
  gap <- 1.2 * strwidth("m", cex = 0.8); height <- 1.3 * strheight("M", cex = 0.8)
  taken <- cbind(lon - gap / 2, lon + gap / 2, lat - height / 2, lat + height / 2)[important, , drop = FALSE]
  for (i in important) {
    width <- strwidth(names[i], cex = 0.8)
    above <- c(-width / 2, 1.3 * height)
    for (spot in list(c(gap, 0), c(-gap - width, 0), above, above * c(1, -1))) {
      box <- c(lon[i] + spot[1] + c(0, width), lat[i] + spot[2] + c(-height, height) / 2)
      frame <- par("usr")
      is_inside <- frame[1] < box[1] && box[2] < frame[2] && frame[3] < box[3] && box[4] < frame[4]
      overlaps <- box[1] < taken[, 2] & taken[, 1] < box[2] & box[3] < taken[, 4] & taken[, 3] < box[4]
      if (is_inside && !any(overlaps)) {
        rect(box[1], box[3], box[2], box[4], col = clear("white", 0.7), border = NA)
        text(box[1], lat[i] + spot[2], names[i], adj = c(0, 0.5), cex = 0.8)
        taken <- rbind(taken, box)
        break
      }
    }
  }
}

draw_border <- function(run) {
  if (!holds(run, "border/lon")) return()
  part <- results_values(run, "border/part")
  for (i in unique(part)) {
    at <- part == i
    lines(in_one_frame(run, results_values(run, "border/lon")[at]), results_values(run, "border/lat")[at], col = "#555555", lwd = 1.8, lty = 5)
  }
}

add_map_key <- function(run, widest) {
  unit <- 10^floor(log10(widest))
  keys <- data.frame(
    text = c("left home", "arrived", "town fallen", paste(thousands(unit), "people  "), "border"),
    mark = c(16, 16, 4, NA, NA), size = c(1.6, 1.6, 1, 1, 1), line = c(NA, NA, NA, 1, 5),
    width = c(1, 1, 1.6, max(0.45, 10 * unit / widest), 1.8),
    colour = c(vermillion, blue, ink, "#B9A9B4", "#555555"))
  with(keys[c(rep(TRUE, 4), holds(run, "border/lon")), ], {
    legend("bottom", text, horiz = TRUE, bty = "n", xpd = NA, inset = c(0, -0.055), cex = 0.9, pch = mark,
           pt.cex = size, lty = line, lwd = width, col = colour)
  })
}

plot_map <- function(run) {
  lon <- in_one_frame(run); lat <- as.vector(results_values(run, "lat"))
  flows <- largest_flows(flows_between(run))
  left <- rowSums(results_values(run, "first_departures_mean"))
  came <- rowSums(results_values(run, "arrivals_mean"))
  home_lon <- if (holds(run, "origin_lon")) in_one_frame(run, of_homes(run, "lon")) else lon
  home_lat <- as.vector(of_homes(run, "lat"))
  framing <- tail(flows, 60)
  homes <- unique(framing$home); places <- unique(framing$place)
  par(mar = c(3.5, 0, 0, 0))
  plot(extendrange(c(home_lon[homes], lon[places])), extendrange(c(home_lat[homes], lat[places])), type = "n", axes = FALSE, xlab = "", ylab = "",
       asp = 1 / cos(mean(lat) * pi / 180))
  if (holds(run, "edge_nodes")) {
    ends <- results_values(run, "edge_nodes") + 1
    segments(lon[ends[1, ]], lat[ends[1, ]], lon[ends[2, ]], lat[ends[2, ]], col = "#E2DFDA", lwd = 1.8)
  }
  draw_border(run)
  widest <- max(flows$persons)
  for (i in seq_len(nrow(flows))) with(flows[i, ], {
    draw_flow(c(home_lon[home], home_lat[home]), c(lon[place], lat[place]), max(0.45, 10 * persons / widest))
  })
  size <- 4 / sqrt(max(left, came))
  points(lon, lat, pch = 21, cex = size * sqrt(came), bg = clear(blue, 0.75), col = "white")
  points(lon, lat, pch = 21, cex = size * sqrt(left), bg = clear(vermillion, 0.75), col = "white")
  fallen <- results_values(run, "fallen")[, run$dim$time$len] > 0
  points(lon[fallen], lat[fallen], pch = 4, lwd = 1.6)
  label_places(lon, lat, results_values(run, "place_name"), head(order(-(left + came)), 22))
  add_map_key(run, widest)
  mtext(sprintf("Arrivals by home over the whole run; the flows drawn are %.0f %% of all.",
                100 * sum(flows$persons) / sum(flows_between(run))), side = 1, line = 2.3, cex = 0.8, col = grey)
  head_of_run(run)
  invisible(flows)
}

# --- the picture -----------------------------------------------------------------------------------------

# A figure with its size in inches.
figures <- list(totals = list("plot_totals", 10, 6), arrivals = list("plot_arrivals", 10, 6),
                origins = list("plot_origins", 11, 8), map = list("plot_map", 9, 10), change = list("plot_change", 13, 6.5))

save_figure <- function(picture, figure, ...) {
  figure <- match.arg(figure, names(figures))
  open_picture(picture, figures[[figure]][[2]], figures[[figure]][[3]])
  on.exit(dev.off())
  do.call(figures[[figure]][[1]], list(...))
}
