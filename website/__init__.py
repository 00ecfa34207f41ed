"""The course as a site of static pages, without answers, alive without a kernel.

``python -m website`` (``make site``) builds it into ``build/site/html``, offline.

``running``
    Runs the lessons, for the widgets in them; kept by content, so this is done once.
``widgets``
    The state of a page's widgets, and what predict boxes need where there is no Python.
``lessons``
    A lesson's page: the students' cells, and below them what the solution's cells showed.
``pictures``
    Pictures out of the pages into files, which load when they come near.
``contents``
    The pages that are made of the course: its contents, and the reference of its package.
``misconceptions``
    The map of misconceptions: question, exercise and slip beside each.
``cover``
    The cover's drawing pad.
``readme``
    The README's links to the site, once it has an address.
``building``
    Puts all of these beside the pages in ``sphinx/``, and lets Sphinx write the site.
``leaks``, ``links``, ``walking``
    Whether an answer stands anywhere, links lead nowhere, or a browser finds something wrong.

``sphinx/`` holds the configuration and the pages that people write, ``widgets/`` the source of the
one script that makes widgets come alive.
"""
