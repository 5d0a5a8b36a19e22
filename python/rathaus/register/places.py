"""Where the units of a register lie: coordinates in the notations that offices and spreadsheets use, as degrees.

What is certain is converted, what lies nowhere is left without a place, all else is refused: never a wrong place."""

import math
import re
import statistics
from collections import defaultdict

from rathaus.errors import said
from rathaus.register.cells import MARK, CellError, column_of, is_no_figure, like

GERMANY = (((5.5, 15.5), (47.0, 55.5)),)  # longitude, latitude [degrees]
# Europe with Iceland and Cyprus; Madeira and the Canaries; Azores; Svalbard; outermost regions of France
EUROPE = (((-25, 46), (34, 72)), ((-19, -13), (27, 34)), ((-32, -24), (36, 40)), ((-10, 34), (70, 81)),
          ((-64, -60), (13.5, 18.5)), ((-55, -51), (2, 6.5)), ((45, 56), (-22, -12)))
HOMONYM_KM = 150  # from the middle of the Kreis: none reaches so far (Helgoland: 132), a place of the same name may
METRES = 1_000  # more is no angle
CERTAIN = 8  # figures that all look packed by chance in less than 1 of 3,000 cases

NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
HEMISPHERE = r"(?:N|S|E|W|O|Nord|Süd|Ost|West|n\.\s*Br\.|ö\.\s*L\.)"
WEST_OR_SOUTH = {"W", "WEST", "S", "SÜD"}
AXIS = {"N": "lat", "NORD": "lat", "S": "lat", "SÜD": "lat", "N.BR.": "lat", "E": "lon", "W": "lon", "WEST": "lon",
        "OST": "lon", "O": "lon", "Ö.L.": "lon"}


def degrees(text: str, what: str):
    """(degrees, axis that the text itself names, or None). "9,26", "9.26°", "9°15'36\\" O", "E 9:15:36"."""
    plain = text.strip().replace("−", "-").replace("''", "\"")
    if re.fullmatch(rf"[+-]?{NUMBER}[eE][+-]?[0-9]+", plain):  # how a spreadsheet writes what is almost 0
        return float(plain.replace(",", ".")), None
    hemisphere = ""
    if match := re.fullmatch(rf"(?i)({HEMISPHERE})\s*([0-9+-].*)", plain):
        hemisphere, plain = match.groups()
    elif match := re.fullmatch(rf"(?i)(.*[0-9°º'′’\"″”])\s*({HEMISPHERE})", plain):
        plain, hemisphere = match.groups()
    hemisphere = re.sub(r"\s", "", hemisphere).upper()
    sign = -1 if plain.startswith("-") or hemisphere in WEST_OR_SOUTH else 1
    plain = plain.lstrip("+-").strip()
    axis = AXIS.get(hemisphere)
    if re.fullmatch(rf"{NUMBER}\s*[°º]?", plain):
        return sign * float(plain.rstrip("°º ").replace(",", ".")), axis
    sexagesimal = re.fullmatch(rf"([0-9]{{1,3}})\s*[°º: ]\s*({NUMBER})\s*(?:['′’: ]\s*(?:({NUMBER})\s*[\"″”]?)?)?", plain)
    if sexagesimal:
        whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in sexagesimal.groups())
        if minutes < 60 and seconds < 60:
            return sign * (whole + minutes / 60 + seconds / 3600), axis
    raise CellError(text, f"{what} '{text}' is not on the globe (degrees are wanted, such as 9.26 or 9°15'36\") correct it or leave "
                     "both coordinates empty")


def unpacked(text: str):
    """Degrees of "9,2615", which is 9°26'15" in the registers of some years; None if it cannot be that."""
    match = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))?", text.strip())
    if not match:
        return None
    minutes, seconds = divmod(int((match[2] or "").ljust(4, "0")), 100)
    return int(match[1]) + minutes / 60 + seconds / 3600 if minutes < 60 and seconds < 60 else None


def are_packed(texts) -> bool:
    """Whether all figures of a file are degrees, minutes and seconds in one number. ValueError if it cannot be told."""
    if any(unpacked(text) is None for text in texts):
        return False
    long = sum(len(re.split("[.,]", text.strip())[-1]) >= 3 for text in texts if re.search("[.,]", text))
    if 0 < long < CERTAIN and 2 * long > len(texts):
        raise ValueError("the coordinates may be decimal degrees, or degrees, minutes and seconds in one number (9,2615 for "
                         "9°26'15\", as in registers of 2009) say which: --coordinates decimal or --coordinates packed")
    return long >= CERTAIN and 2 * long > len(texts)


def inside(lon, lat, boxes) -> bool:
    return any(west <= lon <= east and south <= lat <= north for (west, east), (south, north) in boxes)


def distance_km(a, b) -> float:
    """Between (lon, lat) pairs, on a sphere."""
    (lon1, lat1), (lon2, lat2) = ([math.radians(x) for x in point] for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1, h)))


def locate(places, german: bool, notation: str, path: str):
    """Sets lon and lat of all places from their texts. Returns (what was done, errors)."""
    located, errors = [], []
    for place in places:
        texts = [like(re.sub(rf"\s+{MARK}$", "", text), text) for text in place.texts]
        missing = [is_no_figure(text) for text in texts]
        if any(missing) and not all(missing):
            errors.append(said("one coordinate is missing (a point needs both) complete or empty them", file=path, line=place.line))
        elif not any(missing):
            located.append((place, texts))
    if not located:
        return [], errors
    notes = []
    packed = notation == "packed"
    if notation == "auto" and german:
        try:
            packed = are_packed([text for _, texts in located for text in texts])
        except ValueError as problem:
            return [], errors + [said(str(problem), file=path)]
    if packed:
        notes.append((len(located), "coordinates were degrees, minutes and seconds in one number (9,2615 is 9°26'15\")"))
    points, turned, projected = {}, [], []
    for place, texts in located:
        try:
            if not german and any(re.search(r"(?i)[0-9°'\"″”]\s*O$|^O", text) for text in texts):
                raise ValueError(f"'{texts[0]}', '{texts[1]}' is not clear ('O' is east in German, west in French) write E or W")
            first, second = (degrees(text, what) for text, what in zip(texts, ("longitude", "latitude")))
            if packed:
                first, second = ((unpacked(text), None) for text in texts)
                if first[0] is None or second[0] is None:
                    raise ValueError(f"'{texts[0]}', '{texts[1]}' are no degrees, minutes and seconds (both below 60) correct "
                                     "them or leave both empty")
            if (first[1], second[1]) == ("lat", "lon"):
                first, second = second, first
                turned.append(place)
            elif "lat" == first[1] or "lon" == second[1]:
                raise ValueError(f"'{texts[0]}' and '{texts[1]}' name one axis twice (a point has two) correct them")
            lon, lat = first[0], second[0]
            if abs(lon) >= METRES or abs(lat) >= METRES:
                projected.append((place, texts))
                continue
            for value, text, what in ((lon, texts[0], "longitude"), (lat, texts[1], "latitude")):
                if not abs(value) <= 180:
                    raise CellError(text, f"{what} '{text}' is not on the globe (degrees, -180 to 180 and -90 to 90) correct it or "
                                     "leave both coordinates empty")
            points[id(place)] = (lon, lat)
        except ValueError as problem:
            errors.append(said(str(problem), file=path, line=place.line, column=column_of(problem)))
    if projected:
        place, texts = projected[0]
        rows = f"; {len(projected):,} rows" if len(projected) > 1 else ""
        errors.append(said(f"coordinates '{texts[0]}', '{texts[1]}' are not on the globe (they seem to be metres "
                      f"of a map projection, UTM or Gauß-Krüger, or have lost their decimal point{rows}) give degrees of WGS 84 "
                      "(EPSG:4326), or empty them", file=path, line=place.line))
    nowhere = [place for place, _ in located if points.get(id(place)) == (0.0, 0.0)]
    for place in nowhere:
        del points[id(place)]
    if nowhere:
        notes.append((len(nowhere), "had coordinates 0, 0, which stand for none" + listed(nowhere)))
    boxes = GERMANY if german else EUROPE
    by_country = defaultdict(list)
    for place, _ in located:
        if id(place) in points:
            by_country["" if german else place.land].append(place)
    for country in by_country.values():
        swapped = [place for place in country if not inside(*points[id(place)], boxes)
                   and inside(*points[id(place)][::-1], boxes)]
        outside = [place for place in country if not inside(*points[id(place)], boxes)
                   and not inside(*points[id(place)][::-1], boxes)]
        errors += [said(f"longitude {points[id(place)][0]:g}, latitude {points[id(place)][1]:g} of "
                   f"'{place.name}' is not in {'Germany' if german else 'Europe or its outermost regions'} (or not in degrees) "
                   "correct it or leave both coordinates empty", file=path, line=place.line) for place in outside]
        if swapped and not german:  # some points are possible both ways: all of a country are swapped, or it is not clear
            if all(inside(*points[id(place)][::-1], boxes) for place in country):
                swapped = country
            else:
                errors += [said(f"longitude and latitude of '{place.name}' seem to be swapped (others of "
                           f"{place.land} are not) correct them", file=path, line=place.line) for place in swapped]
        for place in swapped:
            points[id(place)] = points[id(place)][::-1]
        turned += swapped
    if turned:
        notes.append((len(turned), "had longitude and latitude swapped, put right" + listed(turned)))
    if german and not errors:
        strays = drop_homonyms([place for place in places if id(place) in points], points)
        if strays:
            notes.append((len(strays), f"lay more than {HOMONYM_KM} km from the middle of their Kreis, perhaps at another place "
                          "of that name: their coordinates are not used" + listed(strays)))
    for place in places:
        place.lon, place.lat = points.get(id(place), (None, None))
    return notes, errors


def drop_homonyms(places, points):
    """Takes out of `points` what cannot lie in its Kreis; three others must agree where that is."""
    by_region, strays = defaultdict(list), []
    for place in places:
        by_region[place.region].append(place)
    for members in by_region.values():
        middle = tuple(statistics.median(points[id(place)][axis] for place in members) for axis in (0, 1))
        far = [place for place in members if distance_km(points[id(place)], middle) > HOMONYM_KM]
        if len(members) - len(far) >= 3:
            strays += far
    for place in strays:
        del points[id(place)]
    return strays


def listed(places, most=5) -> str:
    return ": " + "; ".join(f"{place.id} {place.name}" for place in places[:most]) + "; ..." * (len(places) > most)
