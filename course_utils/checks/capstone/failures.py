"""The checks of known failures: which confusions are the most frequent, and how frequent."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips, alike, is_numeric
from course_utils.checks.showing import show

#: matrix (row: true class, column: answer), n, expected rows (true class, answer, share).
_FAILURES = [
    (
        np.array([[40, 9, 1], [3, 16, 1], [6, 32, 162]]),
        3,
        [(0, 1, 0.18), (2, 1, 0.16), (1, 0, 0.15)],
    ),
    (np.array([[90, 10, 0], [1, 6, 3], [4, 0, 16]]), 2, [(1, 2, 0.3), (2, 0, 0.2)]),
]


def _failure_slips(matrix: Numbers, n: int, expected: Sequence[Any]) -> Slips:
    counts = np.asarray(matrix, np.float64)
    rows = counts.sum(axis=1, keepdims=True)
    off = ~np.eye(len(counts), dtype=bool)
    of_true, of_answer = counts / rows, counts / counts.sum(axis=0)
    of_all = counts / counts.sum()

    def top(ranking: Numbers, shown: Numbers, allowed: Numbers = off) -> Any:
        places = [p for p in np.argwhere(allowed) if ranking[tuple(p)] > -np.inf]
        places.sort(key=lambda p: -ranking[tuple(p)])
        return [(int(i), int(j), shown[i, j]) for i, j in places[:n]]

    swapped = (
        "The axes are swapped: a row of the matrix is a true class, a column is an answer, and "
        "the true class comes first."
    )
    by_counts = (
        "You ranked by counts. A class with many images then hides one that fails more often. "
        "Divide by the true class's images first."
    )
    diagonal = "The diagonal is in it. It holds what was right."
    return [
        (diagonal, top(of_true, of_true, ~np.zeros_like(off))),
        (diagonal, top(counts, counts, ~np.zeros_like(off))),
        (swapped, [(j, i, share) for i, j, share in expected]),
        (swapped, top(of_answer.T, of_answer.T)),
        (swapped, [(j, i, share) for i, j, share in top(of_answer, of_answer)]),
        (by_counts, top(counts, of_true)),
        (by_counts, top(counts, counts)),
        (by_counts + " And counts are no shares.", top(of_true, counts)),
        ("You divided by all images. Divide by the images of the true class: by the sum of "
         "its row.",
         top(of_all, of_all)),
        ("You divided by the sum of a column: by how often that answer was given. Divide by "
         "the images of the true class, the sum of its row.",
         top(of_answer, of_answer)),
        ("Those are the rarest. The largest share comes first.", top(-of_true, of_true)),
        ("The order is turned round: the largest share comes first.", list(expected)[::-1]),
        ("That is per cent. A share is asked for, 0 to 1.", top(of_true, 100 * of_true)),
        ("You added up both directions. A shirt taken for a coat is another mistake than a "
         "coat taken for a shirt.",
         top(of_true + of_true.T, of_true + of_true.T)),
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
        reason = next((name for name, rows in known if alike(received, rows)), "")
        due, got = (rows.astype(int) if (rows % 1 == 0).all() else rows for rows in (wanted, got))
        return f"expected: {show(due)}\nreceived: {show(got)}\n{reason}"

    return demand


_FAILING = "known_failures(matrix, n)"
check_known_failures_pairs = Check(
    _FAILING, _FAILURES, _failure_slips, part="the pairs", demand=_judge(slice(2)), compares=False
)
check_known_failures_shares = Check(
    _FAILING,
    _FAILURES,
    _failure_slips,
    part="the shares",
    demand=_judge(2),
    compares=False,
    follows=check_known_failures_pairs,
)
