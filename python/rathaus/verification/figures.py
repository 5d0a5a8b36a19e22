"""One figure per case: the expected curve, and the simulated mean with its band."""

import io

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend comes first)

matplotlib.rcParams |= {"svg.hashsalt": "rathaus", "svg.fonttype": "none", "font.size": 9,
                        "path.simplify": True}


def draw(case, outcome):
    """The bytes of an SVG; the same outcome gives the same bytes."""
    figure, axes = plt.subplots(figsize=(5.2, 3.2), layout="constrained")
    for k, curve in enumerate(outcome.curves):
        color = f"C{k}"
        axes.fill_between(curve.x, curve.low, curve.high, color=color, alpha=0.25, linewidth=0)
        axes.plot(curve.x, curve.simulated, color=color, linewidth=2.2, alpha=0.6,
                  label=f"simulated: {curve.label}")
    for k, curve in enumerate(outcome.curves):
        axes.plot(curve.x, curve.expected, color="black", linewidth=0.9, linestyle="--",
                  label="expected" if k == 0 else None)
    axes.set(title=case, xlabel=outcome.x_label, ylabel=outcome.y_label)
    axes.legend(frameon=False, fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    plt.close(figure)
    return out.getvalue()
