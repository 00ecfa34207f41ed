"""What every explorer stands on.

============  =========================================================================
``explorer``  what every explorer is: numbers, sliders, a scene, a picture, a sentence
``stage``     the browser's side of it (``stage.js``), and how it looks (``stage.css``)
``numbers``   numbers in words, alike in Python and in the browser
``frame``     a frame around pixels
``pictures``  what is demanded of pictures that an explorer is given
============  =========================================================================
"""
