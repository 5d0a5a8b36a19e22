# A variable or a ratio of the runs as an array, and the pairs that gains are made of.

#' Values summed over all axes but those of `by`, those of time and the run.
#' @return list: `values` (array of `by`, time, run, in this order), `axes` (labels of all but the run),
#'   `runs` (what each run is, in the order of the array), `unit`, `meaning`
#' @noRd
cube_of <- function(result, name, by) {
  named <- function(thing) is.character(thing) && length(thing) == 1 && !is.na(thing)
  if (!named(name)) stop_with(shown(name), " is no name of a variable", reason = "one text such as \"adopters\" is needed")
  there <- intersect(by, c("run", "quarter", "date", "horizon", "scenario", "theory", "point", "replicate"))
  if (length(there) > 0)
    stop_with("`", name, "`: by = \"", there[1], "\" is there anyway", suggestion = "leave it out, and choose among the rows")
  runs <- runs_of(result)
  cube <- with_file(result, function(nc) {
    path <- path_of(nc, name, by)
    if (!is.null(path)) return(summed(nc, path, by))
    ratio <- ratio_named(name, result$program)
    if (is.null(ratio))
      stop_with("there is no variable `", name, "` of the runs",
                suggestion = nearest(name, c(of_runs(nc), ratio_names(result$program))))
    quotient(nc, ratio, by)
  })
  if (!"run" %in% names(cube$axes))
    stop_with("`", name, "` is the same in every run", suggestion = "divide by it, or read it with rathaus_municipalities()")
  own <- which(!runs$twin)
  flat <- matrix(cube$values, ncol = nrow(runs))[, own, drop = FALSE]
  cube$axes$run <- NULL
  cells <- expand.grid(cube$axes, KEEP.OUT.ATTRS = FALSE, stringsAsFactors = FALSE)
  if (length(cube$axes) == 0) cells <- data.frame(row.names = seq_len(nrow(flat)))
  if ("quarter" %in% names(cells)) cells$date <- first_day(cells$quarter)
  list(values = flat, cells = cells[rev(names(cells))], runs = runs[own, ], unit = cube$unit, meaning = cube$meaning)
}

axes_of <- function(variable) vapply(variable$dim, function(d) basename(d$name), "")

#' The variable that has the axes of `by`, as those of a group stand in `adopters_by_land`; `NULL` if there is none of
#' that name.
#' @noRd
path_of <- function(nc, name, by) {
  paths <- intersect(c(name, if (length(by) > 0) paste0(name, "_by_", by)), names(nc$var))
  if (length(paths) == 0) return(NULL)
  fitting <- Filter(function(path) all(by %in% axes_of(nc$var[[path]])), paths)
  if (length(fitting) > 0) return(fitting[1])
  known <- setdiff(unlist(lapply(paths, function(path) axes_of(nc$var[[path]]))), c("run", "quarter", "horizon"))
  missing <- setdiff(by, known)
  stop_with("`", name, "` is not known by ", paste(if (length(missing) > 0) missing else by, collapse = ", "),
            reason = if (length(known) > 0) paste("it is by", paste(sort(unique(known)), collapse = ", ")) else "it has no classes",
            suggestion = if (any(missing %in% c("land", "fiscal_class"))) "ask for it in [output] groups"
                         else if (length(known) > 0) "take one of them" else "take it without `by`")
}

summed <- function(nc, path, by) {
  variable <- nc$var[[path]]
  axes <- axes_of(variable)
  kept <- c(by, intersect(c("quarter", "horizon"), axes), intersect("run", axes))
  gone <- setdiff(axes, kept)
  values <- ncdf4::ncvar_get(nc, path, collapse_degen = FALSE)
  storage.mode(values) <- "double"
  values <- aperm(values, match(c(gone, kept), axes))
  extent <- dim(values)[seq_along(kept) + length(gone)]
  if (length(kept) == 0) values <- sum(values)
  else if (length(gone) > 0) values <- array(colSums(matrix(values, ncol = prod(extent))), extent)
  labels <- lapply(variable$dim[match(kept, axes)], function(d) axis_values(nc, d))
  list(values = values, axes = stats::setNames(labels, kept), unit = unit_of(nc, path), meaning = variable$longname)
}

#' A ratio of the program's list: sums over sums, class by class.
#' @noRd
quotient <- function(nc, ratio, by) {
  parts <- list(of = part_of(nc, ratio$of, by, ratio$so_far), per = part_of(nc, ratio$per, by, ratio$so_far))
  whole <- Filter(function(part) "run" %in% names(part$axes), parts)[[1]]
  spread <- lapply(parts, function(part) spread_over(part, whole))
  spread$per[!is.na(spread$per) & spread$per == 0] <- NA
  list(values = spread$of / spread$per, axes = whole$axes, unit = ratio$unit, meaning = ratio$meaning)
}

#' A part over the axes of another: what has no run, or no quarter, is the same in each.
#' @noRd
spread_over <- function(part, whole) {
  if (identical(names(part$axes), names(whole$axes)) || !"run" %in% names(part$axes))
    return(array(part$values, dim(whole$values)))
  missing <- setdiff(names(whole$axes), names(part$axes))
  wide <- array(part$values, c(dim(part$values), dim(whole$values)[match(missing, names(whole$axes))]))
  aperm(wide, match(names(whole$axes), c(names(part$axes), missing)))
}

part_of <- function(nc, terms, by, so_far) {
  if (nrow(terms) == 0) return(list(values = 1, axes = list()))
  total <- NULL
  for (i in seq_len(nrow(terms))) {
    path <- path_of(nc, paste0("run_", terms$variable[i]), by)    # each run's own, where worlds were drawn anew
    if (is.null(path)) path <- path_of(nc, terms$variable[i], by)
    if (is.null(path)) stop_with("the result has no variable `", terms$variable[i], "`")
    term <- summed(nc, path, by)
    if (so_far && "quarter" %in% names(term$axes)) term$values <- cumulated(term$values, match("quarter", names(term$axes)))
    term$values <- terms$factor[i] * term$values
    if (!is.null(total)) term$values <- term$values + total$values
    total <- term
  }
  total
}

cumulated <- function(values, along) {
  if (dim(values)[along] < 2) return(values)
  others <- setdiff(seq_along(dim(values)), along)
  aperm(array(apply(values, others, cumsum), dim(values)[c(along, others)]), order(c(along, others)))
}

#' Every run beside its partner.
#' @return as of `cube_of`, `values` less those of the partner, without the runs of `against`
#' @noRd
pairs_of <- function(result, name, by, against) {
  result <- as_result(result)
  cube <- cube_of(result, name, by)
  scenarios <- unique(cube$runs$scenario)
  if (length(scenarios) < 2)
    stop_with("there is no gain", reason = "it has one scenario only", suggestion = "add scenarios to the experiment",
              file = result$file)
  if (is.null(against)) against <- result$baseline
  if (!against %in% scenarios)
    stop_with("there is no scenario \"", against, "\"", suggestion = paste("known:", paste(scenarios, collapse = ", ")))
  case <- paste(cube$runs$theory, cube$runs$point, cube$runs$replicate, sep = "\r")
  reference <- which(cube$runs$scenario == against)
  partner <- reference[match(case, case[reference])]
  own <- which(cube$runs$scenario != against & !is.na(partner))
  runs <- cube$runs[own, ]
  own <- own[order(match(runs$scenario, scenarios), match(runs$theory, unique(runs$theory)), runs$point, runs$replicate)]
  cube$values <- cube$values[, own, drop = FALSE] - cube$values[, partner[own], drop = FALSE]
  cube$runs <- cube$runs[own, ]
  cube
}

#' One row for each run and cell.
#' @noRd
tidy <- function(cube, value) {
  run <- rep(seq_len(nrow(cube$runs)), each = nrow(cube$cells))
  cell <- rep(seq_len(nrow(cube$cells)), times = nrow(cube$runs))
  table <- data.frame(cube$runs[run, c("scenario", "theory", "point", "replicate")], cube$cells[cell, , drop = FALSE],
                      row.names = NULL)
  table[[value]] <- as.vector(cube$values)
  table
}
