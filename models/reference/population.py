"""Who decides: units from the synthetic recipe or a CSV file, their classes and their neighbours."""

import csv
import math
from dataclasses import dataclass, field

import elementary
from philox import NETWORK, WORLD, Draws, world_key

SIZE_BOUNDS = (5_000, 20_000, 100_000)  # inhabitants; upper bounds of the size classes but the last
LARGE_TOWN = 100_000  # inhabitants from which a synthetic unit is a region of its own


@dataclass
class Unit:
    """One unit that decides; `entity` numbers the ids in byte order before any selection."""

    id: str
    land: str
    region: str
    population: int
    name: str = ""
    provider: str = ""
    fiscal: float | None = None
    innov: float | None = None
    trust: float | None = None
    lon: float | None = None
    lat: float | None = None
    entity: int = -1
    fiscal_given: bool = False
    size_class: int = -1
    fiscal_class: int = -1
    neighbours: list[int] = field(default_factory=list)


def round_half_away(x):
    """Nearest whole number, halves away from zero (C's llround)."""
    below = math.floor(x)
    part = x - below
    return below + 1 if part > 0.5 or (part == 0.5 and x > 0) else below


def share_out(counts, units):
    """Scales whole `counts` to a sum of `units` by largest remainder; ties go to the earlier."""
    total = sum(counts)
    scaled = [count * units // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda k: -(counts[k] * units % total))
    for k in by_remainder[: units - sum(scaled)]:
        scaled[k] += 1
    return scaled


def fit_to_total(sizes, total, lowest, highest):
    """Sizes scaled by one factor, kept within the class, that sum to `total` [eq. 68]."""
    low, high = lowest / max(sizes), highest / min(sizes)
    for _ in range(60):
        factor = 0.5 * (low + high)
        if sum(min(max(factor * size, lowest), highest) for size in sizes) < total:
            low = factor
        else:
            high = factor
    wanted = [min(max(high * size, lowest), highest) for size in sizes]
    fitted = [math.floor(size) for size in wanted]
    order = sorted(range(len(sizes)), key=lambda i: -(wanted[i] - fitted[i]))
    missing, i = total - sum(fitted), 0
    while missing:
        step = 1 if missing > 0 else -1
        if lowest <= fitted[order[i]] + step <= highest:
            fitted[order[i]] += step
            missing -= step
        i = (i + 1) % len(order)
    return fitted


def settle_class(units, land, size_class, low, high):
    """Named cities where the recipe has them, else drawn sizes that add up to the class's."""
    cities = sorted((city for city in land.get("cities", []) if low <= city["inhabitants"] < high),
                    key=lambda city: -city["inhabitants"])
    if cities and len(units) <= len(cities):
        for i, unit in enumerate(units):
            city = cities[(2 * i + 1) * len(cities) // (2 * len(units))]
            unit.name, unit.population = city["name"], city["inhabitants"]
    elif units and "inhabitants" in land:
        everyone = land["administrations"][size_class]
        total = (2 * land["inhabitants"][size_class] * len(units) + everyone) // (2 * everyone)
        sizes = fit_to_total([unit.population for unit in units], total, low, high - 1)
        for unit, size in zip(units, sizes, strict=True):
            unit.population = size


def draw_operators(result, recipe, total, seed):
    """IT providers: a unit's own operation, or an operator of its Land by what these serve."""
    draws = Draws(world_key(seed))
    lands = {land["name"]: land.get("operators") for land in recipe["land"]}
    for unit in result:
        own = recipe["operators"]["own"][sum(unit.population >= bound for bound in SIZE_BOUNDS)]
        u = draws.uniform(WORLD, unit.entity, 3, 0)
        unit.provider = unit.id
        operators = lands[unit.land]
        if operators is None or u < own:
            continue
        v, served, number = (u - own) / (1 - own), 0.0, None
        for k, share in enumerate(operators["largest"], 1):
            served += share
            if v < served:
                number = k
                break
        if number is None:
            smaller = operators["count"] - len(operators["largest"])
            smaller = max(1, (2 * smaller * len(result) + total) // (2 * total))
            number = len(operators["largest"]) + 1 + min(
                math.floor((v - served) / (1 - served) * smaller), smaller - 1)
        unit.provider = f"{unit.land}, operator {number}"


def synthetic_units(recipe, unit_kind, units, seed, providers=None):
    """Units by Land, then size class; inhabitants drawn within the class, regions dealt out."""
    column = {"administration": "administrations", "municipality": "municipalities"}[unit_kind]
    bounds, lands = recipe["size_bounds"], recipe["land"]
    counts = [count for land in lands for count in land[column]]
    total = sum(counts)
    units = total if units is None else units
    scaled = share_out(counts, units)
    draws = Draws(world_key(seed))
    width = len(str(units))
    classes = len(bounds) - 1
    result = []
    for row, land in enumerate(lands):
        of_land = []
        for size_class in range(classes):
            low, high = bounds[size_class], bounds[size_class + 1]
            for _ in range(scaled[row * classes + size_class]):
                entity = len(result) + len(of_land)
                u = draws.uniform(WORLD, entity, 2, 0)
                if low < 10_000:
                    inhabitants = low * elementary.pow(high / low, u)
                else:
                    inhabitants = 1 / ((1 - u) / low + u / high)
                # Rounding must not lift a unit out of its class: class totals are exact.
                inhabitants = min(round_half_away(inhabitants), high - 1)  # [eq. 50]
                of_land.append(Unit(f"S{entity + 1:0{width}d}", land["name"], "", inhabitants,
                                    name=f"{land['name']} {len(of_land) + 1}", entity=entity))
            if unit_kind == "administration":
                made = scaled[row * classes + size_class]
                settle_class(of_land[len(of_land) - made:], land, size_class, low, high)
        towns = sum(unit.population >= LARGE_TOWN for unit in of_land)
        kreise = max(1, round_half_away(land["kreise"] * units / total) - towns)  # [eq. 51]
        dealt = 0
        for unit in of_land:
            if unit.population >= LARGE_TOWN:
                unit.region = unit.name
            else:
                unit.region = f"{land['name']}, region {dealt % kreise + 1}"
                dealt += 1
        result += of_land
    default = recipe.get("operators", {}).get("by_default", False) and unit_kind == "administration"
    if (providers or ("operators" if default else "regions")) == "operators":
        draw_operators(result, recipe, total, seed)
    return result


def read_rows(path):
    """The rows of a population CSV (experiments.md section 4); empty optional fields are None."""
    rows = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        delimiter = ";" if ";" in file.readline() else ","
        file.seek(0)
        for line in csv.DictReader(file, delimiter=delimiter):
            row = {key.strip(): (value or "").strip() for key, value in line.items()}
            row["population"] = int(row["population"])
            for number in ("lon", "lat", "fiscal", "innov", "trust"):
                row[number] = float(row[number]) if row.get(number) else None
            rows.append(row)
    return rows


def file_units(path, unit_kind):
    """Units of a file. Rows of one administration become one unit if administrations decide."""
    groups = {}
    for row in read_rows(path):
        merged = row.get("administration") if unit_kind == "administration" else ""
        groups.setdefault(merged or row["id"], []).append(row)
    result = []
    for key, rows in groups.items():
        rows.sort(key=lambda row: row["id"].encode())
        largest = max(rows, key=lambda row: row["population"])  # the first one of equals
        inhabitants = sum(row["population"] for row in rows)
        unit = Unit(key, largest.get("land", ""), largest.get("region", ""), inhabitants,
                    name=largest.get("name", ""), provider=largest.get("provider", ""))
        for number in ("lon", "lat", "fiscal", "innov", "trust"):
            values = [row[number] for row in rows]
            if len(rows) == 1:
                setattr(unit, number, values[0])
            elif None not in values:
                weighted = sum(row["population"] * row[number] for row in rows)
                setattr(unit, number, weighted / inhabitants)
        result.append(unit)
    result.sort(key=lambda unit: unit.id.encode())
    for entity, unit in enumerate(result):
        unit.entity = entity
    return result


def set_fiscal_strength(units, spread, seed):
    """Draws the fiscal strength that is not given; `spread` is the s.d. of its logarithm."""
    draws = Draws(world_key(seed))
    for unit in units:
        unit.fiscal_given = unit.fiscal is not None
        if not unit.fiscal_given:
            z = draws.normal(WORLD, unit.entity, 0, 0)
            unit.fiscal = elementary.exp(spread * z - spread * spread / 2)  # [eq. 43]


def set_classes(units):
    """Size classes 0-3, and fiscal classes 0 weak, 1 middle, 2 strong: thirds by rank."""
    third = len(units) // 3
    by_strength = sorted(range(len(units)), key=lambda i: (units[i].fiscal, units[i].entity))
    for rank, i in enumerate(by_strength):
        units[i].fiscal_class = 0 if rank < third else 2 if rank >= len(units) - third else 1
    for unit in units:
        unit.size_class = sum(unit.population >= bound for bound in SIZE_BOUNDS)


def haversine(one, other):
    """Grows with the great-circle distance; enough to order by."""
    def square(x):
        return x * x

    return (square(elementary.sinpi((other.lat - one.lat) / 360))
            + elementary.cospi(one.lat / 180) * elementary.cospi(other.lat / 180)
            * square(elementary.sinpi((other.lon - one.lon) / 360)))


def geographic_neighbours(units):
    """Per unit up to four others: the nearest, or the next of its region where no map is known."""
    if all(unit.lon is not None and unit.lat is not None for unit in units):
        return [sorted((j for j in range(len(units)) if j != i),
                       key=lambda j, unit=unit: (haversine(unit, units[j]), j))[:4]
                for i, unit in enumerate(units)]
    members = {}
    for i, unit in enumerate(units):
        members.setdefault(unit.region, []).append(i)
    result = []
    for i, unit in enumerate(units):
        region = members[unit.region]
        place = region.index(i)
        steps = range(1, min(4, len(region) - 1) + 1)
        result.append([region[(place + step) % len(region)] for step in steps])
    return result


def set_neighbours(units, seed):  # [eq. 52]
    """Four geographic neighbours, then four peers of similar or somewhat larger size."""
    draws = Draws(world_key(seed))
    count = len(units)
    ranked = sorted(range(count), key=lambda i: (units[i].population, units[i].entity))
    rank_of = {i: rank for rank, i in enumerate(ranked)}
    window = min(count, max(16, -(-count // 20)))
    for i, nearest in enumerate(geographic_neighbours(units)):
        taken = list(nearest)
        low = min(max(rank_of[i] - window // 4, 0), count - window)
        for sub in range(4):
            first = math.floor(draws.uniform(NETWORK, units[i].entity, sub, 0) * window)
            for step in range(window):
                peer = ranked[low + (first + step) % window]
                if peer != i and peer not in taken:
                    taken.append(peer)
                    break
        units[i].neighbours = taken
