"""Every figure that the README and the lessons quote, measured by one command.

``python -m benchmarks`` prints a Markdown table for each benchmark and writes it to
``benchmarks/results/<name>.md``; ``python -m benchmarks --help`` says how to pick some of them.
Nothing here asserts a time: figures are for people, tests are in ``tests/``.

``explorers``
    Key press to painted picture in a real browser, beside ``interact`` with a new plot.
``notebooks``
    Memory and seconds of each lesson, in a fresh kernel.
``imports``
    Seconds that importing the package and its modules takes, and what gets loaded.
``datasets``
    Seconds and memory of loading each data set.
``scaling``
    How accurate a small network is by the scaling of its pixels.

They stand on ``report`` (tables), ``processes`` (fresh Python processes), ``lessons`` (where the
explorers are used), ``jupyter_server`` (a JupyterLab of their own), ``browser`` (Chromium) and
``key_press`` (pressing keys, and the stopwatch in the page).
"""
