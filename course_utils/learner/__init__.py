"""A learner's own folder: how lessons come into it, and what it tells of where one stands."""
