"""A saved network in a small page of its own, on this machine: ``course try model.keras``.

============  ============================================================
``notes``     what a network's file leaves out: names, how pictures are made ready
``network``   the file loaded, a picture made ready for it, and its answer
``evidence``  where in the picture the answer comes from
``server``    the page, and who may talk to it
============  ============================================================
"""

from course_utils.trying.notes import save_notes

__all__ = ["save_notes"]
