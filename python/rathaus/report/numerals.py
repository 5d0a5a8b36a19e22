"""Numbers as people of a language write them."""

import math

MINUS, THIN = "\N{MINUS SIGN}", "\N{NARROW NO-BREAK SPACE}"
MARKS = {"en": (",", "."), "de": (".", ",")}


def decimals_for(half_width):
    """Two significant digits of the half width decide how much of a number is worth printing."""
    if not half_width or not math.isfinite(half_width):
        return None
    return min(6, max(0, 1 - math.floor(math.log10(abs(half_width)) + 1e-9)))


class Numerals:
    def __init__(self, language):
        self.thousands, self.mark = MARKS[language]
        self.to = {"en": "to", "de": "bis"}[language]
        self.language = language

    def ordinal(self, n):
        """2nd, 47th; in German 2."""
        if self.language == "de":
            return f"{self.fixed(n)}."
        ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        return f"{self.fixed(n)}{ending}"

    def fixed(self, x, decimals=0, sign=False):
        text = f"{abs(x):,.{decimals}f}".replace(",", "\0").replace(".", self.mark)
        text = text.replace("\0", self.thousands)
        zero = not any(c in text for c in "123456789")
        return ("" if zero else MINUS if x < 0 else "+" if sign else "") + text

    def short(self, x, sign=False):
        """Three significant digits, integers in full."""
        if x is None or not math.isfinite(x):
            return "–"
        if float(x).is_integer() or abs(x) >= 100:
            return self.fixed(x, 0, sign)
        return self.fixed(x, max(0, min(4, 2 - math.floor(math.log10(abs(x))))), sign)

    def estimate(self, mean, low=None, high=None, sign=False):
        """"−19.5 ± 15", or "4,035 [2,232 to 21,033]" where the interval is not symmetrical."""
        if mean is None:
            return "–"
        if low is None or high is None or high == low:
            return self.short(mean, sign)
        half = (high - low) / 2
        if abs((high + low) / 2 - mean) < 1e-6 * (abs(half) + abs(mean)):
            decimals = decimals_for(half)
            clear = abs(mean) > half        # rounding must not hide on which side of zero it lies
            while decimals < 6 and (round(abs(mean), decimals) > round(half, decimals)) != clear:
                decimals += 1
            return f"{self.fixed(mean, decimals, sign)}{THIN}±{THIN}{self.fixed(half, decimals)}"
        kept_together = self.range(low, high).replace(" ", "\N{NO-BREAK SPACE}")
        return f"{self.short(mean, sign)} [{kept_together}]"

    def range(self, low, high):
        """"0.3 to 27.7", with the same number of decimals; what is not zero is not shown as zero."""
        decimals = self.decimals_of(low, high)
        return f"{self.fixed(low, decimals)} {self.to} {self.fixed(high, decimals)}"

    def decimals_of(self, low, high):
        decimals = decimals_for((high - low) / 2) or 0
        while decimals < 6 and any(x and not round(x, decimals) for x in (low, high)):
            decimals += 1
        return decimals

    def with_range(self, mean, low, high):
        """"+2.9 (0.1 to 10.4)"."""
        return f"{self.fixed(mean, self.decimals_of(low, high), sign=True)} ({self.range(low, high)})"

    def percent(self, x, decimals=0):
        return f"{self.fixed(x, decimals)}{THIN}%"
