"""For instructors: releasing the notebooks, and the exercises' own right and wrong answers."""
