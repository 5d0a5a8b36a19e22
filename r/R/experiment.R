# What is asked of the simulator.

#' An experiment
#'
#' @param file an experiment file (TOML), or a list of its tables: named lists are tables, unnamed ones lists, and
#'   so are vectors of other than one element. Paths in a list count from the working directory.
#' @param ... values to change, by key: `replicates = list(at_least = 20)` or
#'   `"replicates.at_least" = 20`
#' @param program path of the program, see [rathaus_program()]
#' @return an object of class `rathaus_experiment`
#' @export
rathaus_experiment <- function(file, ..., program = NULL) {
  tables <- NULL
  if (is.list(file)) {
    if (length(file) > 0 && (is.null(names(file)) || !all(nzchar(names(file)))))
      stop_with("a list without names is no experiment", suggestion = "write list(title = \"...\", model = \"germany\")")
    tables <- file
    file <- NULL
  } else if (!is.character(file) || length(file) != 1) {
    stop_with("an experiment is a file or a list", reason = paste(shown(file), "is neither"))
  } else if (!file.exists(file)) {
    stop_with("there is no such file", suggestion = "check the path", file = file)
  } else {
    file <- normalizePath(file)
  }
  made <- structure(list(file = file, tables = tables, set = list(), program = program), class = "rathaus_experiment")
  rathaus_set(made, ...)
}

#' Keys that hold paths.
#' @noRd
path_keys <- list("model", c("population", "file"), c("population", "adjacency"), c("design", "file"), c("uncertain", "ensemble"))

with_whole_paths <- function(tables) {
  for (key in path_keys) {
    if (length(key) == 2 && !is.list(tables[[key[1]]])) next
    named <- tables[[key]]
    # the name of an installed model is no path
    if (is.character(named) && length(named) == 1 && (!identical(key, "model") || dir.exists(named)))
      tables[[key]] <- normalizePath(named, mustWork = FALSE)
  }
  tables
}

#' Does something with the file of an experiment; that of a list lives as long as it is needed, and errors in it are told
#' without its name, which is gone when they are read.
#' @noRd
with_experiment <- function(experiment, act) {
  if (is.null(experiment$tables)) return(act(experiment$file))
  file <- tempfile("experiment", fileext = ".toml")
  on.exit(unlink(file))
  tables <- with_whole_paths(experiment$tables)
  lines <- vapply(names(tables), function(name) paste(toml_key(name), "=", toml_text(tables[[name]], name)), "")
  writeLines(enc2utf8(lines), file, useBytes = TRUE)
  tryCatch(act(file), rathaus_error = function(e) {
    own <- e$findings$file %in% file
    e$findings[own, c("file", "line", "column")] <- NA
    if (any(own)) e$message <- paste(told(e$findings), collapse = "\n")
    stop(e)
  })
}

#' Changes values of an experiment
#'
#' @param experiment an experiment
#' @param ... values by key, as for [rathaus_experiment()]; a later value replaces an earlier one
#' @return the experiment with the values set; the file stays as it is
#' @export
rathaus_set <- function(experiment, ...) {
  values <- list(...)
  if (length(values) > 0 && (is.null(names(values)) || !all(nzchar(names(values)))))
    stop_with("a value has no key", suggestion = "write rathaus_set(experiment, \"replicates.at_least\" = 20)")
  values <- flatten_keys(values)
  for (key in names(values)) toml_text(values[[key]], key)
  experiment$set[names(values)] <- values
  experiment
}

#' list(replicates = list(at_least = 20)) to list("replicates.at_least" = 20); `doubt` is a word or a table, and so
#' replaced whole, and so is the value of a key that is a table itself
#' @noRd
flatten_keys <- function(values, above = character()) {
  flat <- list()
  depth <- if (length(above) > 0 && above[1] %in% c("programme", "scenario")) 2 else 1
  for (name in names(values)) {
    path <- c(above, if (length(above) > 0) toml_key(name) else name)
    key <- paste(path, collapse = ".")
    value <- values[[name]]
    if (is_table(value) && key != "doubt" && length(above) < depth) flat <- c(flat, flatten_keys(value, path))
    else flat[key] <- list(value)
  }
  flat
}

is_table <- function(value) is.list(value) && !is.data.frame(value) && !is.null(names(value))

toml_key <- function(name) if (grepl("^[A-Za-z0-9_-]+$", name)) name else toml_string(name)

toml_string <- function(text) as.character(jsonlite::toJSON(jsonlite::unbox(enc2utf8(text))))

#' A value as TOML has it; a matrix and a data frame are lists of their rows, `I("one")` is a list of one.
#' @noRd
toml_text <- function(value, key) {
  refuse <- function(reason, suggestion = "give a text, a number, a vector or a list")
    stop_with(key, ": ", shown(value), " cannot stand in an experiment", reason = reason, suggestion = suggestion)
  one <- function(x) {
    if (is.na(x) && !is.nan(x)) refuse("there is no value in NA", "leave the key out")
    if (is.logical(x)) return(if (x) "true" else "false")
    if (is.numeric(x) && !is.finite(x)) return(if (is.nan(x)) "nan" else if (x > 0) "inf" else "-inf")
    if (is.numeric(x)) return(format(x, digits = 17, scientific = FALSE, trim = TRUE, drop0trailing = TRUE))
    toml_string(as.character(x))
  }
  row <- function(cells) paste0("[", paste(cells, collapse = ", "), "]")
  if (is.null(value)) refuse("there is no value in NULL", "leave the key out")
  if (is.factor(value) || inherits(value, "Date")) value <- as.character(value)
  if (is.data.frame(value)) value <- as.matrix(value)
  if (is.matrix(value)) return(row(apply(value, 1, function(line) row(vapply(line, one, "")))))
  if (is_table(value))
    return(paste0("{ ", paste0(vapply(names(value), toml_key, ""), " = ",
                               vapply(names(value), function(name) toml_text(value[[name]], paste0(key, ".", name)), ""),
                               collapse = ", "), " }"))
  if (is.list(value)) return(row(vapply(value, toml_text, "", key)))
  if (!is.atomic(value)) refuse(paste("it is of class", class(value)[1]))
  if (length(value) == 1 && !inherits(value, "AsIs")) return(one(value))
  row(vapply(value, one, ""))
}

set_arguments <- function(experiment) {
  unlist(lapply(names(experiment$set), function(key) c("--set", paste0(key, "=", toml_text(experiment$set[[key]], key)))))
}

#' @export
print.rathaus_experiment <- function(x, ...) {
  cat("experiment", if (is.null(x$file)) paste0("\"", x$tables$title, "\"") else x$file, "\n")
  for (key in names(x$set)) cat("  ", key, "=", toml_text(x$set[[key]], key), "\n")
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
  pilot <- count_of("pilot", pilot)
  strsplit(asked(experiment, "check", if (pilot != "0") c("--pilot", pilot)), "\n", fixed = TRUE)[[1]]
}

#' What a command of the program says of an experiment.
#' @noRd
asked <- function(experiment, command, options = NULL) {
  experiment <- as_experiment(experiment)
  with_experiment(experiment, function(file) {
    said <- call_program(c(command, file, options, set_arguments(experiment)), experiment$program)
    if (is.null(experiment$file)) gsub(file, "the experiment", said, fixed = TRUE) else said
  })
}

#' Everything that an experiment rests on
#'
#' @param experiment an experiment, a result, or the path of one of them
#' @return the experiment with every default as one TOML document, a line each: every number with unit, range, grade and
#'   source. It stands alone, and that of a result repeats it
#' @export
rathaus_explain <- function(experiment) {
  told <- if (inherits(experiment, "rathaus_result")) call_program(c("explain", experiment$file), experiment$program)
          else if (is.character(experiment) && grepl("\\.h5$", experiment[1])) return(rathaus_explain(rathaus_open(experiment)))
          else asked(experiment, "explain")
  strsplit(told, "\n", fixed = TRUE)[[1]]
}

#' The points of a design, before anything is run
#'
#' @param experiment an experiment with uncertain numbers, or the path of one
#' @return a data frame with a row for each point and a column for each uncertain number under its path, in its unit
#' @export
rathaus_design <- function(experiment) {
  folder <- tempfile("design")
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE))
  points <- file.path(folder, "points.csv")
  asked(experiment, "check", c("--design", points))
  utils::read.csv(points, check.names = FALSE)
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
  threads <- count_of("threads", threads)
  with_experiment(experiment, function(file)
    call_program(c("run", file, "-o", output, if (resume) "--resume", if (overwrite) "--force",
                   if (threads != "0") c("--threads", threads), if (!progress) "--quiet", set_arguments(experiment)),
                 experiment$program, show = progress))
  rathaus_open(output, program = experiment$program)
}
