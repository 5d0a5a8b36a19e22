"""Counter-based random numbers: every draw of the model is a pure function of what it decides.

Philox4x32-10 after Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
(SC 2011): ten rounds of multiplying, crossing and mixing turn four counter words and two key words
into four words that pass for random. The counter names the event (who, what, when, which rule), so
nothing is reshuffled when another event is added, skipped or asked for in another order.
"""

import math

import elementary

MASK = 0xFFFFFFFF
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)

# Process ids of the draws: the last word of the counter.
WORLD, NETWORK, TRAITS = 1, 2, 3
UNIT_EVENTS = 20  # sub id 0 incident, 1 joining a cooperation, 2 a strategy
DISCONTINUATION, PILOT_SUCCESS, AWARENESS, ROLL_OUT, LAUNCH = 22, 23, 24, 25, 26
WAITING, AWARD, SITES, STOCK_RECIPIENTS, START, COMMON_SOLUTION = 27, 28, 35, 36, 37, 38
VENDOR_CHOICE, SLOT_PRIORITY, VENDOR_EXIT, VENDOR_ENTRY, SWITCH, RENEWAL = 29, 30, 31, 32, 33, 34


def philox4x32(counter, key):
    """Four random words of a block: counter of four 32-bit words, key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        left, right = MULTIPLIERS[0] * c0, MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & MASK, (left >> 32) ^ c3 ^ k1, left & MASK
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return c0, c1, c2, c3


def run_key(seed, point, replicate):  # [eq. 49]
    """Key of all draws of one replicate; scenarios share it."""
    return philox4x32((point, replicate, 0, 0), (seed & MASK, seed >> 32 & MASK))[:2]


def world_key(seed):
    """Key of the draws that all replicates share: the population and its network."""
    return philox4x32((0, 0, 1, 0), (seed & MASK, seed >> 32 & MASK))[:2]


class Draws:
    """The draws of one key. Blocks of the current quarter are kept: four sub ids share one."""

    def __init__(self, key):
        self.key = key
        self.step = None
        self.blocks = {}

    def uniform(self, process, entity, sub, step):  # [eq. 47]
        """U in (0, 1), never one of the ends."""
        if step != self.step:
            self.step, self.blocks = step, {}
        name = (process, entity, sub // 4)
        block = self.blocks.get(name)
        if block is None:
            block = self.blocks[name] = philox4x32((entity, sub // 4, step, process), self.key)
        return (block[sub % 4] + 0.5) * 2.0**-32

    def normal(self, process, entity, sub, step):  # [eq. 48]
        """Standard normal from the sub ids `sub` and `sub + 1` (Box-Muller)."""
        radius = math.sqrt(-2 * elementary.log(self.uniform(process, entity, sub, step)))
        return radius * elementary.cospi(2 * self.uniform(process, entity, sub + 1, step))
