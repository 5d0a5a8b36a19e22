#!/usr/bin/Rscript
# readers_test.R FILE CONTENTS.csv: R's ncdf4 sees every variable that readers_test.py listed, with
# its dimensions (R names them from the last to the first) and its values.
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
contents <- read.csv(arguments[2], colClasses = c("character", "character", "character", "numeric", "integer"))
file <- nc_open(arguments[1])

for (i in seq_len(nrow(contents))) {
  expected <- contents[i, ]
  if (expected$path %in% names(file$dim)) {
    values <- file$dim[[expected$path]]$vals
  } else {
    variable <- file$var[[expected$path]]
    if (is.null(variable)) stop(expected$path, ": R does not see it")
    seen <- rev(vapply(variable$dim, function(d) basename(d$name), ""))
    if (!identical(paste(seen, collapse = " "), expected$dimensions))
      stop(expected$path, ": dimensions ", paste(seen, collapse = " "))
    values <- ncvar_get(file, expected$path)
  }
  checksum <- if (expected$kind == "text") sum(nchar(values, type = "bytes")) else sum(as.numeric(values), na.rm = TRUE)
  missing <- if (expected$kind == "text") 0 else sum(is.na(values))
  if (missing != expected$missing) stop(expected$path, ": ", missing, " values missing instead of ", expected$missing)
  if (is.na(checksum) || abs(checksum - expected$checksum) > 1e-9 * abs(expected$checksum))
    stop(expected$path, ": ", checksum, " instead of ", expected$checksum)
}
# of a real result: names and dates of a group, and of the root
if ("strata/stratum" %in% names(file$dim)) {
  count <- file$var[["strata/count"]]
  stopifnot(identical(count$dim[[1]]$vals[1], "<5k"), identical(count$dim[[2]]$vals[1], "induced"))
  since <- sub("days since ", "", ncatt_get(file, "time", "units")$value)
  days <- as.Date(as.vector(ncvar_get(file, "time")), origin = since)
  labels <- as.vector(ncvar_get(file, "quarter_label"))
  stopifnot(identical(paste0(format(days, "%Y"), "-", quarters(days)), labels), format(days[1] + 1, "%d") == "01")
  stopifnot(identical(as.vector(ncvar_get(file, "strata/run_scenario")), as.vector(ncvar_get(file, "run_scenario"))))
}
nc_close(file)
cat("R ncdf4:", nrow(contents), "variables as stored\n")
