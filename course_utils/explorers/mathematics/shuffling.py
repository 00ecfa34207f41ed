"""Repeatable shuffling with 32-bit integers only.

NumPy's generators are better, but the browser has none of them.
"""

_MASK = 0xFFFFFFFF


def random_integers(seed: int, count: int) -> list[int]:
    """Draw repeatable random integers of 32 bits: mulberry32 (Tommy Ettinger, 2017)."""
    state = seed & _MASK
    numbers = []
    for _ in range(count):
        state = (state + 0x6D2B79F5) & _MASK
        t = ((state ^ (state >> 15)) * (state | 1)) & _MASK
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & _MASK)) & _MASK
        numbers.append(t ^ (t >> 14))
    return numbers


def shuffled(count: int, seed: int) -> list[int]:
    """Shuffle 0 ... count - 1 as Fisher and Yates do."""
    order = list(range(count))
    random = random_integers(seed, count)
    for last in range(count - 1, 0, -1):
        other = random[last] % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order
