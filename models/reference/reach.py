"""How far a programme reaches: distinct units up to a quarter, by size class."""

from programmes import SIZE_WORDS
from stocks import NONE, OPERATION

REACH = ("eligible", "aware", "applied", "awarded", "awarded_own", "rejected", "waited",
         "in_operation", "in_operation_after_5_years")
FIVE_YEARS = 20  # quarters


class Reach:
    """Counts of one programme."""

    def __init__(self, programme):
        self.programme = programme
        self.units = {name: set() for name in REACH}
        self.first_award = {}  # quarter by unit

    def decided(self, application, won, quarter):
        i = application.unit
        self.units["applied"].add(i)
        if won:
            self.units["awarded"].add(i)
            self.programme.winners.add(i)
            self.first_award.setdefault(i, quarter)
            if application.own:
                self.units["awarded_own"].add(i)
        else:
            self.units["rejected"].add(i)

    def close(self, units, quarter):
        """End of a quarter: takes stock of everything that is no event; counts by size class."""
        programme, sets = self.programme, self.units
        if programme.is_open:
            sets["eligible"] |= {i for i in range(len(units)) if programme.eligible[i]}
        sets["waited"] |= programme.waiting
        for i in programme.supported():
            sets["applied"].add(i)
            sets["awarded"].add(i)
            programme.winners.add(i)
            self.first_award.setdefault(i, quarter)
        sets["aware"] |= {i for i in sets["eligible"] if any(
            units[i].cells[u].stage != NONE for u in programme.use_cases)}
        for i, first in self.first_award.items():
            if any(cell.stage >= OPERATION and not case.turnkey for cell, case
                   in zip(units[i].cells, programme.world.use_cases)):
                sets["in_operation"].add(i)
                if quarter == first + FIVE_YEARS:
                    sets["in_operation_after_5_years"].add(i)
        classes = [unit.size_class for unit in programme.world.units]
        return {name: [sum(classes[i] == c for i in members) for c in range(len(SIZE_WORDS))]
                for name, members in sets.items()}
