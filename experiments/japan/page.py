"""The tables and the figure of models/japan/README.md, from outcome.csv and nothing else."""

import csv
import math
from pathlib import Path

BEGIN, END = "<!-- from outcome.csv -->\n", "<!-- end -->\n"
LAWS = ("lognormal", "equal", "log_uniform")
PREDICTED = (2023, 2024)
RIVALS = ("Bass, ceiling 1", "Bass, free ceiling", "no change")


class Outcome:
    """Rows of outcome.csv by (table, item, group, year): (value, low, high)."""

    def __init__(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            self.rows = {(row["table"], row["item"], row["group"], row["year"]):
                         (row["value"], row["low"], row["high"]) for row in csv.DictReader(file)}

    def value(self, *key):
        return float(self.rows[tuple(map(str, key))][0])

    def band(self, *key):
        return tuple(map(float, self.rows[tuple(map(str, key))]))

    def items(self, table, group):
        return [item for t, item, g, _ in self.rows if t == table and g == group]

    def share(self, item, group, year):
        return self.band("share", item, group, year)

    def seen(self, group, year):
        return self.value("share", "observed", group, year)

    def error(self, item, year):
        """Predicted minus observed, other municipalities, in points."""
        return 100 * (self.value("share", item, "other", year) - self.seen("other", year))

    def growth(self, item):
        """Of other municipalities from 2022 to 2024, in points; nothing if there is no curve to grow."""
        if item == "no change":
            return 0.0
        return 100 * (self.value("share", item, "other", 2024) - self.value("share", item, "other", 2022))

    def rmse(self, item):
        return math.sqrt(sum(self.error(item, year) ** 2 for year in PREDICTED) / len(PREDICTED))


def percent(share, digits=1):
    return f"{100 * share:.{digits}f}"


def with_band(values, digits=1):
    middle, low, high = (percent(value, digits) for value in values)
    return f"{middle} ({low} to {high})"


def table(head, lines):
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in (head, rule, *lines)) + "\n"


def inside(out, group, year):
    """Whether the census lies within the 90 % interval of the model."""
    _, low, high = out.share("lognormal", group, year)
    return "yes" if low <= out.seen(group, year) <= high else "no"


def errors(out):
    lines = []
    for item, name in (("lognormal", "model"), *((rival, rival) for rival in RIVALS)):
        held = "–"
        if item == "lognormal":
            held = ", ".join(inside(out, "other", year) for year in PREDICTED)
        lines.append((name, *(f"{out.error(item, year):+.1f}" for year in PREDICTED), f"{out.rmse(item):.1f}",
                      held, f"{out.growth(item):+.1f}"))
    lines.append(("census", "–", "–", "–", "–", f"{out.growth('observed'):+.1f}"))
    return table(("forecast", "error 2023", "error 2024", "root mean square", "inside the 90 % interval",
                  "growth 2022 to 2024"), lines)


def verdict(out):
    ranked = sorted(("lognormal", *RIVALS), key=out.rmse)
    place = ("first", "second", "third", "last")[ranked.index("lognormal")]
    names = ("the model" if item == "lognormal" else item for item in ranked)
    order = ", ".join(f"{name} {out.rmse(item):.1f}" for name, item in zip(names, ranked))
    missed = [100 * (out.value("share", "lognormal", "other", year) - out.seen("other", year))
              for year in range(2019, 2023)]
    fitted = ", ".join(f"{miss:+.1f}" for miss in missed)
    return (f"By root mean square error over the two years the model comes {place} of four: {order}. "
            f"In the fitted years 2019 to 2022 its median is off by {fitted} points, so that levels and "
            "growth must be judged apart: the last column.\n\n")


def course(out):
    items = ("lognormal", "nothing fitted", "Bass, ceiling 1", "Bass, free ceiling")
    lines = []
    for year in range(2018, 2025):
        role = "predicted" if year in PREDICTED else "fitted" if year > 2018 else "not fitted"
        model, unfitted = (out.share(item, "other", year) for item in items[:2])
        curves = [percent(out.value("share", item, "other", year)) for item in items[2:]]
        still = percent(out.value("share", "no change", "other", year)) if year in PREDICTED else "–"
        lines.append((year, role, percent(out.seen("other", year), 0), with_band(model), percent(unfitted[0]),
                      *curves, still))
    return table(("end of", "role", "observed", "model", "German numbers, nothing fitted", *RIVALS), lines)


def designated(out):
    lines = []
    for year in range(2018, 2025):
        model, unfitted = (out.share(item, "designated", year) for item in ("lognormal", "nothing fitted"))
        lines.append((year, percent(out.seen("designated", year), 0), with_band(model, 0),
                      inside(out, "designated", year), percent(unfitted[0], 0)))
    seen = {year: out.seen("designated", year) for year in (2022, *PREDICTED)}
    middle = {year: out.share("lognormal", "designated", year)[0] for year in PREDICTED}
    missed = ", ".join(f"{100 * (middle[year] - seen[year]):+.0f}" for year in PREDICTED)
    still = ", ".join(f"{100 * (seen[2022] - seen[year]):+.0f}" for year in PREDICTED)
    dip = percent(out.value("dip", "lognormal", "designated", 2019))
    return table(("end of", "observed", "model", "inside", "German numbers, nothing fitted"), lines) + (
        f"Error in 2023 and 2024: the model {missed} points, no change {still} points.\n\n"
        f"The dip: in {dip} % of the predicted runs fewer designated cities use AI at the end of 2019 than a "
        "year before.\n\n")


def kinds(out):
    lines = [(group, *(with_band(out.share("lognormal", group, year), 0) for year in (2022, *PREDICTED)))
             for group in ("cities", "towns and villages")]
    return table(("model", "2022", "2023", "2024"), lines) + (
        "Of the census only this is known to us: 80 % of the cities and more in 2024, towns and villages far "
        "behind (secondary).\n\n")


def between_laws(out, year):
    """Between the highest and the lowest median of the assumptions on sizes."""
    medians = [100 * out.share(law, "other", year)[0] for law in LAWS]
    return max(medians) - min(medians)


def sizes(out):
    histories = out.rows["histories", "first replicate of census.toml", "", ""][0]
    counted = ("accepted vectors", "effective number", "tolerance reached", "acceptance at the end",
               "simulations")
    lines = []
    for law in LAWS:
        bands = [with_band(out.share(law, "other", year)) for year in PREDICTED]
        of = [out.value("calibration", item, law, "") for item in counted]
        lines.append((law.replace("_", "-"), *bands, f"{out.rmse(law):.1f}", f"{of[0]:.0f}", f"{of[1]:.0f}",
                      f"{of[2]:.2f}", f"{percent(of[3])} %", f"{of[4]:,.0f}"))
    return table(("sizes within a kind", *PREDICTED, "root mean square", "accepted", "worth", "tolerance",
                  "acceptance", "simulations"), lines) + (
        "The medians of the three lie within "
        f"{max(between_laws(out, year) for year in PREDICTED):.1f} points of each other.\n\n"
        f"Histories of the first replicate of `census.toml`: SHA-256 `{histories[:16]}…` (`outcome.csv`; a test "
        "computes it anew). Where it differs, the outcome is another.\n\n")


def numbers(out):
    lines = []
    for name in out.items("posterior", "lognormal"):
        bands = ["{:.3g} ({:.3g} to {:.3g})".format(*out.band(which, name, "lognormal", ""))
                 for which in ("prior", "posterior")]
        told = [f"{out.value('contraction', name, law, ''):.2f}" for law in LAWS]
        lines.append((f"`{name}`", *bands, *told))
    return table(("number", "prior", "posterior", "contraction", "equal", "log-uniform"), lines)


def curves(out):
    lines = []
    for rival in RIVALS[:2]:
        fitted = [out.value("Bass", f"{rival}: {name}", "other", "") for name in ("p", "q", "ceiling")]
        lines.append((rival, *(f"{number:.3f}" for number in fitted)))
    return table(("curve", "p [1/year]", "q [1/year]", "ceiling"), lines)


def text(out):
    """What stands in README.md between the two marks."""
    return (f"### Error, other municipalities, in percentage points\n\n{errors(out)}{verdict(out)}"
            f"### Other municipalities, % that use AI\n\n{course(out)}{curves(out)}"
            f"### Designated cities, % that use AI\n\n{designated(out)}"
            f"### Cities, towns and villages, % that use AI\n\n{kinds(out)}"
            f"### Three assumptions on sizes, other municipalities\n\n{sizes(out)}"
            f"### Numbers that were fitted\n\n{numbers(out)}")


def draw(out, path):
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as plt
    matplotlib.rcParams |= {"svg.hashsalt": "rathaus", "svg.fonttype": "none", "font.size": 9}
    years = list(range(2018, 2025))
    figure, panels = plt.subplots(1, 2, figsize=(8.4, 3.6), layout="constrained", sharey=True)
    for axes, group, title in zip(panels, ("other", "designated"),
                                  ("1,721 other municipalities", "20 designated cities")):
        axes.axvspan(2018.5, 2022.5, color="0.93", linewidth=0)
        middle, low, high = zip(*((100 * x for x in out.share("lognormal", group, year)) for year in years))
        axes.fill_between(years, low, high, color="C0", alpha=0.3, linewidth=0)
        axes.plot(years, middle, color="C0", label="model: median, 90 %")
        if group == "other":
            for color, dash, rival in zip(("C1", "C2"), ("--", "-."), RIVALS):
                axes.plot(years, [100 * out.value("share", rival, group, year) for year in years], dash,
                          color=color, linewidth=1, label=rival)
        still = 100 * out.seen(group, 2022)
        axes.plot([2022, 2024], [still, still], ":", color="0.3", linewidth=1, label="no change")
        axes.plot(years, [100 * out.seen(group, year) for year in years], "o", color="black", markersize=4,
                  label="census")
        axes.set(title=title, ylim=(0, 103), xlabel="end of year (grey: fitted)")
        axes.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("use AI, %")
    panels[0].legend(frameon=False, fontsize=8, loc="upper left")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def write(folder):
    folder = Path(folder)
    out = Outcome(folder / "outcome.csv")
    readme = folder / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(before + BEGIN + "\n" + text(out) + END + after, encoding="utf-8")
    draw(out, folder / "outcome.svg")
