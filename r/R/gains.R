# What a programme changed, pair by pair.

#' Levels
#'
#' @param result a result or the path of one
#' @param variable name of a variable of the runs, or of a ratio, see [rathaus_metrics()]
#' @param by names of axes to keep, such as `"size_class"`; the others are summed over
#' @return a data frame of class `rathaus_levels`, one row for each run, quarter and cell: `scenario`, `theory`, `point`, `replicate`,
#'   `date`, `quarter`, the axes of `by`, and `value` in the unit that the attribute `unit` names; `NA` where a
#'   ratio has nothing to divide by. `summary()` gives means and intervals, `plot()` a picture
#' @export
rathaus_levels <- function(result, variable, by = NULL) {
  cube <- cube_of(as_result(result), variable, by)
  structure(tidy(cube, "value"), class = c("rathaus_levels", "data.frame"), unit = cube$unit, meaning = cube$meaning, by = by)
}

#' Paired gains
#'
#' Every run of a scenario has a partner: the run of the baseline under the same theory, point and
#' replicate, and so under the same chance events. A gain is the difference of the two.
#'
#' @param result a result or the path of one
#' @param variable name of a variable of the runs, or of a ratio, see [rathaus_metrics()]
#' @param by names of axes to keep, such as `"size_class"`; the others are summed over
#' @param against scenario to compare with; the baseline of the study if `NULL`
#' @return a data frame of class `rathaus_gains`, one row for each pair, quarter and cell: `scenario`,
#'   `theory`, `point`, `replicate`, `date`, `quarter`, the axes of `by`, and `gain` in the unit of the
#'   variable (attribute `unit`). `summary()` gives means and intervals, `plot()` a picture.
#' @export
rathaus_gains <- function(result, variable, by = NULL, against = NULL) {
  pairs <- pairs_of(result, variable, by, against)
  structure(tidy(pairs, "gain"), class = c("rathaus_gains", "data.frame"), unit = pairs$unit, meaning = pairs$meaning, by = by,
            against = if (is.null(against)) as_result(result)$baseline else against)
}

#' Means of levels and of paired gains
#'
#' @param object gains from [rathaus_gains()], or levels from [rathaus_levels()]
#' @param level probability of the interval
#' @param ... not used
#' @return a data frame with one row for each scenario, theory, quarter and cell: `mean` with `low` and
#'   `high`, the t interval over replicates after points were averaged, as in [rathaus_compare()] (chance
#'   alone; `NA` with one replicate), `p05` and `p95` of the pairs (chance and ignorance together), and
#'   `pairs`, their number
#' @export
summary.rathaus_gains <- function(object, level = 0.95, ...) {
  means_of(object, level)
}

#' @rdname summary.rathaus_gains
#' @export
summary.rathaus_levels <- function(object, level = 0.95, ...) {
  names(object)[names(object) == "value"] <- "gain"
  means_of(object, level)
}

means_of <- function(object, level) {
  if (!is.numeric(level) || length(level) != 1 || is.na(level) || level <= 0 || level >= 1)
    stop_with("level = ", shown(level), " is no probability", suggestion = "write 0.95")
  keys <- setdiff(names(object), c("point", "replicate", "gain"))
  rows <- as.data.frame(object)
  one <- function(chosen) {
    gain <- rows$gain[chosen]
    means <- tapply(gain, rows$replicate[chosen], mean)
    means <- means[!is.na(means)]
    half <- if (length(means) > 1) stats::qt((1 + level) / 2, length(means) - 1) * stats::sd(means) / sqrt(length(means)) else NA
    spread <- stats::quantile(gain, c(0.05, 0.95), names = FALSE, na.rm = TRUE)
    c(mean = mean(means), low = mean(means) - half, high = mean(means) + half, p05 = spread[1], p95 = spread[2],
      pairs = length(gain))
  }
  groups <- stats::aggregate(list(chosen = seq_len(nrow(rows))), rows[keys], one)
  groups <- data.frame(groups[keys], groups$chosen)
  in_order_of(groups, rows, intersect(c("scenario", "theory", "date", attr(object, "by")), keys))
}

#' Groups in the order in which their rows came: scenarios as in the study, classes from small to large.
#' @noRd
in_order_of <- function(groups, rows, keys) {
  groups <- groups[do.call(order, lapply(keys, function(key) match(groups[[key]], unique(rows[[key]])))), ]
  row.names(groups) <- NULL
  groups
}
