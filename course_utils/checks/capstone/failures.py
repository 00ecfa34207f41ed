"""The checks of known failures: which confusions are the most frequent, and how frequent."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips, alike, is_numeric
from course_utils.checks.showing import show

_SHIRTS = np.array([[40, 9, 1], [3, 15, 2], [6, 32, 162]])
#: matrix (row: true class, column: answer), n, expected rows (true class, answer, share).
_FAILURES = [
    (_SHIRTS, 3, [(0, 1, 0.18), (2, 1, 0.16), (1, 0, 0.15)]),
    (np.array([[90, 10, 0], [1, 6, 3], [4, 0, 16]]), 2, [(1, 2, 0.3), (2, 0, 0.2)]),
]


def _failure_slips(matrix: Numbers, n: int, expected: Sequence[Any]) -> Slips:
    counts = np.asarray(matrix, np.float64)
    off = ~np.eye(len(counts), dtype=bool)
    everywhere = np.ones_like(off)
    of_true, of_answer = counts / counts.sum(axis=1, keepdims=True), counts / counts.sum(axis=0)
    both, of_all = of_true + of_true.T, counts / counts.sum()

    def top(ranking: Numbers, shown: Numbers, allowed: Numbers = off) -> Any:
        places = [p for p in np.argwhere(allowed) if ranking[tuple(p)] > -np.inf]
        places.sort(key=lambda p: -ranking[tuple(p)])
        return [(int(i), int(j), shown[i, j]) for i, j in places[:n]]

    by_counts = (
        "You ranked by counts. A class with many images then hides one that fails more often. "
        "Divide by the true class's images first."
    )
    return [
        ("The diagonal is included. It counts the correct answers, which are no confusions.",
         top(of_true, of_true, everywhere), top(counts, counts, everywhere)),
        ("The axes are swapped: a row of the matrix is a true class, a column is an answer, and "
         "the true class comes first.",
         [(j, i, share) for i, j, share in expected], top(of_answer.T, of_answer.T),
         [(j, i, share) for i, j, share in top(of_answer, of_answer)]),
        (by_counts, top(counts, of_true), top(counts, counts)),
        (by_counts + " And return shares, not counts.", top(of_true, counts)),
        ("You divided by all images. Divide by the images of the true class: by the sum of its "
         "row.", top(of_all, of_all)),
        ("You divided by the sum of a column: by how often that answer was given. Divide by the "
         "images of the true class, the sum of its row.", top(of_answer, of_answer)),
        ("Those are the rarest. The largest share comes first.", top(-of_true, of_true)),
        ("The order is reversed: the largest share comes first.", list(expected)[::-1]),
        ("That is in per cent. Return a share from 0 to 1.", top(of_true, 100 * of_true)),
        ("You added up both directions. A shirt taken for a coat and a coat taken for a "
         "shirt are different mistakes.", top(both, both)),
        *((HARD_CODED, case[-1][:n]) for case in _FAILURES if len(case[-1]) >= n),
    ]  # fmt: skip


def _judge(columns: Any) -> Callable[..., str]:
    """Make a judge of some columns: what was received is compared with slips in all three."""

    @np.errstate(all="ignore")
    def demand(received: Any, matrix: Numbers, n: int, expected: Sequence[Any]) -> str:
        shape = len(expected), 3
        if not is_numeric(received) or np.shape(received) != shape:
            came = f"shape {np.shape(received)}" if is_numeric(received) else show(received)
            return (
                f"expected: {shape[0]} confusions, each a true class, an answer and a share\n"
                f"received: {came}\nEach confusion is three numbers."
            )
        got, wanted = (np.asarray(rows, np.float64)[:, columns] for rows in (received, expected))
        if alike(got, wanted, 1e-6):
            return ""
        known = _failure_slips(matrix, n, expected)
        fitting = (name for name, *values in known for rows in values if alike(received, rows))
        due, got = (rows.astype(int) if (rows % 1 == 0).all() else rows for rows in (wanted, got))
        return f"expected: {show(due)}\nreceived: {show(got)}\n{next(fitting, '')}"

    return demand


check_known_failures_pairs = Check(
    "known_failures(matrix, n)",
    _FAILURES,
    _failure_slips,
    part="the pairs",
    demand=_judge(slice(2)),
    compares=False,
)
check_known_failures_shares = check_known_failures_pairs.then("the shares", demand=_judge(2))
