"""Mathematics that several explorers share, or that would make one of them too long.

==================  ====================================================================
``windows``         windows that slide over a picture: convolution and pooling
``kernel_presets``  kernels with a name
``network``         the forward pass of a shipped network
``class_evidence``  what each cell of its last maps adds to a logit, and a square that covers
``filters``         that network's filters, and which pixels they see
``grey_counts``     grey values by their counts: brightness and contrast, statistics, scaling
``moves``           a picture mirrored, zoomed, turned and shifted
``sheet``           a sheet to draw a digit on, and its reduction to 28 × 28 pixels
``shuffling``       the same random order in Python and in the browser
``tallies``         counts of the answers that are confident enough
==================  ====================================================================

A ``.js`` file here is the browser's twin, which scenes share (`Explorer.shared`).
"""
