# What is not known of a gain.

#' Chance and ignorance apart
#'
#' @param result a result or the path of one
#' @param variable name of a variable of the runs, or of a ratio, see [rathaus_metrics()]
#' @param by names of axes to keep, such as `"size_class"`; the others are summed over
#' @param against scenario to compare with; the baseline of the study if `NULL`
#' @return a data frame, one row for each scenario, theory, quarter and cell. `mean` with `low` and `high`: the
#'   95 % interval by chance over replicates (`NA` with one). `points_low` and `points_high`: the middle of the
#'   points of the design after their replicates are averaged (the 2nd to the 47th of 48; `NA` with one point),
#'   which is ignorance, and with few replicates chance in it, too. `positive` and `negative` count the points,
#'   `points` all of them. `part_of_chance`: the share of the variance between points that replicates explain.
#' @export
rathaus_doubt <- function(result, variable, by = NULL, against = NULL) {
  pairs <- pairs_of(result, variable, by, against)
  groups <- unique(pairs$runs[c("scenario", "theory")])
  rows <- lapply(seq_len(nrow(groups)), function(i) {
    own <- pairs$runs$scenario == groups$scenario[i] & pairs$runs$theory == groups$theory[i]
    told <- doubt_of(pairs$values[, own, drop = FALSE], pairs$runs$point[own], pairs$runs$replicate[own])
    data.frame(groups[rep(i, nrow(told)), ], pairs$cells, told, row.names = NULL)
  })
  structure(do.call(rbind, rows), unit = pairs$unit, by = by)
}

#' @param gain matrix: a row for each cell, a column for each run
#' @noRd
doubt_of <- function(gain, point, replicate) {
  points <- sort(unique(point))
  replicates <- sort(unique(replicate))
  of_point <- per_group(gain, point, points, function(block) rowMeans(block, na.rm = TRUE))
  of_point[is.nan(of_point)] <- NA
  # a replicate that lacks a point is left out
  of_replicate <- per_group(gain, replicate, replicates, function(block)
    if (ncol(block) < length(points)) rep(NA_real_, nrow(block)) else rowMeans(block))
  n <- rowSums(!is.na(of_replicate))
  mean <- rowMeans(of_replicate, na.rm = TRUE)
  half <- ifelse(n > 1, stats::qt(0.975, pmax(n - 1, 1)) * row_deviation(of_replicate) / sqrt(n), NA)
  known <- rowSums(!is.na(of_point))
  ordered <- t(apply(of_point, 1, sort, na.last = TRUE))
  if (length(points) == 1) ordered <- of_point
  rank <- pmax(1, (2 * known) %/% 48)
  at <- function(place) ifelse(known > 1, ordered[cbind(seq_len(nrow(ordered)), pmax(1, place))], NA)
  chance <- rep(NA_real_, nrow(gain))
  if (length(points) > 1 && length(replicates) > 1) {
    within <- rowMeans(per_group(gain, point, points, function(block) row_deviation(block)^2), na.rm = TRUE)
    counted <- rowMeans(per_group(gain, point, points, function(block) rowSums(!is.na(block))))
    between <- row_deviation(of_point)^2
    chance <- ifelse(between > 0, pmin(pmax(within / counted / between, 0), 1), NA)
  }
  data.frame(mean = mean, low = mean - half, high = mean + half, points_low = at(rank), points_high = at(known + 1 - rank),
             positive = rowSums(of_point > 0, na.rm = TRUE), negative = rowSums(of_point < 0, na.rm = TRUE),
             points = known, part_of_chance = chance)
}

#' What `act` makes of the columns of each group: a column each.
#' @noRd
per_group <- function(values, group, groups, act) {
  matrix(vapply(groups, function(one) as.double(act(values[, group == one, drop = FALSE])), double(nrow(values))),
         nrow = nrow(values))
}

row_deviation <- function(values) {
  n <- rowSums(!is.na(values))
  sum <- rowSums((values - rowMeans(values, na.rm = TRUE))^2, na.rm = TRUE)
  ifelse(n > 1, sqrt(sum / pmax(n - 1, 1)), NA)
}
