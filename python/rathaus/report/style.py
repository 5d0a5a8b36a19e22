"""How charts look: size, type, colours with a fixed meaning, and the same bytes for the same result."""

import warnings
from contextlib import contextmanager

import matplotlib
from matplotlib.figure import Figure

# 4.6 inches are 442 CSS pixels: on a phone of 390 pixels the smallest letters still measure 9.
WIDTH = 4.6
GREY, INK, GRID = "#6e6e6e", "#222222", "#dddddd"
OTHER = "#9aa5ae"                           # scenarios beyond the six that have a colour
# Okabe and Ito 2008, without black and yellow, darkest first.
OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
# The same hues, dark enough for words: contrast of 4.5 and more on white (WCAG AA).
WORDS = {"#0072B2": "#00619a", "#D55E00": "#a84900", "#009E73": "#006f51", "#CC79A7": "#9b3f73",
         "#56B4E9": "#1d6c9c", "#E69F00": "#8a5d00", OTHER: "#56616a", GREY: "#5c5c5c", INK: INK}
DASHES = dict(zip(OKABE_ITO, ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (5, 1, 1, 1)), (0, (8, 1.5)), (0, (3, 1, 1, 1, 1, 1)))))
HATCH = "////"
# What is no scenario (conditions, kinds of vendors) has other hues (Paul Tol, muted).
MUTED = ("#332288", "#117733", "#AA4499", "#846500", "#882255")
DASHES |= dict(zip(MUTED, DASHES.values()))
GOOD, FAIR, NEUTRAL, BAD = "#225588", "#88aacc", "#cfcfcf", "#c8703a"

SETTINGS = {
    "svg.hashsalt": "rathaus", "svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 9,
    "axes.titlesize": 9.5, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.labelsize": 9, "xtick.labelsize": 9, "ytick.labelsize": 9, "axes.edgecolor": GREY,
    "axes.spines.top": False, "axes.spines.right": False, "axes.labelcolor": INK,
    "xtick.color": "#4a4a4a", "ytick.color": "#4a4a4a", "xtick.major.size": 3, "ytick.major.size": 0,
    "axes.grid": True, "axes.grid.axis": "y", "grid.color": GRID, "grid.linewidth": 0.6,
    "axes.axisbelow": True, "lines.linewidth": 1.6, "lines.solid_capstyle": "round",
    "text.parse_math": False,       # a name may hold $, and no text of ours is a formula
    "hatch.color": "white", "hatch.linewidth": 0.7, "figure.max_open_warning": 0, "path.simplify": True, "path.simplify_threshold": 0.4,
}


@contextmanager
def in_style():
    """Charts look so whatever the session's own style is, and leave that, its backend and its open figures alone."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams |= SETTINGS
        # A name may hold signs that the font lacks: boxes in a PNG; page and SVG take them from the reader's fonts.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def sheet(height):
    """An empty figure; height in inches."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def canvas(rows=1, columns=1, height=2.0, **options):
    """Small multiples with common axes; height in inches for each row."""
    figure = sheet(height * rows)
    return figure, figure.subplots(rows, columns, squeeze=False, **options)


class Palette:
    """A scenario keeps its colour in every chart: the baseline is grey, six others have one each."""

    def __init__(self, baseline, highlighted):
        self.baseline = baseline
        self.colours = {baseline: GREY} | dict(zip(highlighted, OKABE_ITO))

    def __getitem__(self, scenario):
        return self.colours.get(scenario, OTHER)

    def dash(self, scenario):
        """Lines differ by more than hue: on grey paper, and for the colour-blind."""
        return self.dash_of(self[scenario])

    @staticmethod
    def dash_of(colour):
        return DASHES.get(colour, "-")

    def word(self, scenario):
        return WORDS[self[scenario]]


def apart(positions, gap):
    """Positions of labels pushed apart until neighbours keep a gap; the order stays."""
    order = sorted(range(len(positions)), key=lambda k: positions[k])
    placed = [positions[k] for k in order]
    for _ in range(200):
        for k in range(1, len(placed)):
            if (short := gap - (placed[k] - placed[k - 1])) > 1e-9:
                placed[k - 1] -= short / 2
                placed[k] += short / 2
    result = [0.0] * len(positions)
    for k, position in zip(order, placed):
        result[k] = position
    return result


def label_ends(axes, ends, labels, colours, gap):
    """Words at the ends of lines instead of a legend."""
    right, (bottom, top) = axes.get_xlim()[1], axes.get_ylim()
    placed = apart(ends, gap)
    shift = max(0.0, bottom + gap / 3 - min(placed)) - max(0.0, max(placed) - top)
    for y, label, colour in zip([y + shift for y in placed], labels, colours):
        axes.annotate(label, (right, y), xytext=(3, 0), textcoords="offset points", color=colour,
                      va="center", fontsize=8.5, annotation_clip=False)
