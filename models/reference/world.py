"""All that is constant in a run, from the resolved experiment that `rathaus explain` prints."""

from pathlib import Path
from types import SimpleNamespace

import elementary
import population

STRUCTURE = {"decision_rule": "logit", "funnel": "full", "vendor_choice": "logit_share",
             "slot_priority": "size_weighted", "peer_set": "network", "rebound_form": "linear",
             "arrivals": "simultaneous", "feasibility": True, "vendor_capacity": True,
             "vendor_scale": True, "start_aware": False, "waiting": "reckoned", "lone_groups": True}
# what numbers are worth that a model does not give: their mechanisms are off
OFF_PARAMETERS = {"wait_share": 0.0, "renew_unasked": 0.0, "offer_rate": 0.0,
                  "offer_relief": 0.0}  # threshold_mean: u0 stands for it
OFF_COEFFICIENTS = {"heat_intensity": 0.0}
OFF_COLUMNS = {"electric_share": 1.0, "least_cost_eur": 0.0, "least_effort_fte": 0.0,
               "cost_scale_exp": None, "effort_scale_exp": None, "run_cost_share": None,
               "pilot_quarters": None, "turnkey": False, "start_share": 0.0, "archetypes": None}


def quarter_number(text):
    """Quarters since year 0 of a label such as "2024-Q3"."""
    year, quarter = text.split("-Q")
    return 4 * int(year) + int(quarter) - 1


def series_values(source, start, quarters):
    """One value a quarter from a constant or from a path, linear or in steps, flat outside it."""
    if not isinstance(source, dict):
        return [float(source)] * quarters
    path = [(quarter_number(point["quarter"]), float(point["value"])) for point in source["path"]]
    linear = source.get("interpolation", "linear") == "linear"
    values = []
    for now in range(start, start + quarters):
        before = [point for point in path if point[0] <= now]
        after = [point for point in path if point[0] > now]
        if not before:
            values.append(after[0][1])
        elif not after or not linear:
            values.append(before[-1][1])
        else:
            (q0, v0), (q1, v1) = before[-1], after[0]
            values.append(v0 + (v1 - v0) * (now - q0) / (q1 - q0))
    return values


class World:
    """Parameters, tables, units, groups and exogenous series of one experiment."""

    def __init__(self, resolved, folder="."):
        model = resolved["model"]
        self.parameters = SimpleNamespace(**(OFF_PARAMETERS | resolved["parameters"]))
        self.coefficients = SimpleNamespace(**(OFF_COEFFICIENTS | resolved["coefficients"]))
        self.structure = SimpleNamespace(**(STRUCTURE | resolved.get("structure", {})))
        self.seed = resolved["random"]["seed"]
        results = quarter_number(resolved["time"]["start"])
        self.start = results  # first quarter of the run, where the model is calibrated for
        if resolved["time"].get("spin_up", True) and "country" in model:
            self.start = min(results, quarter_number(model["country"]["start"]))
        self.spin_up = results - self.start  # quarters before the results begin
        self.quarters = self.spin_up + resolved["time"]["quarters"]  # of the run
        self.use_cases = [self.use_case(row) for row in model["use_cases"]["use_case"]]
        self.units = self.select_units(resolved["population"], model.get("population", {}), folder)
        self.read_series(model["series"], resolved.get("series", {}))
        self.vendors = self.scaled_vendors(resolved["population"].get("unit", "administration"),
                                           model)
        self.number_groups()

    def use_case(self, row):
        available_from = quarter_number(row["available_from"]) if "available_from" in row else 0
        return SimpleNamespace(**(OFF_COLUMNS | row | {"available_from": available_from - self.start}))

    def select_units(self, chosen, recipe, folder):
        kind = chosen.get("unit", "administration")
        if "file" in chosen:
            units = population.file_units(Path(folder) / chosen["file"], kind)
        else:
            units = population.synthetic_units(recipe, kind, chosen.get("units"), self.seed,
                                               chosen.get("providers"))
        population.set_fiscal_strength(units, self.parameters.margin_log_sd, self.seed)
        for key, words in chosen.get("select", {}).items():
            units = [unit for unit in units if getattr(unit, key) in words]
        population.set_classes(units)
        population.set_neighbours(units, self.seed)
        return units

    def read_series(self, defaults, overrides):
        def values(name):
            return series_values(overrides.get(name, defaults.get(name, 0.0)), self.start,
                                 self.quarters)

        self.macro_factor = values("macro_factor")
        self.grid_intensity = values("grid_intensity")
        self.certification = values("certification")
        self.trust_drift = values("trust_drift")
        first = quarter_number(overrides.get("compliance_from",
                                             defaults["compliance_from"]["default"]))
        self.compliance = [float(self.start + t >= first) for t in range(self.quarters)]

    def scaled_vendors(self, kind, model):
        """One row per slot; the table holds for the national number of units."""
        count, national = len(self.units), 1
        if self.structure.vendor_scale:
            national = model["population"]["national_units"][kind]
        slots = []
        for row in model["vendors"]["vendor"]:
            vendor = SimpleNamespace(**row)
            if self.structure.vendor_scale:
                if vendor.capacity > 0:
                    vendor.capacity = max(1.0, vendor.capacity * count / national)  # [eq. 57]
                vendor.base_minimum = vendor.base_minimum * count / national
                vendor.learning_projects = vendor.learning_projects * count / national
            slots += [vendor] * row["slots"]
        return slots

    def own(self, u, name, general=None):
        """A number of a use case that has its own, else the model's."""
        number = getattr(self.use_cases[u], name)
        return getattr(self.parameters, general or name) if number is None else number

    def offers(self, slot, u):
        chosen = self.use_cases[u].archetypes
        return chosen is None or self.vendors[slot].archetype in chosen

    def number_groups(self):
        """Members of regions and of IT-provider groups; without a provider the region is one."""
        self.region_of, self.group_of = [], []
        regions, groups = {}, {}
        for unit in self.units:
            group = ("provider", unit.provider) if unit.provider else ("region", unit.region)
            self.region_of.append(regions.setdefault(unit.region, len(regions)))
            self.group_of.append(groups.setdefault(group, len(groups)))
        self.group_names = [name for _, name in groups]
        self.regions = [[] for _ in regions]
        self.groups = [[] for _ in groups]
        for i in range(len(self.units)):
            self.regions[self.region_of[i]].append(i)
            self.groups[self.group_of[i]].append(i)

    def price(self, slot, projects):  # [eq. 37]
        """List price of a vendor after so many projects; equation of ODD vendor learning."""
        vendor = self.vendors[slot]
        power = elementary.log2(1 - self.parameters.vendor_learn_rate)
        return vendor.price * elementary.pow(1 + projects / vendor.learning_projects, power)

    def fit(self, slot, inhabitants):  # [eq. 33]
        """How well a vendor fits a unit of that size."""
        vendor = self.vendors[slot]
        n = inhabitants / self.coefficients.reference_population
        return vendor.fit_large + (vendor.fit_small - vendor.fit_large) / (1 + n)
