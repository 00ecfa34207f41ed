"""The colours of plots and of the explorers' pictures; `base/stage.js` holds the browser's.

Blue and orange are told apart with any colour vision, and both stand out on white.
"""

BLUE, ORANGE, GREEN = "#0072b2", "#c44f00", "#00795a"
PALE_BLUE, PALE_ORANGE = "#d9ecf7", "#fbe3d0"
#: Visible on black, grey and white pixels alike.
SKY = "#56b4e9"
#: Visible on black and on dark grey.
AMBER = "#f0a35e"
BLACK, GREY, PALE_GREY = "#212121", "#767676", "#d6d6d6"
