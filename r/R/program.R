# The program and what it says.

#' The program that is called
#'
#' Looked for in this order: the argument, the option `rathaus.program`, the environment variable
#' `RATHAUS`, the search path, and `build/release` and `build/dev` of this folder and those above it.
#'
#' @param program path of the program, or `NULL`
#' @return its absolute path
#' @section Errors: a condition of class `rathaus_error` names every place that was looked at.
#' @export
rathaus_program <- function(program = NULL) {
  named <- c(program, getOption("rathaus.program"), Sys.getenv("RATHAUS", NA))
  named <- named[!is.na(named) & nzchar(named)]
  if (length(named) > 0) {
    if (is_program(named[1])) return(normalizePath(named[1]))
    stop_with("the program ", named[1], " cannot be started", reason = "it is no executable file")
  }
  above <- normalizePath(".")
  while (dirname(above[1]) != above[1]) above <- c(dirname(above[1]), above)
  folders <- as.vector(t(outer(rev(above), c("build/release", "build/dev"), file.path)))
  tried <- c(unname(Sys.which("rathaus")), file.path(folders, "rathaus"))
  found <- Filter(is_program, tried)
  if (length(found) > 0) return(normalizePath(found[1]))
  stop_with("the program rathaus is not found",
            reason = paste0("looked at the argument, the option rathaus.program, the environment variable RATHAUS, the ",
                            "search path, ", paste(tried[nzchar(tried)], collapse = ", ")),
            suggestion = "set RATHAUS to its path")
}

is_program <- function(path) nzchar(path) && utils::file_test("-x", path) && !dir.exists(path)

#' One error for all: what the program or the package has to say against an input.
#' @param ... the message; \code{problem} alone, or all that the findings say
#' @param file,reason,suggestion the other fields of a finding of this package
#' @param findings those of the program
#' @noRd
stop_with <- function(..., reason = NA_character_, suggestion = NA_character_, file = NA_character_, findings = NULL,
                      status = NA_integer_) {
  message <- problem <- paste0(...)
  if (is.null(findings)) {
    message <- if (is.na(reason)) problem else paste0(problem, " (", reason, ")")
    if (!is.na(suggestion)) message <- paste0(message, if (is.na(reason)) paste0(" (", suggestion, ")") else paste0(" ", suggestion))
    findings <- data.frame(severity = "error", file = file, line = NA_integer_, column = NA_integer_, problem = problem,
                           reason = reason, suggestion = suggestion, message = message)
    if (!is.na(file)) message <- paste0(file, ": ", message)
  }
  stop(structure(class = c("rathaus_error", "error", "condition"),
                 list(message = message, call = NULL, findings = findings, status = status)))
}

#' What the program wrote to standard error: a data frame with one row for each finding.
#' @noRd
findings_of <- function(lines) {
  rows <- lapply(lines, function(line) {
    if (!startsWith(line, "{")) return(NULL)
    tryCatch(jsonlite::fromJSON(line), error = function(e) NULL)
  })
  rows <- Filter(function(row) is.list(row) && !is.null(row$severity), rows)
  column <- function(name, empty) {
    vapply(rows, function(row) if (is.null(row[[name]])) empty else row[[name]], empty)
  }
  data.frame(severity = column("severity", ""), file = column("file", NA_character_),
             line = column("line", NA_integer_), column = column("column", NA_integer_),
             problem = column("problem", NA_character_), reason = column("reason", NA_character_),
             suggestion = column("suggestion", NA_character_), message = column("message", ""))
}

place_of <- function(finding) {
  place <- c(finding$file, finding$line, finding$column)
  paste(place[!is.na(place)], collapse = ":")
}

#' Calls the program, shows what it tells meanwhile, and raises what it says against the input.
#' @noRd
call_program <- function(arguments, program = NULL, show = FALSE) {
  tell <- function(line, process) {
    if (show && !startsWith(line, "{")) message(line)
  }
  done <- processx::run(rathaus_program(program), c("--diagnostics", "json", arguments),
                        error_on_status = FALSE, stderr_line_callback = tell)
  lines <- strsplit(done$stderr, "\n", fixed = TRUE)[[1]]
  findings <- findings_of(lines)
  errors <- findings[findings$severity %in% c("error", "failed"), ]
  for (i in which(findings$severity == "warning")) {
    warning(paste(c(Filter(nzchar, place_of(findings[i, ])), findings$message[i]), collapse = ": "), call. = FALSE)
  }
  if (done$status != 0) {
    told <- vapply(seq_len(nrow(errors)), function(i) {
      paste(c(place_of(errors[i, ]), errors$message[i])[c(nzchar(place_of(errors[i, ])), TRUE)], collapse = ": ")
    }, "")
    if (length(told) == 0) told <- paste(c(lines, paste("the program ended with status", done$status)), collapse = "\n")
    stop_with(paste(told, collapse = "\n"), findings = errors, status = done$status)
  }
  done$stdout
}
