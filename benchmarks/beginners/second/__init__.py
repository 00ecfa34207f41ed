"""Written once the checks had been mended by the first set.

Two more had been written which these exercises take for right: a network that is compiled where the
task leaves that out, and biases in a table of one row. They are not here.
"""
