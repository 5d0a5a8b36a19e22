# What is asked of the simulator.

#' An experiment
#'
#' @param file an experiment file (TOML)
#' @param ... values to change, by key: `replicates = list(at_least = 20)` or
#'   `"replicates.at_least" = 20`
#' @param program path of the program, see [rathaus_program()]
#' @return an object of class `rathaus_experiment`
#' @export
rathaus_experiment <- function(file, ..., program = NULL) {
  if (!file.exists(file)) stop_with("cannot be read", reason = "No such file or directory", file = file)
  made <- structure(list(file = normalizePath(file), set = list(), program = program), class = "rathaus_experiment")
  rathaus_set(made, ...)
}

#' Changes values of an experiment
#'
#' @param experiment an experiment
#' @param ... values by key, as for [rathaus_experiment()]; a later value replaces an earlier one
#' @return the experiment with the values set; the file stays as it is
#' @export
rathaus_set <- function(experiment, ...) {
  values <- flatten_keys(list(...))
  experiment$set[names(values)] <- values
  experiment
}

#' list(replicates = list(at_least = 20)) to list("replicates.at_least" = 20); `doubt` is a word or a table, and so
#' replaced whole
#' @noRd
flatten_keys <- function(values, above = character()) {
  flat <- list()
  for (name in names(values)) {
    key <- paste(c(above, name), collapse = ".")
    value <- values[[name]]
    if (is.list(value) && key != "doubt") flat <- c(flat, flatten_keys(value, c(above, name)))
    else flat[[key]] <- value
  }
  flat
}

#' A value as TOML has it.
#' @noRd
toml_text <- function(value) {
  one <- function(x) {
    if (is.logical(x)) return(if (x) "true" else "false")
    if (is.numeric(x)) return(format(x, digits = 17, scientific = FALSE, trim = TRUE, drop0trailing = TRUE))
    jsonlite::toJSON(jsonlite::unbox(as.character(x)))
  }
  if (is.list(value))
    return(paste0("{ ", paste0(names(value), " = ", vapply(value, toml_text, ""), collapse = ", "), " }"))
  if (length(value) == 1) return(one(value))
  paste0("[", paste(vapply(value, one, ""), collapse = ", "), "]")
}

set_arguments <- function(experiment) {
  unlist(lapply(names(experiment$set), function(key) c("--set", paste0(key, "=", toml_text(experiment$set[[key]])))))
}

#' @export
print.rathaus_experiment <- function(x, ...) {
  cat("experiment", x$file, "\n")
  for (key in names(x$set)) cat("  ", key, "=", toml_text(x$set[[key]]), "\n")
  invisible(x)
}

#' Is it valid, how many runs, how long, how large?
#'
#' @param experiment an experiment or the path of one
#' @param pilot replicates to compute at one point, to learn how small a gain would show; 0 for none
#' @return what the program tells, a line each
#' @section Errors: a condition of class `rathaus_error` whose `findings` are a data frame with
#'   file, line, column, problem, reason, suggestion and message of each error.
#' @export
rathaus_check <- function(experiment, pilot = 0) {
  experiment <- as_experiment(experiment)
  told <- call_program(c("check", experiment$file, if (pilot > 0) c("--pilot", pilot), set_arguments(experiment)),
                       experiment$program)
  strsplit(told, "\n", fixed = TRUE)[[1]]
}

as_experiment <- function(experiment) {
  if (inherits(experiment, "rathaus_experiment")) experiment else rathaus_experiment(experiment)
}

#' Runs an experiment
#'
#' @param experiment an experiment or the path of one
#' @param output the result file to write (.h5)
#' @param resume go on where an earlier process stopped
#' @param overwrite replace a result that is there
#' @param threads threads; 0 for as many as there are processors
#' @param progress show what the program tells meanwhile
#' @return the result, as from [rathaus_open()]
#' @export
rathaus_run <- function(experiment, output, resume = FALSE, overwrite = FALSE, threads = 0, progress = interactive()) {
  experiment <- as_experiment(experiment)
  call_program(c("run", experiment$file, "-o", output, if (resume) "--resume", if (overwrite) "--force",
                 if (threads > 0) c("--threads", threads), if (!progress) "--quiet", set_arguments(experiment)),
               experiment$program, show = progress)
  rathaus_open(output, program = experiment$program)
}
