# Results: runs of the command line, and what stands in their files.

# The command `nuzuh`: the option `nuzuh.program`, or what the shell finds.
program <- function() getOption("nuzuh.program", "nuzuh")

run_scenario <- function(scenario, results = tempfile(fileext = ".h5"), members = NULL, seed = NULL, engine = NULL,
                         mode = NULL, threads = NULL, set = list()) {
  whole <- function(number) format(number, scientific = FALSE, digits = 16)
  given <- list(members = members, seed = seed, threads = threads, engine = engine, mode = mode)
  given <- given[!vapply(given, is.null, NA)]
  options <- unlist(lapply(names(given), function(name) {
    c(paste0("--", name), if (is.numeric(given[[name]])) whole(given[[name]]) else given[[name]])
  }))
  values <- vapply(set, function(value) {
    if (is.logical(value)) tolower(value) else if (is.numeric(value)) format(value, digits = 17) else as.character(value)
  }, "")
  settings <- if (length(set)) as.vector(rbind("--set", paste0(names(set), "=", values)))
  words <- c("--quiet", "run", scenario, "-o", results, options, settings)
  said <- suppressWarnings(system2(program(), shQuote(words), stdout = TRUE, stderr = TRUE))
  if (!is.null(attr(said, "status"))) stop(paste(said, collapse = "\n"), call. = FALSE)
  open_results(results)
}

open_results <- function(file) {
  run <- nc_open(file)
  if (ncatt_get(run, 0, "design")$hasatt) {
    nc_close(run)
    stop(file, " holds a study of many settings, not one scenario that could be drawn; plot_grid.py and ",
         "plot_sensitivity.py draw studies", call. = FALSE)
  }
  run
}

# An array of the file, fastest axis first: member, time, place of the reference is [place, time, member] here.
results_values <- function(run, name) {
  array <- ncvar_get(run, name, collapse_degen = FALSE)
  if (is.character(array)) Encoding(array) <- "UTF-8"
  array
}

holds <- function(run, name) name %in% names(run$var)

attribute <- function(run, name) ncatt_get(run, 0, name)$value

results_days <- function(run) {
  as.Date(sub("days since ", "", run$dim$time$units)) + as.vector(run$dim$time$vals)
}
