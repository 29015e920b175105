# Runs the smallest scenario by the command line, where NUZUH_PROGRAM and NUZUH_SCENARIO name both.
library(nuzuh)
program <- Sys.getenv("NUZUH_PROGRAM")
scenario <- Sys.getenv("NUZUH_SCENARIO")
if (nzchar(program)) {
  options(nuzuh.program = program)
  run <- run_scenario(scenario, members = 3, seed = 7, set = list(behaviour.leave.h_max = 0.5, period.to = "2024-04-10"))
  days <- results_days(run)
  totals <- results_values(run, "total_people_displaced")
  stopifnot(identical(dim(totals), c(length(days), 3L)), days[length(days)] == as.Date("2024-04-10"), totals[length(days), ] > 0)
  other <- run_scenario(scenario, members = 3, seed = 7, set = list(behaviour.leave.h_max = 0.1, period.to = "2024-04-10"))
  stopifnot(mean(results_values(other, "total_people_displaced")[length(days), ]) < mean(totals[length(days), ]))
  picture <- tempfile(fileext = ".png")
  for (figure in c("totals", "arrivals", "origins", "map")) {
    save_figure(picture, figure, run)
    stopifnot(file.size(picture) > 5000)
  }
  changed <- save_figure(picture, "change", other, run)
  stopifnot(changed$days$people_displaced[3, length(days)] > 0)
  refused <- tryCatch(run_scenario(scenario, set = list(behaviour.leave.hmax = 1)), error = conditionMessage)
  stopifnot(grepl("h_max", refused))
  refused <- tryCatch(run_scenario(scenario, members = 1.7), error = conditionMessage)
  stopifnot(is.character(refused), grepl("members", refused))
}
