# SPDX-License-Identifier: Apache-2.0
"""Student's distribution in plain Python: how much wider a range must be when few years stand behind it."""

from __future__ import annotations

from functools import lru_cache
from math import exp, isinf, lgamma, log

_STEPS = 200
_SURE = 1e-12


def below(t: float, freedom: float) -> float:
    """The chance of a value below t.

    >>> round(below(0, 3), 4), round(below(2.353, 3), 3), round(below(-2.353, 3), 3), round(below(1.2816, 1e6), 3)
    (0.5, 0.95, 0.05, 0.9)
    """
    if isinf(t):
        return float(t > 0)
    tail = _beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=512)
def quantile(chance: float, freedom: float) -> float:
    """The value that lies above that share of all values.

    >>> round(quantile(0.9, 4), 3), round(quantile(0.1, 4), 3), round(quantile(0.9, 1e6), 3)
    (1.533, -1.533, 1.282)
    """
    if chance < 0.5:
        return -quantile(1 - chance, freedom)
    low, high = 0.0, 1.0
    while below(high, freedom) < chance:
        low, high = high, high * 2
    while high - low > _SURE * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if below(middle, freedom) < chance else (low, middle)
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function; its continued fraction is quick on one side of the mean only."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, from the front, until it stands still."""
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    whole = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d = 1 / ((1 + part * d) or tiny)
            c = (1 + part / c) or tiny
            whole *= c * d
        if abs(c * d - 1) < _SURE:
            break
    return whole
