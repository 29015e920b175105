# Lets scripts draw with the R package, which need not be installed.
suppressPackageStartupMessages(library(ncdf4))
for (file in list.files(file.path(dirname(script), "..", "app", "R", "R"), "[.]R$", full.names = TRUE)) source(file)

# What cannot be drawn is a mistake of whoever asked for it.
or_quit <- function(drawing) tryCatch(invisible(drawing), error = function(error) {
  message(conditionMessage(error))
  quit(status = 2)
})
