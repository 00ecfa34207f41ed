"""Numbers in words, as ``numbers.js`` writes them in the browser: halves round away from 0."""

import math


def decimals(number: float, n: int) -> str:
    """Write a number with `n` decimals and a true minus."""
    scale = 10**n
    whole = math.floor(abs(number) * scale + 0.5)
    return f"{'−' if number < 0 and whole else ''}{whole / scale:.{n}f}"


def thousands(value: int) -> str:
    """Write a whole number with commas."""
    return f"{value:,}"


def quotient(total: int, divisor: int) -> str:
    """Write a sum divided by a whole number: with two decimals, unless the divisor is 1."""
    hundredths = (200 * abs(total) + divisor) // (2 * divisor)
    sign = "−" if total < 0 and hundredths else ""
    if divisor == 1:
        return f"{sign}{abs(total)}"
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
