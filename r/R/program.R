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
  stop(structure(class = c(if (status %in% 3) "rathaus_interrupted", "rathaus_error", "error", "condition"),
                 list(message = message, call = NULL, findings = findings, status = status)))
}

#' Errors that name options of the command line name the arguments of this package.
#' @noRd
as_argument <- function(text) {
  text <- gsub("--force\\b", "overwrite = TRUE", text)
  text <- gsub("--resume\\b", "resume = TRUE", text)
  text <- gsub("--lang\\b", "language", text)
  gsub("--(against|design|indicator|quarter|replicate|run|section|theory|threads|unit)\\b", "\\1", text)
}

#' One of the words, else an error that names them.
#' @noRd
one_of <- function(what, given, known) {
  if (is.character(given) && length(given) == 1 && given %in% known) return(given)
  stop_with("there is no ", what, " ", shown(given), suggestion = paste("known:", paste(known, collapse = ", ")))
}

shown <- function(thing) paste(deparse(thing, nlines = 1), collapse = " ")

#' A whole number as the command line takes it: 100000, not 1e+05.
#' @noRd
count_of <- function(what, number) {
  if (!is.numeric(number) || length(number) != 1 || !is.finite(number) || number < 0 || number != floor(number))
    stop_with(what, " = ", shown(number), " is no whole number from 0 on")
  format(number, scientific = FALSE)
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

#' Each finding as a line of text, with its place.
#' @noRd
told <- function(findings) {
  vapply(seq_len(nrow(findings)), function(i) {
    paste(c(Filter(nzchar, place_of(findings[i, ])), findings$message[i]), collapse = ": ")
  }, "")
}

#' Calls the program, shows what it tells meanwhile, and raises what it says against the input.
#' @noRd
call_program <- function(arguments, program = NULL, show = FALSE) {
  done <- run_to_end(rathaus_program(program), c(arguments, "--diagnostics", "json"), if (show) teller() else function(line) NULL)
  lines <- done$stderr
  findings <- findings_of(lines)
  for (field in c("problem", "reason", "suggestion", "message")) findings[[field]] <- as_argument(findings[[field]])
  errors <- findings[findings$severity %in% c("error", "failed"), ]
  for (i in which(findings$severity == "warning")) {
    warning(told(findings[i, ]), call. = FALSE)
  }
  if (done$status != 0) {
    texts <- told(errors)
    if (done$status == 3) texts <- as_argument(grep("^interrupted", lines, value = TRUE))
    if (length(texts) == 0) texts <- paste(c(lines, paste("the program ended with status", done$status)), collapse = "\n")
    stop_with(paste(texts, collapse = "\n"), findings = errors, status = done$status)
  }
  done$stdout
}

#' Ctrl-C ends the program as it does on the command line: once, and what is done is kept.
#' @noRd
run_to_end <- function(command, arguments, tell) {
  out <- tempfile("rathaus")
  on.exit(unlink(out))
  process <- processx::process$new(command, arguments, stdout = out, stderr = "|")
  lines <- character()
  listen <- function() {
    while (process$is_incomplete_error()) {
      process$poll_io(-1)
      for (line in process$read_error_lines()) {
        tell(line)
        lines <<- c(lines, line)
      }
    }
    process$wait()
  }
  interrupted <- tryCatch({
    listen()
    FALSE
  }, interrupt = function(e) TRUE)
  if (interrupted) {
    process$interrupt()
    listen()
  }
  list(status = process$get_exit_status(), stderr = Filter(function(line) !startsWith(line, progress_mark), lines),
       stdout = paste0(paste(readLines(out, warn = FALSE, encoding = "UTF-8"), collapse = "\n"), "\n"))
}

progress_mark <- "{\"severity\": \"progress\""

#' Shows what the program tells meanwhile: how far it is on one line that renews itself, all else a line each.
#' @noRd
teller <- function() {
  function(line) {
    if (!startsWith(line, progress_mark)) {
      if (!startsWith(line, "{")) message(line)
      return(invisible())
    }
    now <- jsonlite::fromJSON(line)
    speed <- (now$runs_done - now$runs_kept) / now$seconds
    left <- if (is.finite(speed) && speed > 0) sprintf(", %.0f s left", (now$runs_planned - now$runs_done) / speed) else ""
    message("\r", sprintf("%d of %d runs%s     ", now$runs_done, now$runs_planned, left),
            appendLF = now$runs_done == now$runs_planned)
  }
}
