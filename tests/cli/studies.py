"""Pieces of the small studies that several tests run."""

# Advice, beside the world without it.
ADVICE = """[programme.advice]
from = "advice"
window = { first = "2022-Q1", length = 20 }
budget = { per_year = 300_000 }
[scenario.none]
baseline = true
programmes = []
[scenario.advice]
programmes = ["advice"]
"""
THREE_POINTS = """[uncertain]
u0 = "range"
[design]
method = "latin_hypercube"
points = 3
"""
RIVALS = """[alternatives]
"structure.decision_rule" = ["logit", "payback"]
"""
# The one pattern of p.toml, for a calibration of few quarters.
PATTERN = """[[pattern]]
id = "adopters"
title = "share of adopters"
role = "calibration"
grade = "D"
source = "made for the test"
statistic = "ratio"
of = { sum = "adopters", per = "units" }
quarter = "2022-Q4"
target = 0.1
tolerance = 0.05
"""
