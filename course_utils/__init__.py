"""The helper package behind the course on image classification.

A map, from the bottom up; each layer imports only those below it:

``_arguments``
    How every public function reports a wrong call. Private.
``_files``
    Writing a file in one step. Private.
``_palette``
    The colours of plots and pictures. Private.
``_shipped``
    Reading a shipped file after checking its checksum. Private.
``datasets``
    The full MNIST and Fashion-MNIST, shipped with the package, and your own pictures.
``preprocessing``
    One-hot encoding, unrolling, scaling: fit on training images, apply everywhere.
``networks``
    The tutorials' networks by name, uncompiled.
``training``
    What speeds up or watches ``fit`` without changing what is learnt.
``evaluation``
    Accuracy by class, calibration, coverage, spread over seeds.
``experiments``
    A log of what was tried, with which settings, and how well it did.
``pretrained``
    Small trained networks and recorded runs, shipped with the package, and how they were made.
``predictions``
    Predict boxes: commit to an answer before the output shows it.
``plots``
    Arrays in, Matplotlib Axes out, and text alternatives for them.
``explorers``
    Slider explorers, drawn in the browser.
``checks``
    What each exercise asks, which slips are known, and how answers are judged.
``environment``
    A report, in plain words, on whether this machine is ready for the course.
``jupyter``
    What JupyterLab reads: settings, and an extension that needs no build.
``grading``
    Releasing the notebooks and testing the exercises, for instructors.
``cli``
    The ``course`` command.

Importing the package, or any module of it, loads neither TensorFlow nor Keras.
"""

__version__ = "0.1.0"
