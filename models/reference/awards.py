"""Which applications a programme accepts (K3), and what becomes of the others."""

import math

import philox
from programmes import FISCAL_WORDS, SIZE_WORDS


def key_of(programme, application, unit):
    """[eq. 67] Key of one application, higher first."""
    k = unit.world.coefficients
    luck = unit.uniform(philox.AWARD, application.use_case)
    if programme.rule == "fcfs":
        return -luck / (k.award_speed_floor + max(0.0, unit.free))
    if programme.rule in ("merit", "quota"):
        return (unit.data + k.award_utility_weight * application.score
                + k.award_luck_weight * luck)
    return -unit.fiscal if programme.rule == "need" else luck


class Bid:
    """One application, or those of a cooperation that count as one."""

    def __init__(self, programme, applications, units):
        self.applications = applications
        self.grant = sum(each.grant for each in applications)
        keys = [key_of(programme, each, units[each.unit]) for each in applications]
        self.key = sum(keys, 0.0) / len(keys)
        self.lowest = min(each.unit for each in applications)
        self.use_case = applications[0].use_case

    def order(self):
        return -self.key, self.lowest, self.use_case


def bids_of(programme, applications, units):
    """Best first. Joint: members of a cooperation, same use case and same step, are one."""
    groups = {}
    for each in sorted(applications, key=lambda each: each.unit):
        unit = units[each.unit]
        name = ("unit", each.unit, each.use_case, each.step)
        if programme.joint and unit.member:
            name = ("pool", unit.world.region_of[each.unit], each.use_case, each.step)
        groups.setdefault(name, []).append(each)
    return sorted((Bid(programme, group, units) for group in groups.values()), key=Bid.order)


def until_cut_off(bids, limit):
    """The first that does not fit closes the call, even for smaller ones after it."""
    accepted = []
    for bid in bids:
        limit -= bid.grant
        if limit < 0:
            break
        accepted.append(bid)
    return accepted


def with_reserve(programme, bids):
    """Quota: each class within its share of the pot, then all others within what is left."""
    accepted = []
    for column, words in (("size_class", SIZE_WORDS), ("fiscal_class", FISCAL_WORDS)):
        for number, word in enumerate(words):
            share = programme.award.get("reserve", {}).get(word)
            if share is not None:
                members = [bid for bid in bids if number == getattr(
                    programme.world.units[bid.lowest], column)]
                accepted += until_cut_off(members, math.floor(share * programme.pot))
    left = programme.pot - sum(bid.grant for bid in accepted)
    return accepted + until_cut_off([bid for bid in bids if bid not in accepted], left)


def accepted_by(programme, applications, units):
    bids = bids_of(programme, applications, units)
    if programme.pot is None or programme.rule == "formula":
        chosen = bids
    elif programme.rule == "quota":
        chosen = with_reserve(programme, bids)
    else:
        chosen = until_cut_off(bids, programme.pot)
    return [each for bid in chosen for each in bid.applications]


def award(programmes, intentions, units, reach):
    """K3: the intentions that go on, with a grant or without one."""
    going_on = [each for each in intentions if each.programme is None]
    for programme, counts in zip(programmes, reach):
        filed = [each for each in intentions if each.programme is programme]
        accepted = accepted_by(programme, filed, units)
        programme.decided(filed, accepted)
        going_on += accepted
        for each in filed:
            won = any(each is other for other in accepted)
            counts.decided(each, won, programme.quarter)
            if won:
                continue
            if each.own:
                each.programme, each.grant = None, 0
                going_on.append(each)
            else:
                units[each.unit].take_refusal(each)
    return going_on
