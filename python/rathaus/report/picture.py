"""From a drawn figure to SVG that stands inside a page, and to files of their own."""

import io
import re

# "font: italic 9px 'DejaVu Sans'" of Matplotlib; printers of SVG know the single properties only.
SHORTHAND = re.compile(r"font: (?P<words>(?:(?:italic|bold|\d00) )*)(?P<size>[\d.]+px) 'DejaVu Sans'[^;\"]*")
FONTS = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', Arial, sans-serif"


def to_svg(picture):
    """The whole SVG file; the same figure gives the same bytes."""
    out = io.StringIO()
    picture.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, dpi=200)
    return out.getvalue()


def inline(svg, prefix):
    """Without prologue and metadata; identifiers that are used get the figure's name, others go."""
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^\")]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{prefix}-", svg)
    svg = SHORTHAND.sub(lambda m: f"font-size: {m['size']}; font-family: {FONTS}" +
                        "".join(f"; font-{'style' if word == 'italic' else 'weight'}: {word}" for word in m["words"].split()), svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    return re.sub(r"\n\s*", "\n", svg)


def png(figure):
    """The picture's bytes, with what it finds as their description."""
    out = io.BytesIO()
    figure.picture.savefig(out, format="png", dpi=200,
                           metadata={"Title": figure.caption, "Description": figure.alt, "Software": None})
    return out.getvalue()
