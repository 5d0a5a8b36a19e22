"""The page: its parts in their order, filled into one template, with nothing from outside."""

import re

import jinja2
from markupsafe import Markup

from rathaus.report import picture
from rathaus.report.parts import Figure, Table
from rathaus.report.sections import appraisal, body, course, decision, front, knowledge, money, sources, support
from rathaus.report.words import HERE

FRONT = (front.front,)
BODY = (body.course, body.reached, body.anyway, money.money, body.dependence, body.remains, body.winners, body.stories)
ANNEX = (sources.all_designs, decision.decision, course.adoption, support.additionality, support.cost, course.failures, course.vendors,
         course.climate, course.pillars, knowledge.knowledge, course.places, sources.assumptions, sources.limits,
         sources.provenance, sources.credits)
# The headings of an appraisal under § 7 BHO/LHO, and the parts that stand under each.
WU = (("wu_situation", ("answer", "adoption", "failures")), ("wu_goals", ("wu_goals", "decision")),
      ("wu_options", ("designs",)), ("wu_costs", ("money", "cost")), ("wu_benefits", ("course", "winners", "pillars", "places")),
      ("wu_effect", ("reached", "anyway", "additionality", "stories", "dependence", "vendors", "remains", "climate")),
      ("wu_sensitivity", ("knowledge", "assumptions", "limits")), ("wu_control", ("wu_control",)),
      ("wu_record", ("provenance", "credits")))


def build(r, structure="report"):
    """All sections; charts are drawn and turned into SVG on the way."""
    sections = [section for make in (*FRONT, *BODY, *ANNEX) if (section := make(r))]
    if structure == "wu":
        sections = ordered(r, sections)
    for figure in figures(sections):
        figure.svg = picture.to_svg(figure.picture)
    return sections


def ordered(r, sections):
    """The same sections under the headings of an appraisal; page 1 stays page 1."""
    known = {section.key: section for section in [*sections, *appraisal.both(r)]}
    front_page, *_ = sections
    found = [front_page]
    for heading, keys in WU:
        first = True
        for key in keys:
            if key == front_page.key or key not in known:
                continue
            known[key].chapter = r.say(heading) if first else ""
            known[key].part = "body"
            first = False
            found.append(known[key])
    return found


def figures(sections):
    return [part for section in sections for part in section.parts if isinstance(part, Figure)]


def tables(sections):
    """Those that stand on the page, and those folded away below a figure."""
    found = {}
    for section in sections:
        for part in section.parts:
            for table in (part, getattr(part, "table", None)):
                if isinstance(table, Table):
                    found.setdefault(table.name, table)
    return list(found.values())


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
    millions = r.say("million_people", n=show.fixed(result.inhabitants.sum() / 1e6, 1)) if result.inhabitants.sum() >= 1e6 else \
        show.fixed(result.inhabitants.sum())
    text = r.say("subtitle", scenarios=len(table.scenarios), runs=show.fixed((result.index["fixed_demand"] == 0).sum()),
                 units=show.fixed(result.units.sum()), inhabitants=millions,
                 first=labels[0][:4], last=labels[-1][:4])
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
                           title=r.title, subtitle=subtitle(r),
                           style=Markup((HERE / "page.css").read_text(encoding="utf-8")))
