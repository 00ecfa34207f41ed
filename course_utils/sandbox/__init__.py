"""Where a student's code runs while it is graded: in a process of its own that can reach nothing.

What is here does not judge. It runs the cells of a notebook, calls the functions that they define,
and hands back plain data. `box` is the trusted side: it starts the `warm` process, in the way that
`kinds` knows, and opens a `worker` for each submission. A `keeper` watches it, and `confine` says
what it gives up.
"""

__all__: list[str] = []  # for the grader alone
