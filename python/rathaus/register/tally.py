"""What became of every row, in words and by Land."""

from collections import Counter

from rathaus.register.units import decider, groups_by


def tally(amount: int, what: str, places=()):
    """One line of the report, with the Länder or countries that the rows are from."""
    lands = Counter(place.land for place in places if place.land).most_common()
    where = ": " * bool(lands) + ", ".join(f"{land} {count:,}" for land, count in lands)
    print(f"{amount:>8,}  {what}{where}")


def report(title: str, path: str, places, left_out, notes, filled, units, fiscal: str):
    print(f"{path}: form {title}")
    tally(len(places) + len(left_out), "rows read")
    for reason, rows in groups_by(lambda row: row.reason, left_out).items():
        people = sum(row.inhabitants for row in rows)
        tally(len(rows), f"left out: {reason}" + f" ({people:,} people)" * (people > 0), rows)
    tally(len(places), "municipalities kept")
    for amount, what in notes:
        tally(amount, what)
    unlocated = [place for place in places if place.lon is None]
    if unlocated:
        tally(len(unlocated), "of them without coordinates", unlocated)
    if filled:
        some = "; ".join(f"{place.id} {place.name}" for place in filled[:5])
        tally(len(filled), "of them without coordinates, set to the mean of their surroundings: "
              + some + "; ..." * (len(filled) > 5))
    joint = [members for members in groups_by(decider, places).values() if len(members) > 1]
    if joint:
        tally(sum(map(len, joint)), f"of them in {len(joint):,} joint administrations, "
              + ("merged" if len(units) < len(places) else "left single"))
    tally(len(units), "units written")
    print(f"fiscal strength: {fiscal or 'unknown, rathaus draws it by chance (see --fiscal)'}\n")
    print(f"{'land':<24}{'municipalities':>14}{'units':>10}{'inhabitants':>14}")
    rows, counts = Counter(place.land for place in places), Counter(unit.land for unit in units)
    people = Counter()
    for unit in units:
        people[unit.land] += unit.population
    for land in sorted(rows):
        print(f"{land:<24}{rows[land]:>14,}{counts[land]:>10,}{people[land]:>14,}")
    print(f"{'all':<24}{len(places):>14,}{len(units):>10,}{people.total():>14,}")
