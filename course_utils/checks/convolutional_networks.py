"""The checks of the exercises on convolutional networks: what is asked, and known slips."""
