"""Sine and cosine that are the same on every machine.

Those of `math` are the C library's, whose last digit differs from one to another. These are made of sums and
products, which IEEE 754 fixes, so that a map has the same bytes wherever it is drawn.
"""

from __future__ import annotations

RADIANS = 0.017453292519943295  # one degree

# Taylor's series on an eighth of a turn: what is left out is smaller than the last digit.
_SINE = [-1 / 1307674368000, 1 / 6227020800, -1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1.0]
_COSINE = [1 / 20922789888000, -1 / 87178291200, 1 / 479001600, -1 / 3628800, 1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1.0]


def sine_and_cosine(degrees: float) -> tuple[float, float]:
    """The sine and the cosine of an angle in degrees."""
    quarters = round(degrees / 90)
    x = (degrees - 90 * quarters) * RADIANS
    square = x * x
    sine = cosine = 0.0
    for factor in _SINE:
        sine = sine * square + factor
    for factor in _COSINE:
        cosine = cosine * square + factor
    sine *= x
    match quarters % 4:
        case 0:
            return sine, cosine
        case 1:
            return cosine, -sine
        case 2:
            return -sine, -cosine
        case _:
            return -cosine, sine
