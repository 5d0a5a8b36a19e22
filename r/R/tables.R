# What the program computes from a result.

#' The decision table
#'
#' @param result a result or the path of one
#' @param against scenario to compare with; the baseline if `NULL`
#' @param section only these parts of the table, such as `"adoption"`
#' @return a data frame, the CSV of `rathaus compare`: section, metric, unit, detail, horizon, theory,
#'   scenario, kind (level or gain), mean, low, high, percentiles and note
#' @export
rathaus_compare <- function(result, against = NULL, section = NULL) {
  result <- as_result(result)
  sections <- unlist(lapply(section, function(s) c("--section", s)))
  read_table(call_program(c("compare", result$file, "--format", "csv", if (!is.null(against)) c("--against", against),
                            sections), result$program))
}

read_table <- function(text) {
  utils::read.csv(text = text, check.names = FALSE, na.strings = "", encoding = "UTF-8")
}

#' Which uncertain numbers matter
#'
#' @param result a result of a Sobol or Morris design, or the path of one
#' @param indicator name of an indicator
#' @param quarter quarter, such as "2035-Q4"; the last if `NULL`
#' @return a data frame, the CSV of `rathaus sensitivity`
#' @export
rathaus_sensitivity <- function(result, indicator = "adopters", quarter = NULL) {
  result <- as_result(result)
  read_table(call_program(c("sensitivity", result$file, "--format", "csv", "--indicator", indicator,
                            if (!is.null(quarter)) c("--quarter", quarter)), result$program))
}

#' The story of one municipality
#'
#' @param result a result or the path of one
#' @param unit official key or name
#' @param run number of the run, from 0
#' @return a list as `rathaus trace --format json` has it
#' @export
rathaus_trace <- function(result, unit, run = 0) {
  result <- as_result(result)
  jsonlite::fromJSON(call_program(c("trace", result$file, "--run", count_of("run", run), "--unit", unit, "--format", "json"),
                                  result$program))
}

#' The report for those who decide
#'
#' @param result a result or the path of one
#' @param output the page to write (.html or .pdf)
#' @param language "en" or "de"
#' @param overwrite replace a page that is there
#' @param structure "report", or "wu" for the headings of an appraisal
#' @return the path of the page, invisibly
#' @export
rathaus_report <- function(result, output, language = "en", overwrite = FALSE, structure = "report") {
  result <- as_result(result)
  call_program(c("report", result$file, "-o", output, "--lang", one_of("language", language, c("en", "de")), "--structure",
                 one_of("structure", structure, c("report", "wu")), if (overwrite) "--force"), result$program)
  invisible(output)
}

#' What happened to a municipality
#'
#' @param result a result or the path of one
#' @param unit official key or name
#' @param language "en" or "de"
#' @param theory one of the rival theories; the first if `NULL`
#' @param replicate which of the replicates, from 0
#' @return its story year by year, side by side over the scenarios, a line each
#' @export
rathaus_story <- function(result, unit, language = "en", theory = NULL, replicate = 0) {
  result <- as_result(result)
  told <- call_program(c("story", result$file, "--unit", unit, "--lang", one_of("language", language, c("en", "de")),
                         "--replicate", count_of("replicate", replicate), if (!is.null(theory)) c("--theory", theory)),
                       result$program)
  strsplit(told, "\n", fixed = TRUE)[[1]]
}

#' A result as tidy tables in CSV
#'
#' @param result a result or the path of one
#' @param folder the folder to write
#' @param quarters only these, such as "2035-Q4"; all if `NULL`
#' @param overwrite replace what is there
#' @return the paths of the tables, invisibly; `columns.csv` says what each column means
#' @export
rathaus_export <- function(result, folder, quarters = NULL, overwrite = FALSE) {
  result <- as_result(result)
  told <- call_program(c("export", result$file, "-o", folder, unlist(lapply(quarters, function(q) c("--quarter", q))),
                         if (overwrite) "--force"), result$program)
  invisible(strsplit(told, "\n", fixed = TRUE)[[1]])
}
