"""A municipality of a register, and what is no unit."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Callable, Optional

from rathaus.register.cells import CellError, name_text, to_count


MUNICIPALITIES = {"60", "61", "62", "63", "64", "67"}
UNINCORPORATED = {"65": "unincorporated area, inhabited", "66": "unincorporated area, uninhabited"}
NOT_JOINT = {"50"}
JOINT = {"51", "52", "53", "55", "57"}
JOINT_BUT_IN_BW = {"54", "56", "58"}
BADEN_WUERTTEMBERG = "08"


class LeftOut(Exception):
    """A row that is no unit, and why."""

    def __init__(self, reason: str, land: str = "", inhabitants: int = 0):
        self.reason, self.land, self.inhabitants = reason, land, inhabitants


@dataclass
class Municipality:
    id: str
    name: str
    land: str
    region: str
    population: int  # inhabitants
    administration: str  # the unit that decides; empty where the source does not say
    texts: tuple = ("", "")  # longitude and latitude as in the source
    lon: Optional[float] = None  # degrees
    lat: Optional[float] = None
    fiscal: Optional[float] = None  # x mean
    uncertain: bool = False  # the number of inhabitants, says the office
    line: int = 0


def municipality(id, name, land, region, population, lon, lat, administration="") -> Municipality:
    """A row's texts as a unit; raises LeftOut or, for a bad cell, ValueError."""
    if not (id and land and region):
        raise ValueError("key, land or region is empty (a unit needs all three) complete the row")
    inhabitants, uncertain = to_count(population)
    if not inhabitants:
        raise LeftOut("no population figure" if inhabitants is None else "population 0", land)
    return Municipality(id, name_text(name), land, region, inhabitants, administration, (lon, lat),
                        uncertain=uncertain)


def german(ags, name, kind, land, joint_key, joint_kind, population, lon, lat) -> Municipality:
    """What the German register counts as a municipality, and who decides for it."""
    if not re.fullmatch("[0-9]{8}", ags) or not re.fullmatch("[0-9]{9}", joint_key):
        raise ValueError(f"key '{ags}' or '{joint_key}' is incomplete (municipalities have 8 "
                         "digits, administrations 9) take the register as delivered")
    if not "01" <= ags[:2] <= "16" or ags[:2] != joint_key[:2]:
        raise ValueError(f"key '{ags}' of administration '{joint_key}' begins with no Land (01 to 16 are, and both are of "
                         "one) take the register as delivered")
    if kind in UNINCORPORATED:
        raise LeftOut(UNINCORPORATED[kind], land, to_count(population)[0] or 0)
    if kind not in MUNICIPALITIES:
        raise CellError(kind, f"kind of municipality '{kind}' is unknown (60 to 67 are) correct it")
    if joint_kind not in NOT_JOINT | JOINT | JOINT_BUT_IN_BW:
        raise CellError(joint_kind, f"kind of administration '{joint_kind}' of {joint_key} is unknown (50 to "
                         "58 are) look for its row in the register")
    joint = JOINT if ags.startswith(BADEN_WUERTTEMBERG) else JOINT | JOINT_BUT_IN_BW
    return municipality(ags, name, land, ags[:5], population, lon, lat,
                        joint_key if joint_kind in joint else ags)


def groups_by(key: Callable, places) -> dict:
    groups = defaultdict(list)
    for place in places:
        groups[key(place)].append(place)
    return groups


def decider(place: Municipality) -> str:
    return place.administration or place.id


def mean(places, what: str) -> Optional[float]:
    """Weighted by inhabitants, over the places that have a value."""
    known = [place for place in places if getattr(place, what) is not None]
    total = sum(getattr(place, what) * place.population for place in known)
    return total / sum(place.population for place in known) if known else None


def fill_centres(places) -> list:
    """One gap would cost rathaus the geographic network of the whole file. Returns the filled."""
    gaps = [place for place in places if place.lon is None]
    for near in (decider, lambda place: place.region):
        groups = groups_by(near, places) if gaps else {}
        centres = {key: (mean(groups[key], "lon"), mean(groups[key], "lat"))
                   for key in map(near, gaps)}
        for place in gaps:
            if place.lon is None:
                place.lon, place.lat = centres[near(place)]
    return [place for place in gaps if place.lon is not None]


def merged(places) -> list:
    units = []
    for key, members in groups_by(decider, places).items():
        largest = max(members, key=lambda place: place.population)  # of equals the first by id
        means = {what: mean(members, what) for what in ("lon", "lat", "fiscal")}
        units.append(replace(largest, id=key, population=sum(p.population for p in members),
                             **(means if len(members) > 1 else {})))
    return sorted(units, key=lambda unit: unit.id.encode())
