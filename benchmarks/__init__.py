"""Every figure that the README and the lessons quote, measured by one command.

``python -m benchmarks`` prints a Markdown table for each benchmark and writes it to
``benchmarks/results/<name>.md``; ``python -m benchmarks --help`` says how to pick some of them.
Nothing here asserts a time: figures are for people, tests are in ``tests/``.

A benchmark is a module with ``tables()``, which says at once what it measures, and ``measure()``,
which fills these tables. A test compares the first with the page that is kept.

``imports``
    Seconds that importing the course's modules takes, and what gets loaded.
``datasets``
    Seconds and memory of loading each data set.
``notebooks``
    Memory and seconds of each lesson, in a fresh kernel.
``binder``
    What the way from lesson to lesson holds in a server as small as Binder's.
``explorers``
    Key press to painted picture in a real browser, beside `interact` with a new plot.
``pointers``
    The move of a pointer to painted picture, dragging what can be grasped.
``grading``
    `course grade` beside stock nbgrader: cost, marks, memory, and what a kill costs.
``tutorials``
    The networks of the five public tutorials on the full data, beside what was stated.
``start_here``
    The first lesson's network: its accuracy on held-out digits.
``scaling``
    How accurate a small network becomes, by the scaling of its pixels and its learning rate.
``activations``
    What activations are worth in a deep network, and what a second softmax costs.
``gradients``
    How far gradients reach back through ten layers, by activation and initialisation.
``training``
    Learning rates, optimisers, overfitting and early stopping; NumPy beside Keras.
``evaluation``
    What an accuracy hides: weak classes, misplaced confidence, chance, choosing.
``convolution``
    What convolution is worth against dense layers.
``depth``
    What depth costs, what residual connections give back, and global average pooling.
``evidence``
    Whether maps of class evidence and Grad-CAM show what an answer rests on.
``techniques``
    Batch normalisation, weight decay, augmentation and schedules in a small budget.
``good_practice``
    Lucky searches, wrong labels, one family against overfitting, adversarial nudges, tf.data.
``colours``
    A shortcut: what a network makes of garments that have the colour of their class.
``transfer``
    What features from other pictures are worth where one's own are few.
``capstone``
    How the capstone's reference was chosen, and what it reaches.
``own_pictures``
    What framing is worth for a learner's own photographed digits.
``mutants``
    What the checks make of right answers with one edit: refused or not, and what they hear.

They stand on ``report`` (pages and tables), ``record`` (what a stopped run has done),
``processes`` (fresh Python processes), ``lessons`` (what the lessons import, and where they use
explorers), ``classes`` (made-up students), ``recipes`` (how the tutorials train),
``jupyter_server`` (a JupyterLab, for the browser tests, too), ``browser`` (Chromium) and
``key_press`` (pressing keys, and the stopwatch in the page).
"""
