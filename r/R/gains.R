# What a programme changed, pair by pair.

#' Paired gains
#'
#' Every run of a scenario has a partner: the run of the baseline under the same theory, point and
#' replicate, and so under the same chance events. A gain is the difference of the two.
#'
#' @param result a result or the path of one
#' @param variable name of a variable of the runs
#' @param by names of axes to keep, such as `"size_class"`; the others are summed over
#' @param against scenario to compare with; the baseline of the study if `NULL`
#' @return a data frame of class `rathaus_gains`, one row for each pair, quarter and cell: `scenario`,
#'   `theory`, `point`, `replicate`, `quarter`, `date`, the axes of `by`, and `gain` in the unit of the
#'   variable (attribute `unit`). `summary()` gives means and intervals.
#' @export
rathaus_gains <- function(result, variable, by = NULL, against = NULL) {
  result <- as_result(result)
  values <- rathaus_values(result, variable)
  scenarios <- unique(values$scenario)
  if (is.null(against)) against <- result$baseline
  if (!against %in% scenarios)
    stop_with("there is no scenario \"", against, "\" (known: ", paste(scenarios, collapse = ", "), ")")
  own <- c("scenario", "theory", "point", "replicate", "quarter", "date")
  axes <- setdiff(names(values), c(own, "value"))
  unknown <- setdiff(by, axes)
  if (length(unknown) > 0)
    stop_with("`", variable, "` has no axis ", paste(unknown, collapse = ", "), " (known: ",
              paste(axes, collapse = ", "), ")")
  keys <- intersect(c(own, by), names(values))
  sums <- stats::aggregate(values["value"], values[keys], sum)
  partner <- sums[sums$scenario == against, setdiff(names(sums), "scenario")]
  names(partner)[names(partner) == "value"] <- "without"
  others <- sums[sums$scenario != against, ]
  gains <- merge(others, partner, by = setdiff(keys, "scenario"))
  gains$gain <- gains$value - gains$without
  gains <- gains[do.call(order, gains[c("scenario", "theory", "point", "replicate", intersect("date", keys), by)]),
                 c(keys, "gain")]
  row.names(gains) <- NULL
  structure(gains, class = c("rathaus_gains", "data.frame"), unit = attr(values, "unit"), by = by)
}

#' Means of paired gains
#'
#' @param object gains from [rathaus_gains()]
#' @param level probability of the interval
#' @param ... not used
#' @return a data frame with one row for each scenario, theory, quarter and cell: `mean` with `low` and
#'   `high`, the t interval over replicates after points were averaged, as in [rathaus_compare()] (chance
#'   alone; `NA` with one replicate), `p05` and `p95` of the pairs (chance and ignorance together), and
#'   `pairs`, their number
#' @export
summary.rathaus_gains <- function(object, level = 0.95, ...) {
  keys <- setdiff(names(object), c("point", "replicate", "gain"))
  rows <- as.data.frame(object)
  one <- function(chosen) {
    gain <- rows$gain[chosen]
    means <- tapply(gain, rows$replicate[chosen], mean)
    half <- if (length(means) > 1) stats::qt((1 + level) / 2, length(means) - 1) * stats::sd(means) / sqrt(length(means)) else NA
    spread <- stats::quantile(gain, c(0.05, 0.95), names = FALSE)
    c(mean = mean(means), low = mean(means) - half, high = mean(means) + half, p05 = spread[1], p95 = spread[2],
      pairs = length(gain))
  }
  groups <- stats::aggregate(list(chosen = seq_len(nrow(rows))), rows[keys], one)
  groups <- data.frame(groups[keys], groups$chosen)
  groups <- groups[do.call(order, groups[intersect(c("scenario", "theory", "date", attr(object, "by")), keys)]), ]
  row.names(groups) <- NULL
  groups
}
