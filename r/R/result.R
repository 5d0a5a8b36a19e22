# What a study left behind.

#' Opens a result file
#'
#' @param file a result file (.h5)
#' @param program path of the program, see [rathaus_program()]
#' @return an object of class `rathaus_result`; nothing of the file stays open
#' @export
rathaus_open <- function(file, program = NULL) {
  if (!is.character(file) || length(file) != 1 || is.na(file))
    stop_with(shown(file), " is no file", reason = "the path of a result of `rathaus run` is needed")
  if (!file.exists(file)) stop_with("there is no such file", suggestion = "name a result of `rathaus run`", file = file)
  if (dir.exists(file)) stop_with("is a folder", reason = "a file is needed", suggestion = "name a result of `rathaus run` in it",
                                  file = file)
  if (!identical(readBin(file, "raw", 8), as.raw(c(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a))))
    stop_with("is no result of Rathaus", reason = "it is not HDF5", suggestion = "name a result of `rathaus run`", file = file)
  result <- structure(list(file = normalizePath(file), program = program), class = "rathaus_result")
  with_file(result, function(nc) {
    format <- ncdf4::ncatt_get(nc, 0, "format")
    if (!format$hasatt || format$value != "rathaus-results")
      stop_with("is no result of Rathaus", reason = "another file of HDF5", suggestion = "name a result of `rathaus run`",
                file = file)
    kind <- ncdf4::ncatt_get(nc, 0, "kind")
    if (kind$hasatt && kind$value == "posterior")
      stop_with("is a posterior", reason = "`rathaus calibrate` made it", suggestion = "name a result of `rathaus run`", file = file)
    version <- ncdf4::ncatt_get(nc, 0, "format_version")$value
    if (version[1] != 1)
      stop_with("has version ", paste(version, collapse = "."), " of its format", reason = "this reads 1",
                suggestion = paste("read it with", if (version[1] > 1) "newer" else "older", "Rathaus"), file = file)
    for (name in c("title", "question", "baseline")) {
      attribute <- ncdf4::ncatt_get(nc, 0, name)
      result[[name]] <<- if (attribute$hasatt) attribute$value else ""
    }
  })
  result
}

with_file <- function(result, act) {
  nc <- tryCatch(ncdf4::nc_open(result$file, readunlim = FALSE),
                 error = function(e) stop_with("cannot be read", reason = conditionMessage(e), file = result$file))
  on.exit(ncdf4::nc_close(nc))
  act(nc)
}

#' @export
print.rathaus_result <- function(x, ...) {
  runs <- runs_of(x)
  cat("result ", x$file, "\n", x$title, "\n", x$question, if (nzchar(x$question)) "\n", sep = "")
  cat(nrow(runs), "runs of", length(unique(runs$scenario)), "scenarios; compared with", x$baseline, "\n")
  invisible(x)
}

#' The variables of a result
#'
#' @param result a result or the path of one
#' @return a data frame: name, axes (comma-separated, from the run on), unit, meaning
#' @export
rathaus_variables <- function(result) {
  with_file(as_result(result), function(nc) {
    rows <- lapply(names(nc$var), function(name) {
      variable <- nc$var[[name]]
      data.frame(name = name, axes = paste(rev(vapply(variable$dim, function(d) basename(d$name), "")), collapse = ", "),
                 unit = unit_of(nc, name), meaning = variable$longname)
    })
    do.call(rbind, rows)
  })
}

#' The unit in the words of Rathaus: the attribute `units` holds what UDUNITS reads.
#' @noRd
unit_of <- function(nc, name) {
  unit <- ncdf4::ncatt_get(nc, name, "unit")
  if (unit$hasatt) unit$value else nc$var[[name]]$units
}

as_result <- function(result) {
  if (inherits(result, "rathaus_result")) result else rathaus_open(result)
}

#' The index of runs: which scenario, theory, point and replicate each run is.
#' @noRd
runs_of <- function(result) {
  with_file(result, function(nc) {
    index <- function(name) as.integer(ncdf4::ncvar_get(nc, name, collapse_degen = FALSE))
    scenario <- as.vector(nc$dim$scenario$vals)
    theory <- as.vector(nc$dim$alternative$vals)
    data.frame(run = seq_along(index("run_scenario")) - 1L, scenario = scenario[index("run_scenario") + 1],
               theory = theory[index("run_alternative") + 1], point = index("run_point"),
               replicate = index("run_replicate"), twin = index("run_fixed_demand") == 1)
  })
}

#' First day of a quarter such as "2031-Q3".
#' @noRd
first_day <- function(quarter) {
  month <- 3 * as.integer(sub(".*-Q", "", quarter)) - 2
  as.Date(sprintf("%s-%02d-01", sub("-Q.*", "", quarter), month))
}

#' Values of a variable, tidy
#'
#' @param result a result or the path of one
#' @param variable its name, see [rathaus_variables()]
#' @param twins keep the twin runs with demand held fixed, too
#' @return a data frame with one row for each run and cell: `scenario`, `theory`, `point`, `replicate`,
#'   the axes of the variable by name (`quarter` as text such as "2031-Q3"; `date` is its first day), and
#'   `value`, whose unit is the attribute `unit` of the data frame. Values hold at the end of the quarter.
#' @export
rathaus_values <- function(result, variable, twins = FALSE) {
  result <- as_result(result)
  runs <- runs_of(result)
  with_file(result, function(nc) {
    found <- nc$var[[variable]]
    if (is.null(found) || !any(vapply(found$dim, function(d) d$name == "run", NA)))
      stop_with("there is no variable `", variable, "` of the runs", suggestion = nearest(variable, of_runs(nc)))
    axes <- lapply(found$dim, function(d) axis_values(nc, d))
    names(axes) <- vapply(found$dim, function(d) basename(d$name), "")
    values <- expand.grid(axes, KEEP.OUT.ATTRS = FALSE, stringsAsFactors = FALSE)
    values$value <- as.numeric(ncdf4::ncvar_get(nc, variable, collapse_degen = FALSE))
    row <- match(values$run, runs$run)
    cells <- values[setdiff(names(values), c("run", "value"))]
    if ("quarter" %in% names(cells)) cells$date <- first_day(cells$quarter)
    tidy <- data.frame(runs[row, c("scenario", "theory", "point", "replicate", "twin")],
                       cells[rev(names(cells))], value = values$value, row.names = NULL)
    if (!twins) tidy <- tidy[!tidy$twin, names(tidy) != "twin"]
    attr(tidy, "unit") <- unit_of(nc, variable)
    attr(tidy, "meaning") <- found$longname
    tidy
  })
}

axis_values <- function(nc, dimension) {
  name <- basename(dimension$name)
  if (name == "run") return(seq_len(dimension$len) - 1L)
  if (name == "quarter") return(as.vector(ncdf4::ncvar_get(nc, "quarter_label")))
  as.vector(dimension$vals)
}

#' Names of the variables that each run has.
#' @noRd
of_runs <- function(nc) {
  names(Filter(function(variable) any(vapply(variable$dim, function(d) d$name == "run", NA)), nc$var))
}

nearest <- function(word, words) {
  in_group <- words[basename(words) == word]
  if (length(in_group) > 0) return(paste0("did you mean `", in_group[1], "`?"))
  distance <- utils::adist(word, words)[1, ]
  if (length(words) == 0 || min(distance) > min(3, nchar(word) / 2)) return("see rathaus_metrics() and rathaus_variables()")
  paste0("did you mean `", words[which.min(distance)], "`?")
}

#' The municipalities of a result
#'
#' @param result a result or the path of one
#' @return a data frame with a row for each: id, name, land, region, population, classes, fiscal strength, and place where known
#' @export
rathaus_municipalities <- function(result) {
  with_file(as_result(result), function(nc) {
    names <- grep("^municipalities/unit_", names(nc$var), value = TRUE)
    units <- lapply(names, function(name) as.vector(ncdf4::ncvar_get(nc, name, collapse_degen = FALSE)))
    units <- stats::setNames(units, sub("^municipalities/unit_", "", names))
    for (class in intersect(c("size_class", "fiscal_class"), names(units))) {
      # a study that asks for no results by a class has no axis of it
      known <- strsplit(ncdf4::ncatt_get(nc, paste0("municipalities/unit_", class), "flag_meanings")$value, " ")[[1]]
      if (!is.null(nc$dim[[class]])) known <- as.vector(nc$dim[[class]]$vals)
      units[[class]] <- factor(known[units[[class]] + 1], known, ordered = TRUE)
    }
    data.frame(units)
  })
}

#' Parameters of the points of a design
#'
#' @param result a result or the path of one
#' @param all every number of the model, not only the uncertain ones
#' @return a data frame with one row for each `point`, numbered as in [rathaus_levels()], and one column for each uncertain
#'   number under its path, in the unit that the attribute `units` names: the X of a sensitivity analysis. Where each rival
#'   theory has an ensemble of its own, one row for each `theory` and `point`; a number that a theory does not draw has its own
#'   value there
#' @export
rathaus_parameters <- function(result, all = FALSE) {
  with_file(as_result(result), function(nc) {
    paths <- grep("^parameters/", names(nc$var), value = TRUE)
    axes <- function(n) vapply(nc$var[[n]]$dim, function(d) basename(d$name), "")
    by_theory <- "parameters/unit_cube_by_theory" %in% paths
    paths <- Filter(function(n) identical(axes(n), "point") || identical(axes(n), c("point", "alternative")), paths)
    paths <- Filter(function(n) ncdf4::ncatt_get(nc, n, "path")$hasatt, paths)
    known <- vapply(paths, function(n) ncdf4::ncatt_get(nc, n, "path")$value, "")
    names(paths) <- sub("^parameters\\.", "", known)
    if (!all) paths <- paths[sub("^parameters\\.", "", as.character(nc$dim$parameter$vals))]
    points <- data.frame(point = seq_len(nc$dim$point$len) - 1L)
    if (by_theory) {
      theories <- as.vector(nc$dim$alternative$vals)
      points <- data.frame(theory = rep(theories, each = nrow(points)), point = rep(points$point, length(theories)))
    }
    # theory by theory; what all theories share is repeated
    columns <- lapply(paths, function(n) rep_len(as.numeric(ncdf4::ncvar_get(nc, n, collapse_degen = FALSE)), nrow(points)))
    if (length(columns) > 0) points <- data.frame(points, columns, check.names = FALSE)
    attr(points, "units") <- vapply(paths, function(n) unit_of(nc, n), "")
    points
  })
}
