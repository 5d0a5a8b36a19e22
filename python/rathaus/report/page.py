"""The page: sections in their order, filled into one template, with nothing from outside."""

import re

import jinja2
from markupsafe import Markup

from rathaus.report import picture
from rathaus.report.parts import HERE, Figure, Table
from rathaus.report.sections import answer, course, decision, knowledge, sources, support

SECTIONS = (answer.answer, decision.decision, course.adoption, support.reach, support.anyway, support.cost,
            course.failures, course.vendors, course.climate, course.pillars, course.groups,
            knowledge.knowledge, course.places, sources.assumptions, sources.limits, sources.provenance,
            sources.credits)


def build(r):
    """All sections; charts are drawn and turned into SVG on the way."""
    sections = [make(r) for make in SECTIONS]
    for figure in figures(sections):
        figure.svg = picture.to_svg(figure.picture)
    return sections


def figures(sections):
    return [part for section in sections for part in section.parts if isinstance(part, Figure)]


def tables(sections):
    return [part for section in sections for part in section.parts if isinstance(part, Table)]


def kind(part):
    if isinstance(part, (Figure, Table)):
        return type(part).__name__.lower()
    return part[0] if isinstance(part, tuple) else "paragraph"


def drawing(figure):
    """Inline SVG with the finding as its accessible name."""
    svg = picture.inline(figure.svg, figure.name)
    label = Markup.escape(figure.alt)
    width, height = (float(x) for x in re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())
    opening = f'<svg role="img" aria-label="{label}" viewBox="0 0 {width:g} {height:g}" ' \
              'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg">'
    return Markup(opening + svg[svg.index(">") + 1:])


def subtitle(r):
    result, table, show = r.result, r.table, r.numerals
    labels = result.names("quarter_label")
    text = r.say("subtitle", scenarios=len(table.scenarios), replicates=show.fixed(table.replicates),
                 units=show.fixed(result.units.sum()), inhabitants=show.fixed(result.inhabitants.sum()),
                 first=labels[0], last=labels[-1])
    if table.points > 1:
        text += r.say("subtitle_points", points=show.fixed(table.points))
    if len(table.theories) > 1:
        text += r.say("subtitle_theories", theories=len(table.theories))
    return text


def html(r, sections):
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True,
                                     trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    template = environment.get_template("page.html.j2")
    return template.render(r=r, say=r.say, sections=sections, kind=kind, drawing=drawing,
                           title=r.result.attribute("title") or r.path.name, subtitle=subtitle(r),
                           style=Markup((HERE / "page.css").read_text(encoding="utf-8")))
