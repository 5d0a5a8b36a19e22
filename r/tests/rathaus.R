# What a user does, with the real program: RATHAUS names it. Without it there is nothing to test,
# unless RATHAUS_REQUIRED says that it must be there.
library(rathaus)

found <- tryCatch(rathaus_program(), rathaus_error = function(e) e)
if (inherits(found, "rathaus_error")) {
  if (nzchar(Sys.getenv("RATHAUS_REQUIRED"))) stop(found)
  message("skipped: ", conditionMessage(found))
  quit("no")
}

folder <- tempfile("rathaus")
dir.create(folder)
file <- file.path(folder, "small.toml")
writeLines(c('title = "Small"', 'model = "germany"', 'doubt = "none"', '[population]', 'units = 60', '[time]', 'quarters = 24',
             '[programme.advice]', 'from = "advice"', 'window = { first = "2022-Q1", length = 8 }', '[scenario.nothing]', 'baseline = true', 'programmes = []',
             '[scenario.advice]', 'programmes = ["advice"]', '[replicates]', 'at_least = 3'), file)
message("experiment: ", paste(rathaus_check(file), collapse = "\n"))

experiment <- rathaus_set(rathaus_experiment(file), replicates = list(at_least = 4))
stopifnot(identical(experiment$set, list("replicates.at_least" = 4)))
stopifnot(any(grepl("12 points", rathaus_check(rathaus_set(experiment, doubt = list(points = 12, replicates = 2))))))
result <- rathaus_run(experiment, file.path(folder, "small.h5"))

# Names, dates and units.
values <- rathaus_values(result, "adopters")
stopifnot(nrow(values) == 2 * 4 * 24 * 4, identical(unique(values$scenario), c("nothing", "advice")),
          identical(range(values$date), as.Date(c("2021-01-01", "2026-10-01"))), identical(attr(values, "unit"), "1"),
          setequal(values$size_class, c("<5k", "5k-20k", "20k-100k", ">=100k")))
variables <- rathaus_variables(result)
stopifnot("adopters" %in% variables$name, variables$axes[variables$name == "adopters"] == "run, quarter, size_class")

# Gains are those of the decision table: support starts in 2022, and the first five years end with 2026.
gains <- rathaus_gains(result, "adopters")
means <- summary(gains)
table <- rathaus_compare(result)
row <- table[table$section == "adoption" & table$metric == "units with AI in operation" & table$kind == "gain" &
             table$horizon == table$horizon[1], ][1, ]
last <- means[means$quarter == "2026-Q4", ]
stopifnot(isTRUE(all.equal(last$mean, row$mean)), isTRUE(all.equal(last$low, row$low)),
          isTRUE(all.equal(last$high, row$high)))
by_class <- summary(rathaus_gains(result, "adopters", by = "size_class"))
at <- by_class[by_class$quarter == last$quarter, ]
stopifnot(nrow(at) == 4, isTRUE(all.equal(sum(at$mean), last$mean)))
back <- rathaus_gains(result, "adopters", against = "advice")
stopifnot(isTRUE(all.equal(back$gain, -gains$gain)))

# Ratios by name, as the program defines them; the last of each year of the decision table.
ratio <- rathaus_metrics()
names <- ratio$variable[grepl("^ratio", ratio$tells)]
stopifnot(length(names) > 10)
for (name in names) stopifnot(nrow(rathaus_levels(result, name)) == 2 * 4 * 24)
level <- rathaus_levels(result, "mean_lock_in")
parts <- lapply(c("lock_in", "services_running"), function(name) rathaus_levels(result, name)$value)
stopifnot(isTRUE(all.equal(level$value, ifelse(parts[[2]] == 0, NA, parts[[1]] / parts[[2]]))), attr(level, "unit") == "1")
share <- rathaus_levels(result, "share_of_adopters", by = "size_class")
stopifnot(nrow(share) == 4 * nrow(level), all(share$value >= 0 & share$value <= 1, na.rm = TRUE))
net <- summary(rathaus_gains(result, "net_fiscal_effect_per_inhabitant"))
row <- table[grepl("net fiscal effect per inhabitant", table$metric) & table$kind == "gain" & table$horizon == table$horizon[1], ][1, ]
last <- net[net$quarter == "2026-Q4", ]
stopifnot(isTRUE(all.equal(c(last$mean, last$low, last$high), c(row$mean, row$low, row$high))))
stopifnot(inherits(tryCatch(rathaus_levels(result, "effective_vendors", by = "size_class"), error = identity), "rathaus_error"))

# One point: what is not known is chance.
doubt <- rathaus_doubt(result, "adopters", by = "size_class")
doubt <- doubt[order(doubt$date, match(doubt$size_class, unique(by_class$size_class))), ]
stopifnot(identical(unique(by_class$size_class), c("<5k", "5k-20k", "20k-100k", ">=100k")))
stopifnot(nrow(doubt) == 24 * 4, identical(doubt$size_class, by_class$size_class),
          isTRUE(all.equal(as.list(doubt[c("mean", "low", "high")]), as.list(by_class[c("mean", "low", "high")]))),
          all(doubt$points == 1), all(is.na(doubt$points_low)), all(doubt$positive + doubt$negative <= 1))

# Pictures: what is drawn are the means and ranges.
grDevices::pdf(NULL)
drawn <- plot(gains)
stopifnot(nrow(drawn) == 24, isTRUE(all.equal(drawn$middle, means$mean)), isTRUE(all.equal(drawn$low, means$low)),
          identical(attr(drawn, "band"), "mean, 95 % interval of 4 replicates"))
drawn <- plot(share, main = "shares", theory = "default")
stopifnot(nrow(drawn) == 2 * 24 * 4, nrow(summary(share)) == 2 * 24 * 4)
fourfold <- rbind(gains, gains, gains, gains)
fourfold$point <- rep(0:3, each = nrow(gains))
drawn <- plot(fourfold)
stopifnot(identical(attr(drawn, "band"), "median, 1st to 4th of 4 points"), isTRUE(all.equal(drawn$middle, means$mean)))
invisible(grDevices::dev.off())

# A list is what a file of its keys is.
tables <- list(title = "Small", model = "germany", doubt = "none", population = list(units = 60), time = list(quarters = 24),
               programme = list(advice = list(from = "advice", window = list(first = "2022-Q1", length = 8))),
               scenario = list(nothing = list(baseline = TRUE, programmes = list()), advice = list(programmes = list("advice"))),
               replicates = list(at_least = 4))
own <- rathaus_experiment(tables)
stopifnot(identical(rathaus_check(own)[1], "the experiment is valid"))
again <- rathaus_run(own, file.path(folder, "again.h5"))
stopifnot(identical(rathaus_levels(again, "adopters")$value, rathaus_levels(result, "adopters")$value))
by_rows <- rathaus_set(own, uncertain = list(coop_join = "range", beta_peer = "range"),
                       design = list(method = "list", values = matrix(c(0.01, 0.02, 1, 2), 2)))
stopifnot(isTRUE(all.equal(rathaus_design(by_rows), data.frame(point = 0:1, coop_join = c(0.01, 0.02), beta_peer = 1:2))))
stopifnot(any(grepl("^at_least = 4", rathaus_explain(own))), length(rathaus_explain(result)) > 100)
one <- rathaus_set(own, "scenario.advice.programmes" = I("advice"), "parameters.lock_rate" = 1e-5)
stopifnot(any(grepl("lock_rate *= 1e-05|lock_rate *= 0.00001", rathaus_explain(one))))

# What is written in Python.
page <- file.path(folder, "page.html")
rathaus_report(result, page, language = "de")
stopifnot(file.exists(page), length(rathaus_story(result, unit = "S01")) > 3)
paths <- rathaus_export(result, file.path(folder, "tables"), quarters = "2026-Q4")
stopifnot(all(file.exists(paths)), "outcomes.csv" %in% basename(paths))
stopifnot(nrow(rathaus_municipalities(result)) == 60, is.ordered(rathaus_municipalities(result)$size_class))

points <- rathaus_parameters(result, all = TRUE)
stopifnot(nrow(points) == 1, points$lock_rate > 0, attr(points, "units")[["margin_eur_pc_q"]] == "EUR/inhabitant/quarter")
stopifnot(identical(names(rathaus_parameters(result)), "point"))
varied <- rathaus_set(own, uncertain = list("programme.advice.ports.coop" = "range", coop_join = "range"),
                      design = list(method = "latin_hypercube", points = 4), replicates = list(at_least = 1))
of_points <- rathaus_run(varied, file.path(folder, "points.h5"))
stopifnot(isTRUE(all.equal(rathaus_parameters(of_points), rathaus_design(varied), check.attributes = FALSE)),
          identical(names(rathaus_parameters(of_points)), c("point", "programme.advice.ports.coop", "coop_join")))
alone <- rathaus_run(rathaus_experiment(tables[c("title", "model", "doubt", "population", "time", "replicates")]),
                     file.path(folder, "alone.h5"))

story <- rathaus_trace(result, unit = "S01")
stopifnot(is.list(story), length(story) > 0)

# Errors carry file, line and column.
writeLines(c('title = "Wrong"', 'model = "germany"', '[time]', 'quarters = -3'), file)
wrong <- tryCatch(rathaus_check(file), rathaus_error = function(e) e)
stopifnot(inherits(wrong, "rathaus_error"), wrong$status == 1, wrong$findings$line[1] == 4,
          grepl("quarters", conditionMessage(wrong)))
of_program <- wrong$findings[1, ]
stopifnot(of_program$column == 12, grepl("^time.quarters = -3 is ", of_program$problem), nzchar(of_program$reason),
          startsWith(of_program$message, paste0(of_program$problem, " (", of_program$reason, ")")))
writeLines(c('title = "Wrong"', 'model = "germany"', '[parameters]', 'lock_rat = 3'), file)
typo <- tryCatch(rathaus_check(file), rathaus_error = function(e) e$findings[1, ])
stopifnot(typo$problem == "unknown key 'parameters.lock_rat'", is.na(typo$reason), typo$suggestion == "did you mean 'lock_rate'?")
people <- file.path(folder, "people.csv")
writeLines(c("id,name,land,region,population", "1,A,L,R,many", "2,B,L,R,3000", "3,,L,R,-5"), people)
writeLines(c('title = "Wrong"', 'model = "germany"', '[population]', paste0('file = "', people, '"')), file)
rows <- tryCatch(rathaus_check(file), rathaus_error = function(e) e$findings)
stopifnot(identical(rows$line, c(2L, 4L)), identical(rows$column, c(9L, 8L)), all(rows$file == people),
          rows$suggestion[1] == "write digits only, such as 12345")
stopifnot(identical(levels(rathaus_municipalities(alone)$fiscal_class), c("weak", "middle", "strong")))
refused <- list(
  "did you mean `adopters`" = quote(rathaus_values(result, "adopter")),
  "it is by size_class" = quote(rathaus_gains(result, "adopters", by = "colour")),
  "it has one scenario only" = quote(rathaus_gains(alone, "adopters")),
  "has one scenario only" = quote(rathaus_doubt(alone, "adopters")),
  "ask for it in [output] groups" = quote(rathaus_gains(result, "adopters", by = "land")),
  "is there anyway" = quote(rathaus_gains(result, "adopters", by = "quarter")),
  "did you mean `programmes/paid`" = quote(rathaus_levels(result, "paid")),
  "is no name of a variable" = quote(rathaus_levels(result, 3)),
  "known: nothing, advice" = quote(rathaus_gains(result, "adopters", against = "nobody")),
  "unit 'nobody' is no unit" = quote(rathaus_trace(result, "nobody")),
  "run 100000 is not in the file" = quote(rathaus_trace(result, "S01", run = 100000)),
  "add overwrite = TRUE" = quote(rathaus_report(result, page)),
  "no language \"fr\" (known: en, de)" = quote(rathaus_report(result, "x.html", language = "fr")),
  "is no probability" = quote(summary(gains, level = 95)),
  "no theory \"x\"" = quote(plot(gains, theory = "x")),
  "there is no course" = quote(plot(rathaus_levels(result, "strata/count"))),
  "there is no such file" = quote(rathaus_open("nowhere.h5")),
  "is a folder" = quote(rathaus_open(folder)),
  "it is not HDF5" = quote(rathaus_open(file)),
  "is no file" = quote(rathaus_open(NULL)),
  "a value has no key" = quote(rathaus_set(own, 20)),
  "leave the key out" = quote(rathaus_set(own, replicates = list(at_least = NULL))),
  "of class function" = quote(rathaus_set(own, title = mean)),
  "an experiment is a file or a list" = quote(rathaus_experiment(3)),
  "threads = -1 is no whole number" = quote(rathaus_run(own, "x.h5", threads = -1)),
  "exists already (nothing is overwritten unasked) choose another name, or add overwrite = TRUE" =
    quote(rathaus_run(own, result$file)))
for (words in names(refused)) {
  caught <- tryCatch(eval(refused[[words]]), error = identity)
  if (!inherits(caught, "rathaus_error") || !grepl(words, conditionMessage(caught), fixed = TRUE))
    stop("expected '", words, "', got ", class(caught)[1], ": ", conditionMessage(caught))
}
own <- tryCatch(rathaus_gains(result, "adopters", against = "nobody"), rathaus_error = function(e) e$findings)
stopifnot(own$problem == 'there is no scenario "nobody"', own$suggestion == "known: nothing, advice")
