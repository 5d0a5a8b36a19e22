"""Means of one unit: what a project needs and claims, with a grant and without (ODD 7.15, 7.23)."""

from dataclasses import dataclass

from funnel import Funnel
from stocks import PILOT

PILOT_STEP, OPERATION_STEP, ROLLOUT_STEP = "pilot", "operation", "roll-out"
MONEY, STAFF, DATA, VENDOR_CAPACITY = "money", "staff", "data", "vendor capacity"


@dataclass
class Intention:
    """A transition that a unit has decided on and set money and staff aside for."""

    unit: int
    use_case: int
    step: str
    vendor: int
    cost: int  # cents, before a grant
    programme: object = None  # that was applied to, or that pays the grant
    grant: int = 0  # cents
    own: bool = True  # would go on without the grant
    score: float = 0.0  # what a jury sees of the unit's wish
    late: bool = False  # the pilot runs already; only the grant is open


class Applicant(Funnel):
    """Adds to the funnel the resource checks, programmes to apply to, and applications."""

    def missing(self, need, cost, enough_data):
        if not self.world.structure.feasibility:
            return []
        return [name for name, enough in ((MONEY, self.money >= cost), (STAFF, self.free >= need),
                                          (DATA, enough_data)) if not enough]

    def count_blocked(self, step, missing):
        for constraint in missing:
            self.blocked[step, constraint] += 1

    def admit(self, step, need, cost, enough_data=True):
        """Claims staff and money if all is there; else counts everything that is missing."""
        missing = self.missing(need, cost, enough_data)
        self.count_blocked(step, missing)
        if not missing:
            self.claim(need, cost)
        return not missing

    def claim(self, need, cost):
        self.free -= need
        self.money -= cost

    def best_programme(self, u, port):
        """The open grant programme with the largest share for a cell, and that share; or None."""
        offers = [(programme.share(port, self.index, u), programme)
                  for programme in self.now.programmes]
        share, programme = max(offers, key=lambda offer: offer[0], default=(0.0, None))
        return (share, programme) if share > 0 else (0.0, None)  # the first of equals

    def filing_effort(self, programme):
        """Staff that an application takes in the quarter [FTE]."""
        members = self.sharers() if programme.joint else 1
        return programme.application_days / (
            self.world.coefficients.working_days_per_quarter * members)

    def ask_for_pilots(self):
        """Pilots without a grant that began since a call was announced ask for it, once each."""
        result = []
        for u, cell in enumerate(self.cells):
            if cell.stage != PILOT or cell.ready or cell.cost == 0:
                continue
            offers = [(programme.share("grant_pilot", self.index, u), programme)
                      for programme in self.now.programmes if programme.takes_late(cell.age)]
            share, programme = max(offers, key=lambda offer: offer[0], default=(0.0, None))
            grant = 0 if programme is None else programme.grant(self.index, share, cell.cost)
            if share <= 0 or not programme.is_enough(grant) or self.world.vendors[cell.vendor].openness < programme.open_min:
                continue
            effort = self.filing_effort(programme)
            if self.world.structure.feasibility and self.free < effort:
                continue
            self.claim(effort, 0)
            programme.draw_on_entitlement(self.index, grant)
            result.append(Intention(self.index, u, PILOT_STEP, cell.vendor, 0, programme, grant,
                                    late=True))
            cell.cost = 0
        return result

    def would_pay(self, programme, share, project):
        """Whether the grant is worth an application: else there is none."""
        return programme.is_enough(programme.grant(self.index, share, project.cost))

    def apply(self, project, share, programme, need, enough_data, at_least=0.0):
        """[eq. 66] Files an application for a project; else returns what is missing for it."""
        effort = need + self.filing_effort(programme)
        grant = programme.grant(self.index, share, project.cost)
        missing = self.missing(max(effort, at_least), project.cost - grant, enough_data)
        if not missing:
            project.programme, project.grant = programme, grant
            project.own = project.own and not self.missing(effort, project.cost, enough_data)
            self.claim(effort, project.cost if project.own else project.cost - grant)
            programme.draw_on_entitlement(self.index, grant)
        return missing

    def step_up(self, project, need, enough_data):
        """h1 and h2: with a grant, or without one, or not at all."""
        share, programme = self.best_programme(project.use_case, "grant_scale")
        openness = self.world.vendors[project.vendor].openness
        if (programme is not None and openness >= programme.open_min
                and self.would_pay(programme, share, project)):
            missing = self.apply(project, share, programme, need, enough_data)
            if not missing:
                return True
            if self.missing(need, project.cost, enough_data):
                self.count_blocked(project.step, missing)
                return False
        return self.admit(project.step, need, project.cost, enough_data)
