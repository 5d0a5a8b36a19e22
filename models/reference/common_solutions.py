"""What IT-provider groups offer to all their members (K1), of the model description, section 7.24."""

import philox
from programmes import name_hash
from stocks import OPERATION


class CommonSolutions:
    """The offers of all groups. `look` opens a quarter; what is offered stays."""

    def __init__(self, world, draws):
        self.world, self.draws = world, draws
        self.offered = [set() for _ in world.groups]  # use cases, for good
        self.vendor = [{} for _ in world.groups]  # use case → slot that delivers it in this quarter

    def look(self, now, units):
        for group, members in enumerate(self.world.groups):
            self.vendor[group] = {}
            if len(members) < 2:
                continue
            for u, row in enumerate(self.world.use_cases):
                if now.quarter >= row.available_from:
                    self.offer(now, group, u, [units[i] for i in members])

    def offer(self, now, group, u, members):
        if u not in self.offered[group]:
            gains = 0.0
            for unit in members:
                gains += now.central_gain(unit.index, u)
            # [eq. 73]
            hazard = (self.world.parameters.offer_rate * (now.group_running[group][u] / len(members))
                      + gains / len(members))
            luck = self.draws.uniform(philox.COMMON_SOLUTION, name_hash(self.world.group_names[group]),
                                      u, now.quarter)
            if luck >= hazard:
                return
            self.offered[group].add(u)
        listed = [v for v, active in enumerate(now.active) if active and self.world.offers(v, u)]
        if not listed:
            return
        services = [sum(unit.cells[u].stage >= OPERATION and unit.cells[u].vendor == v
                        for unit in members) for v in listed]
        if max(services) > 0:
            self.vendor[group][u] = listed[services.index(max(services))]  # the first of equals
        else:
            self.vendor[group][u] = min(listed, key=lambda v: now.price[v])

    def vendor_of(self, i, u):
        """Who delivers a use case to the members of a unit's group, or None."""
        return self.vendor[self.world.group_of[i]].get(u)
