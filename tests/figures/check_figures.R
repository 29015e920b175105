# check_figures.R SCRIPTS FOLDER: what the R figures draw is what the file and the table of `nuzuh compare` hold.
if (!requireNamespace("ncdf4", quietly = TRUE)) {
  cat("skipped: no ncdf4\n")
  quit(status = 77)
}
given <- commandArgs(trailingOnly = TRUE)
source(file.path(given[1], "plot_run.R"))
a <- nc_open(file.path(given[2], "a.h5"))
b <- nc_open(file.path(given[2], "b.h5"))
pdf(NULL, 12, 9)
close_to <- function(drawn, held) stopifnot(isTRUE(all.equal(as.vector(drawn), as.vector(held), tolerance = 1e-6)))

drawn <- plot_totals(a)
close_to(drawn$bands$movements, apply(ncvar_get(a, "total_movements"), 1, quantile, shares))
stopifnot(setequal(drawn$figures$persons[drawn$figures$quantity == "movements"],
                   c(150000, 179600, 201000, 270000, 310000, 327536)))

drawn <- plot_arrivals(a)
came <- ncvar_get(a, "arrivals")
stopifnot(length(drawn$bands) == 8, drawn$days == 7)
for (name in names(drawn$bands)) {
  place <- match(name, ncvar_get(a, "place_name"))
  weeks <- apply(array(came[place, 1:49, ], c(7, 7, 8)), 2:3, sum)  # 51 days: two are left over
  close_to(drawn$bands[[name]], apply(weeks, 1, quantile, shares))
}

# A run that kept totals alone of its members: weeks as means, or as bands where they are records.
whole <- plot_arrivals(a)
means <- plot_arrivals(nc_open(file.path(given[2], "a-totals.h5")))
weekly <- plot_arrivals(nc_open(file.path(given[2], "weekly-totals.h5")))
stopifnot(identical(names(means$bands), names(whole$bands)), nrow(means$bands[[1]]) == 1, weekly$days == 7)
for (name in names(whole$bands)) {
  place <- match(name, ncvar_get(a, "place_name"))
  close_to(means$bands[[name]], colSums(matrix(ncvar_get(a, "arrivals_mean")[place, 1:49], 7)))
  close_to(weekly$bands[[name]][, 1:7], whole$bands[[name]])
}
close_to(flows_between(nc_open(file.path(given[2], "a-totals.h5"))), flows_between(a))
close_to(plot_change(nc_open(file.path(given[2], "a-totals.h5")), nc_open(file.path(given[2], "b-totals.h5")))$places,
         plot_change(a, b)$places)

table <- plot_origins(a)
flows <- t(apply(ncvar_get(a, "arrivals_from"), 1:2, mean))
diag(flows) <- 0
dimnames(flows) <- rep(list(ncvar_get(a, "place_name")), 2)
close_to(sum(table), sum(flows))
close_to(table[1:14, 1:14], flows[rownames(table)[1:14], colnames(table)[1:14]])

drawn <- plot_map(a)
close_to(drawn$persons, tail(sort(flows), 140))
close_to(drawn$persons, flows[cbind(drawn$home, drawn$place)])

rows <- read.csv(file.path(given[2], "change.csv"), colClasses = "character")
rows <- rows[rows$pairs == "same chance" & rows$origin == "", ]
columns <- paste0("difference_", c("q05", "q25", "median", "q75", "q95"))
drawn <- plot_change(a, b)
for (quantity in names(drawn$days)) {
  held <- as.numeric(rows[rows$quantity == paste0("total_", quantity), columns])
  stopifnot(abs(drawn$days[[quantity]][, a$dim$time$len] - held) < 0.06)
}
stopifnot(ncol(drawn$places) == 16)
for (name in colnames(drawn$places)) {
  held <- as.numeric(rows[rows$quantity == "arrivals" & rows$name == name, columns])
  stopifnot(abs(drawn$places[, name] - held) < 0.06)
}

of <- function(name) nc_open(file.path(given[2], paste0(name, ".h5")))
rows <- read.csv(file.path(given[2], "camp.csv"), colClasses = "character")
rows <- rows[rows$quantity == "arrivals" & rows$origin == "", ]
for (sign in c(1, -1)) {
  drawn <- if (sign > 0) plot_change(of("base"), of("camp")) else plot_change(of("camp"), of("base"))
  stopifnot("New camp" %in% colnames(drawn$places))
  held <- as.numeric(rows$difference_median[match(colnames(drawn$places), rows$name)])
  stopifnot(abs(sign * drawn$places[3, ] - held) < 0.06)
}
plot_map(of("isles"))
stopifnot(diff(par("usr")[1:2]) < 5, par("usr")[1] < 179.6, par("usr")[2] > 180.8)
stopifnot(in_one_frame(of("base")) == ncvar_get(of("base"), "lon"))
refused <- try(plot_change(a, nc_open(file.path(given[2], "toy.h5"))), silent = TRUE)
stopifnot(inherits(refused, "try-error"), grepl("pairs", refused))
refused <- try(plot_origins(nc_open(file.path(given[2], "without_homes.h5"))), silent = TRUE)
stopifnot(inherits(refused, "try-error"), grepl("pooled", refused))
