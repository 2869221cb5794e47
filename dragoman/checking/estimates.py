"""Shares with intervals from samples, and agreement between two readers. No record enters here.

All intervals are at 95 %. A size may be infinite: then nothing is left to chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isinf, sqrt

Z = 1.959963984540054
"""The normal deviate that leaves 2.5 % on either side."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Of `size` things in a stratum `read` were read, and `hits` of those counted."""

    size: int
    read: int
    hits: int

    @property
    def share(self) -> float:
        return self.hits / self.read

    @property
    def left(self) -> float:
        """The finite population correction: the share that was not read, 0 where all was."""
        return 1 - self.read / self.size

    @property
    def effective(self) -> float:
        """How large a sample of an endless population would tell as much."""
        return self.read / self.left if self.left else inf


@dataclass(frozen=True, slots=True)
class Estimate:
    value: float
    error: float
    low: float
    high: float


def wilson(share: float, size: float) -> tuple[float, float]:
    """The score interval of a share: E. B. Wilson, JASA 22 (1927), 209-212.

    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
    """
    if isinf(size):
        return share, share
    square = Z * Z / size
    middle = share + square / 2
    reach = Z * sqrt(share * (1 - share) / size + square / (4 * size))
    low, high = (middle - reach) / (1 + square), (middle + reach) / (1 + square)
    # A share of exactly 0 or 1 is within its interval, whatever the rounding.
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def of_stratum(counted: Counted) -> Estimate:
    """A simple random sample without return: Wilson's interval for its effective size."""
    p = counted.share
    low, high = wilson(p, counted.effective)
    spread = max(counted.read - 1, 1)
    return Estimate(p, sqrt(counted.left * p * (1 - p) / spread), low, high)


def stratified(strata: Sequence[Counted]) -> Estimate:
    """The share over all strata, each weighted by its size W = N_h / N; every one has been read.

    p = Σ W p_h, with variance Σ W² (1 − n_h/N_h) p_h (1 − p_h) / (n_h − 1): W. G. Cochran, Sampling
    Techniques, 3rd ed. (1977), chapter 5. The interval is Wilson's for the effective size
    p (1 − p) / variance, as for surveys in N. Dean and M. Pagano, J. Survey Statistics and
    Methodology 3 (2015), 484-503; where strata without a single error make that too large, for
    1 / Σ W² (1 − n_h/N_h) / n_h, which takes all strata for equally good.
    """
    whole = sum(one.size for one in strata)
    weights = [one.size / whole for one in strata]
    made = [of_stratum(one) for one in strata]
    value = sum(w * one.value for w, one in zip(weights, made, strict=True))
    variance = sum((w * one.error) ** 2 for w, one in zip(weights, made, strict=True))
    alike = sum(w * w / one.effective for w, one in zip(weights, strata, strict=True))
    sizes = [1 / alike if alike else inf]
    if variance:
        sizes.append(value * (1 - value) / variance)
    low, high = wilson(min(max(value, 0.0), 1.0), min(sizes))
    return Estimate(value, sqrt(variance), low, high)


@dataclass(frozen=True, slots=True)
class Kappa:
    value: float
    error: float

    @property
    def low(self) -> float:
        return max(-1.0, self.value - Z * self.error)

    @property
    def high(self) -> float:
        return min(1.0, self.value + Z * self.error)


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa | None:
    """Agreement beyond chance: J. Cohen, Educ. and Psych. Measurement 20 (1960), 37-46.

    κ = (p_o − p_e) / (1 − p_e), with the large-sample error of J. L. Fleiss, J. Cohen and
    B. S. Everitt, Psychological Bulletin 72 (1969), 323-327. None where there is nothing to compare
    or chance alone makes both agree.
    """
    if not pairs:
        return None
    number = len(pairs)
    cells = {pair: count / number for pair, count in Counter(pairs).items()}
    first: defaultdict[str, float] = defaultdict(float)
    second: defaultdict[str, float] = defaultdict(float)
    for (one, other), share in cells.items():
        first[one] += share
        second[other] += share
    observed = sum(share for (one, other), share in cells.items() if one == other)
    expected = sum(share * second[value] for value, share in list(first.items()))
    if expected >= 1:
        return None
    value = (observed - expected) / (1 - expected)
    miss = 1 - value
    spread = -((value - expected * miss) ** 2)
    for (one, other), share in cells.items():
        if one == other:
            spread += share * (1 - (first[one] + second[one]) * miss) ** 2
        else:
            spread += miss**2 * share * (second[one] + first[other]) ** 2
    return Kappa(value, sqrt(max(spread, 0) / number) / (1 - expected))
