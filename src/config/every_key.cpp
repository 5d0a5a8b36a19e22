#include "config/every_key.h"

#include <array>

namespace rathaus::config {
namespace {

constexpr std::array experiment_texts{
    EveryKey{"experiment", R"(
title = "T"  # heading of results and tables: one text, or one for each language
model = "germany"  # the world: the name of an installed model, a folder, or a table of its files
use_cases = ["administration"]  # the model's use cases that a run has; default: those that every run has
[population]  # which units there are
source = "synthetic"  # made up from the recipe of the model; without it and without a file the same
unit = "administration"  # what a unit is
units = 500  # [1] how many synthetic units; default: as many as the recipe has
redraw = "never"  # whether the synthetic world is drawn anew
providers = "regions"  # what serves as IT-provider groups of synthetic units: their regions, or operators that are drawn by the recipe's shares; default: as the recipe says
[population.select]  # only these units
land = ["Sachsen"]  # of these Länder
region = ["Sachsen 1"]  # of these regions (Kreise)
[population.select.population]  # of these sizes
at_least = 1000  # [inhabitants] least size
below = 50000  # [inhabitants] size that is too large
[time]  # the run, quarter by quarter
start = "2021-Q1"  # first quarter of the results, not before the model's own start
spin_up = true  # the run begins at the start of the model, with no programmes until the results begin
quarters = 80  # [quarter] of the results; at most 240 with the spin-up
[money]  # how amounts are told
prices_of = 2025  # [year] price year, a label of results
discount = 0.015  # rate at which the future counts less, in cost per additional unit
[parameters]  # numbers of the model, for every scenario; the same list as `rathaus parameters`
[coefficients]  # further numbers of the model's equations, for every scenario
[structure]  # the choice among rival rules (section 7.6 of the ODD)
[series]  # what happens outside the model, over time
compliance_from = "2026-Q3"  # quarter in which the duties of deployers begin
[replicates]  # how often chance is drawn anew
at_least = 1  # [1] how many replicates; exactly so many unless there is a rule
at_most = 1000000  # [1] how many replicates at most, if the rule is not met; goes with until
[replicates.until]  # the study ends when the gain of every scenario is known that well
indicator = "adopters"  # variable or ratio that is judged (`rathaus metrics` lists them)
quarter = "2030-Q4"  # when it is judged
half_width = 25  # [of the indicator] half of the interval of the paired gain
confidence = 0.95  # of that interval
[random]  # chance
seed = 1  # from which all chance of the study is derived
[output]  # what a result keeps
groups = ["land"]  # classes that sums are kept by, beside size_class
fixed_demand = true  # every run once more with demand held fixed, which tells the rebound
first_operation = true  # for each run and unit the quarter of its first service
[output.panel]  # some runs, recorded unit by unit
replicates = [0]  # which replicates; default: the first
every = 4  # [quarter] how often
[programme.NAME]  # a support programme, called by its name in scenarios
from = "advice"  # row of the model's catalogue whose gains and cost it takes, with their evidence
field = "competences"  # the study's field of action that it belongs to; needed without from
early_start = "allowed"  # whether what was begun before the award can be supported
wait = 0.5  # share of own launches that are postponed while an announced call is near
cap_per_award = 250000  # the most that one application can get
least_award = 5000  # a smaller grant is not paid, and not applied for
requires = "FIRST"  # only units that this programme, which runs too, has awarded before
joint = true  # members of a cooperation apply together
sites = 12  # [unit] a living lab: acts on that many units, drawn once
open_min = 0.6  # least openness of the vendor of a supported project, 0 proprietary to 1 portable
unit_cost = 2000  # [EUR/quarter] cost of a supported unit where nothing is applied for
[programme.NAME.label]  # what pages and tables call it: one text, or one for each language
en = "a"  # English
de = "a"  # German
[programme.NAME.ports]  # what it acts on: one number for all, or a table that gives each class its own
[programme.NAME.bonus]  # on top of the rate of a grant; what a unit meets adds up
coop = 0.1  # for members of a cooperation
weak = 0.05  # for this class
[programme.NAME.funder_cost]  # what running the programme costs its funder; without it that is not known
per_year = 80000  # [EUR] from the opening of the first call to the end of the last
per_application = 900  # [EUR] for each application
per_award = 1500  # [EUR] for each grant that is awarded
[programme.NAME.window]  # when calls are open
first = "2026-Q1"  # quarter in which the first call opens
length = 2  # [quarter] how long a call is open
every = 4  # [quarter] from the opening of one call to the next; without it there is one call
last = "2030-Q4"  # no call opens after this quarter; goes with every
announced = 2  # [quarter] how long before it opens a call is known
[programme.NAME.budget]  # the pot; without one there is no limit
per_year = 3000000  # put into the pot each year; or total
carry_over = true  # what is left of a year stays in the pot
[programme.NAME.eligible]  # who may be supported; without it all units
fiscal_below = 0.9  # [1] fiscal strength, relative to the mean, below which units are eligible
fiscal_class = ["weak"]  # fiscal classes: thirds of the units of the study by fiscal strength
land = ["Sachsen"]  # Länder
region = ["Sachsen 1"]  # regions (Kreise)
use_cases = ["administration"]  # services that are supported; default: all
coop_only = true  # only members of a cooperation
demand_only = true  # only projects of units that lack data
[programme.NAME.eligible.population]  # sizes
at_least = 1000  # [inhabitants] least size
below = 20000  # [inhabitants] size that is too large
[programme.NAME.effort]  # what an application costs the unit
application_days = 12  # work on one application, spent even if it is rejected
[programme.NAME.award]  # which applications are accepted
rule = "quota"  # first come first served; by merit; by lot; the weakest first; a share of the pot for classes; an entitlement by formula
[programme.NAME.award.reserve]  # share of the pot that is kept for a class (rule = "quota")
weak = 0.5  # share for this class
[scenario.BASE]  # a policy: which programmes run
baseline = true  # gains are against this scenario; exactly one of several has it
programmes = []  # names of the programmes that run
[scenario.NAME]  # a policy: which programmes run
programmes = ["NAME"]  # names of the programmes that run
like = "BASE"  # takes the programmes and changes of this scenario, then its own
[scenario.NAME.label]  # what pages and tables call it: one text, or one for each language
en = "b"  # English
de = "b"  # German
[scenario.NAME.change.NAME]  # keys of a programme that are others in this scenario
wait = 0.4
[[target]]  # what was to be reached, declared before the run
indicator = "adopters"  # variable or ratio that is judged (`rathaus metrics` lists them)
share = true  # the bound is a share of the class, of adopters or adopter_inhabitants
start = 0.05  # [of the indicator] where it stood, as declared
by = "2030-Q4"  # quarter in which it is judged
at_least = 0.5  # [of the indicator] value to be reached; or at_most
at_most = 0.9  # [of the indicator] value not to be exceeded
[target.group]  # class of units that is judged; default: all
size_class = "<5k"  # size class, or a list: units of any of them
fiscal_class = "weak"  # fiscal class, or a list
land = "Sachsen"  # Land, or a list
[question]  # what the study is to answer: a text alone, one for each language, or a table
metric = "adopters"  # variable, ratio or cost that verdicts and the report speak of
horizon = "2036-Q1"  # quarter they speak of; default: ten years after support starts, or the end of the run
prefer = "more"  # whether more of it is better
smallest_gain = 0.001  # a gain below it counts as none; default: a thousandth
[question.text]  # the question in words, for one or both languages
en = "?"  # English
de = "?"  # German
[question.group]  # class of units they speak of; default: all
size_class = "<5k"  # size class, or a list: units of any of them
fiscal_class = "weak"  # fiscal class, or a list
land = "Sachsen"  # Land, or a list
[uncertain]  # what is not known: numbers of the experiment and their distributions
u0 = "range"  # "range": uniform over the plausible range of the model; or a distribution
lock_rate = { uniform = [0, 0.2] }  # lowest, highest
beta_peer = { triangular = [0, 2, 4] }  # lowest, likeliest, highest
beta_value = { log_uniform = [0.2, 3] }  # lowest, highest; uniform in the logarithm
beta_risk = { normal = [0.5, 0.05] }  # mean, standard deviation; cut at the hard bounds
[uncertain.data_unit_cost_eur.lognormal]  # cut at the hard bounds
median = 150000  # [of the number] half of the values lie below
p95 = 400000  # [of the number] 95 % of the values lie below
[design]  # which points of what is not known are run
method = "latin_hypercube"  # how points are chosen
points = 8  # [1] how many points; of sobol: the base, which gives that times the number of numbers plus 2
[alternatives]  # rival theories, crossed with each other: structure, parameters, coefficients
"structure.decision_rule" = ["logit", "bass"]  # what the key is set to, two choices at least; or tables
"structure.feasibility" = [true, false]
"parameters.pilot_success" = [0.5, 0.7]
[[alternatives."parameters.hire_rate"]]
value = 0.1  # what the key is set to
[alternatives."parameters.hire_rate".with]  # what else is set along with it, by key
turnover_rate = 0.02  # to what
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
question = "?"
[population]
file = "MODEL/parameters.toml"  # units from a CSV file; or source
sha256 = "0"  # the file must be the one with this SHA-256
adjacency = "MODEL/parameters.toml"  # pairs of neighbouring units from a CSV file
adjacency_sha256 = "0"  # the file must be the one with this SHA-256
[series]
[programme.NAME]
label = "a"
field = "incentives"
window = { first = "2026-Q1" }
[programme.NAME.ports]
[programme.NAME.budget]
total = 3000000  # put into the pot once; or per_year
[scenario.NAME]
label = "b"
programmes = ["NAME"]
[uncertain]
ensemble = "MODEL/ensemble.csv"  # numbers that are known together: rows of a CSV file, or a posterior of `rathaus calibrate`; a list has one for each theory of [alternatives]
ensemble_sha256 = "0"  # the file must be the one with this SHA-256; a list, if there is one of files
)"},
    EveryKey{"experiment", R"(
model = "germany"
[title]  # heading of results and tables: one text, or one for each language
en = "T"  # English
de = "T"  # German
[question]
en = "?"  # English
de = "?"  # German
[[target]]
indicator = "adopters"
by = "2030-Q4"
at_least = 3
[target.group]
size_class = ["<5k", "5k-20k"]
fiscal_class = ["weak", "middle"]
land = ["Sachsen", "Hessen"]
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
[question]
text = "?"
[question.group]
size_class = ["<5k", "5k-20k"]
fiscal_class = ["weak", "middle"]
land = ["Sachsen", "Hessen"]
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
[uncertain]
ensemble = ["MODEL/ensemble.csv", "MODEL/ensemble.csv"]
ensemble_sha256 = ["0", "0"]
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
doubt = "none"  # what a study does not know that says nothing of it: none of it, or the doubt that the model ships; or a table; default: shipped, where the model has an ensemble for the decision rule
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
[doubt]
points = 48  # [1] how many points of each shipped ensemble; default: 48
replicates = 1  # [1] how many replicates of each point; default: 1
theories = true  # whether every decision rule that the model ships an ensemble for is a theory of the study; default: true, unless the experiment sets structure.decision_rule
effects = true  # whether effects and prices of the catalogue's programmes vary over their ranges; default: true
worlds = false  # whether each point has a synthetic world of its own (population.redraw = "point"); default: false
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
[uncertain]
u0 = "range"
[design]
method = "morris"
trajectories = 4  # [1] how many ways through the grid; morris
levels = 4  # [1] steps of the grid; morris (even) and full_factorial
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
[uncertain]
u0 = "range"
[design]
method = "list"
values = [[0.1], [0.2]]  # points, each with a value for every uncertain number in their order; or file
chance = "shared"  # whether points of a list meet the same chance events
sample = "saltelli"  # the list is a Saltelli sample of another tool
)"},
    EveryKey{"experiment", R"(
title = "T"
model = "germany"
[uncertain]
u0 = "range"
[design]
method = "list"
file = "points.csv"  # points from a CSV file with a column for every uncertain number; or values
)"},
    EveryKey{"experiment", R"(
title = "T"
[model]  # the world: the name of an installed model, a folder, or a table of its files
name = "NAME"  # how results call a model that is a table; default: model
[model.parameters.u0]  # a number of the model, one table for each
default = 0.1  # [of the number] value of an experiment that does not set it
range = [0, 1]  # [of the number] plausible range, lowest first
unit = "1"  # in which the program counts the number
symbol = "u"  # as the ODD writes it
note = ""  # what else is to be known
[model.coefficients.wage_eur]  # a further number of the model's equations, one table for each
default = 0.1  # [of the number] value of an experiment that does not set it
range = [0, 1]  # [of the number] plausible range, lowest first
unit = "1"  # in which the program counts the number
symbol = "w"  # as the ODD writes it
note = ""  # what else is to be known
[model.use_cases.column.cost_eur]  # what is known of the column as a whole
unit = "1"  # in which the program counts the column
range_factor = [0.5, 2]  # [1] plausible range of a factor on the whole column
note = ""  # what else is to be known
[[model.use_cases.use_case]]  # a service that AI can take part in
turnkey = false  # whether it is bought as a product: who runs it alone is no adopter
by_default = true  # whether a run has it that names no use_cases
archetypes = ["start_up"]  # archetypes of vendors that offer it; default: all
available_from = "2023-Q1"  # quarter from which it can be launched; default: the start of the run
note = ""  # what else is to be known
[model.vendors.column.price]  # what is known of the column as a whole
unit = "1"  # in which the program counts the column
range_factor = [0.5, 2]  # [1] plausible range of a factor on the whole column
note = ""  # what else is to be known
[[model.vendors.vendor]]  # an archetype of vendors
note = ""  # what else is to be known
[model.series.macro_factor]  # what happens outside the model, one table for each series
unit = "1"  # in which the program counts the series
path = [{ quarter = "2021-Q1", value = 1 }]  # [of the series] points, in the order of the calendar
interpolation = "linear"  # between the points of the path: the last value holds, or a straight line
note = ""  # what else is to be known
[model.series.compliance_from]  # when the duties of deployers begin
note = ""  # what else is to be known
[model.population]  # the recipe of a synthetic population
note = ""  # what else is to be known
[model.population.operators]  # units that run their IT themselves
by_default = false  # whether a synthetic population has operators where the experiment says nothing
own = [0.1, 0.2, 0.3, 0.5]  # share of the units of each of the four size classes that run their IT themselves
[[model.population.land]]  # one Land
operators = { count = 10, largest = [0.5, 0.2] }  # who runs the IT of the others: how many, and the shares of the largest
inhabitants = [1]  # [inhabitants] of all administrations of a size class together; without it sizes are drawn
[[model.population.land.cities]]  # those of the largest classes by name
name = "Kiel"  # how the unit is called
inhabitants = 246601  # [inhabitants] its size
[model.country]  # what a study starts from where the experiment says nothing else
start = "2021-Q1"  # first quarter of a run
prices_of = 2025  # price year of the model's amounts
discount = 0.015  # rate at which the future counts less
note = ""  # what else is to be known
[model.programmes.advice]  # a row of the catalogue of programmes
title = "T"
[model.programmes.advice.ports.aware]  # the gain at a port
default = 0.1  # [of the number] value of an experiment that does not set it
range = [0, 1]  # [of the number] plausible range, lowest first
unit = "1"  # in which the program counts the number
symbol = "g"  # as the ODD writes it
note = ""  # what else is to be known
[model.programmes.advice.unit_cost]  # cost of a supported unit
default = 0.1  # [of the number] value of an experiment that does not set it
range = [0, 1]  # [of the number] plausible range, lowest first
unit = "1"  # in which the program counts the number
symbol = "c"  # as the ODD writes it
note = ""  # what else is to be known
)"},
    EveryKey{"calibration", R"(
title = "T"
model = "germany"
[uncertain]
u0 = "range"
[calibration]  # stands in the place of [design] and [alternatives]: priors are those of [uncertain]
method = "smc"  # smc: generations with falling tolerance; screen: one, from what the prior shows of each pattern
patterns = "MODEL/patterns.toml"  # file of patterns; default: that of the model's folder
use = ["P1a"]  # ids of the patterns that are fitted; default: all of role calibration
particles = 1000  # [1] how many vectors a generation accepts
quantile = 0.5  # [1] of the distances of a generation: the tolerance of the next
tolerance = 1  # [1] the calibration ends when every accepted vector is that close
[calibration.stop]  # when it ends at the latest
acceptance = 0.01  # [1] share of accepted vectors below which it ends
simulations = 100000  # [1] runs
generations = 20  # [1] generations
)"},
    EveryKey{"calibration", R"(
title = "T"
model = "germany"
[uncertain]
u0 = "range"
[calibration]
method = "screen"
training = 5000  # [1] of a screen: vectors of the prior, and as many again, that it is made of
)"},
    EveryKey{"patterns.toml", R"(
replicates = 20  # how many runs show the patterns on their own model
[[pattern]]  # something that is seen in the world
role = "validation"
note = "n"  # what else is to be known of the evidence
experiment = "e.toml"  # experiment on which it is judged; default: the model as it is
statistic = "ordering"
along = "size_class"
direction = "rises"  # in which way the classes are in order
quarter = "2024-Q4"  # when it is looked at; or quarters
at_least = 0.0  # values from this one on agree
scale = 0.05  # a miss of at_least or at_most by so much counts as one step
[pattern.of]  # the term that the statistic is about
sum = "adopters"
per = "units"  # what the sum is divided by: variables of the same classes, or a table with classes of its own
scenario = "advice"  # scenario that is looked at; default: the baseline
quarter = "2024-Q4"  # another quarter than that of the pattern
size_class = ["<5k", "5k-20k"]  # classes along an axis of the variables, one or a list, such as size_class, land or constraint; default: all
[[pattern]]
statistic = "lead"
quarters = ["2022-Q1", "2024-Q4"]  # first and last quarter, both included; or quarter
level = 0.5  # what is to be reached; of lead: a share of the rise
between = [1, 2]  # values between these two agree, lowest first
target = 1.5  # value that agrees best; default: the middle
[pattern.of]
sum = "adopters"
quarters = ["2022-Q1", "2024-Q4"]  # other quarters than those of the pattern
[pattern.of.per]
sum = "units"
size_class = "<5k"  # the same for what the sum is divided by
[pattern.to]  # the term that follows, that the other is divided by, or whose log-odds are taken off
sum = "adopters"
[[pattern]]
statistic = "ratio"
target = 1.5
tolerance = 0.5  # how far from the target a value may be
[[pattern]]
statistic = "weighted_mean"
[[pattern.parts]]  # shares whose weighted mean is the statistic; each a term
weight = 0.5  # share of the part in the sample; the weights of a pattern sum to 1
[[pattern]]
statistic = "ratio"
at_most = 2  # values up to this one agree
[[pattern]]
not_held = "n"  # why no result can tell; stands in the place of a statistic
)"},
};

}  // namespace

std::span<const EveryKey> experiments() {
  return experiment_texts;
}

}  // namespace rathaus::config
