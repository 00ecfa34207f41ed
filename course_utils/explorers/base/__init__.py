"""The base of every explorer.

============  =========================================================================
``explorer``  what every explorer has: numbers, sliders, a scene, a picture, a sentence
``stage``     the browser's side of it (``stage.js``), and how it looks (``stage.css``)
``grasp``     what a pointer can drag, choose or read in a scene (``grasp.js``)
``numbers``   numbers in words, the same in Python and in the browser
``frame``     a frame around pixels
``pictures``  what is required of pictures that an explorer is given
============  =========================================================================
"""
