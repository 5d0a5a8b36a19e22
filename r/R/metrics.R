# What can be asked for.

#' Every variable and ratio of a run
#'
#' @param program path of the program, see [rathaus_program()]
#' @return a data frame, the CSV of `rathaus metrics`: `variable`, `axes or formula`, `tells`, `type`, `unit` and
#'   `meaning`. [rathaus_levels()], [rathaus_gains()] and [rathaus_doubt()] take each of these names.
#' @export
rathaus_metrics <- function(program = NULL) read_table(call_program(c("metrics", "--format", "csv"), program))

ratios <- function(program) {
  known <- rathaus_metrics(program)
  known[!is.na(known$tells) & startsWith(known$tells, "ratio"), ]
}

ratio_names <- function(program) ratios(program)$variable

#' A ratio as the program defines it, so that it is defined once; `NULL` if there is none of that name.
#' @noRd
ratio_named <- function(name, program) {
  row <- ratios(program)
  row <- row[row$variable == name, ]
  if (nrow(row) == 0) return(NULL)
  sides <- strsplit(row[["axes or formula"]], " / ", fixed = TRUE)[[1]]
  list(of = terms_of(sides[1]), per = terms_of(sides[2]), so_far = row$tells == "ratio so far", unit = row$unit,
       meaning = row$meaning)
}

#' "(saving - 4 running_cost)" as factors and variables.
#' @noRd
terms_of <- function(text) {
  pattern <- "([+-]?)\\s*(?:([0-9.]+)\\s+)?([a-z_]\\w*)"
  found <- regmatches(text, gregexpr(pattern, text, perl = TRUE))[[1]]
  sign <- ifelse(startsWith(found, "-"), -1, 1)
  factor <- sub(pattern, "\\2", found, perl = TRUE)
  data.frame(factor = sign * ifelse(nzchar(factor), as.numeric(ifelse(nzchar(factor), factor, "1")), 1),
             variable = sub(pattern, "\\3", found, perl = TRUE))
}
