# The usual pictures.

#' Courses with their ranges
#'
#' Where a study has several points of what is not known, a line is their median and its band holds their middle (the 2nd to the
#' 47th of 48): chance and ignorance together. Else a line is the mean and its band the 95 % interval over replicates: chance
#' alone. The legend says which.
#'
#' @param x gains from [rathaus_gains()], or levels from [rathaus_levels()]
#' @param theory one of the rival theories; the first if `NULL`
#' @param ... for [graphics::plot()], such as `main` or `ylim`
#' @return the numbers that are drawn: a data frame with `scenario`, `date`, the axes of `by`, `middle`, `low` and `high`,
#'   invisibly
#' @export
plot.rathaus_gains <- function(x, theory = NULL, ...) {
  drawn <- draw(x, theory, paste("gain over", attr(x, "against")), ...)
  graphics::abline(h = 0)
  invisible(drawn)
}

#' @rdname plot.rathaus_gains
#' @export
plot.rathaus_levels <- function(x, theory = NULL, ...) {
  names(x)[names(x) == "value"] <- "gain"
  invisible(draw(x, theory, "", ...))
}

draw <- function(x, theory, title, ...) {
  if (!"date" %in% names(x)) stop_with("there is no course to draw", suggestion = "take a variable of quarters")
  theories <- unique(x$theory)
  theory <- if (is.null(theory)) theories[1] else one_of("theory", theory, theories)
  by <- attr(x, "by")
  meaning <- attr(x, "meaning")
  unit <- attr(x, "unit")
  rows <- as.data.frame(x)[x$theory == theory, ]
  drawn <- ranges_of(rows, by)
  lines <- interaction(drawn[c("scenario", by)], drop = TRUE, sep = " \u00b7 ", lex.order = TRUE)
  lines <- factor(lines, unique(as.character(lines)))
  colours <- grDevices::palette.colors(max(nlevels(lines), 2), if (nlevels(lines) > 9) "Polychrome 36" else "Okabe-Ito")
  told <- list(xlab = "", ylab = if (unit %in% c("", "1")) meaning else paste0(meaning, " [", unit, "]"), main = title,
               ylim = range(drawn$middle, drawn$low, drawn$high, if (nzchar(title)) 0, na.rm = TRUE))
  told <- utils::modifyList(told, list(...))
  do.call(graphics::plot, c(list(range(drawn$date), told$ylim, type = "n"), told))
  for (k in seq_len(nlevels(lines))) {
    one <- drawn[as.integer(lines) == k, ]
    known <- one[!is.na(one$low), ]
    graphics::polygon(c(known$date, rev(known$date)), c(known$low, rev(known$high)), border = NA,
                      col = grDevices::adjustcolor(colours[k], 0.2))
    graphics::lines(one$date, one$middle, col = colours[k], lwd = 2)
  }
  graphics::legend("topleft", legend = levels(lines), col = colours[seq_len(nlevels(lines))], lwd = 2,
                   title = attr(drawn, "band"), cex = 0.8, box.lty = 0, bg = grDevices::adjustcolor("white", 0.7))
  drawn
}

#' Middle, low and high of each scenario, quarter and cell.
#' @noRd
ranges_of <- function(rows, by) {
  points <- length(unique(rows$point))
  replicates <- length(unique(rows$replicate))
  keys <- c("scenario", by, "date")
  one <- function(chosen) {
    values <- rows$gain[chosen]
    if (points > 1) {
      middle <- tapply(values, rows$point[chosen], mean)
      middle <- sort(middle[!is.na(middle)])
      n <- length(middle)
      rank <- max(1, (2 * n) %/% 48)
      return(c(stats::median(middle), if (n > 1) middle[c(rank, n + 1 - rank)] else c(NA, NA)))
    }
    values <- values[!is.na(values)]
    n <- length(values)
    half <- if (n > 1) stats::qt(0.975, n - 1) * stats::sd(values) / sqrt(n) else NA
    mean(values) + c(0, -half, half)
  }
  groups <- stats::aggregate(list(chosen = seq_len(nrow(rows))), rows[keys], one)
  drawn <- data.frame(groups[keys], stats::setNames(data.frame(groups$chosen), c("middle", "low", "high")))
  drawn <- in_order_of(drawn, rows, keys)
  rank <- max(1, (2 * points) %/% 48)
  attr(drawn, "band") <- if (points > 1) sprintf("median, %s to %s of %d points", nth(rank), nth(points + 1 - rank), points)
                         else if (replicates > 1) sprintf("mean, 95 %% interval of %d replicates", replicates) else "one run"
  drawn
}

nth <- function(n) paste0(n, if (n %% 100 %in% 11:13) "th" else switch(as.character(n %% 10), "1" = "st", "2" = "nd", "3" = "rd", "th"))
