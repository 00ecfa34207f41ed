"""Right and wrong answers to the exercises on convolutional networks."""

EXERCISES: list = []
