"""Numbers that stay with their units where a line ends."""

import re

_SPACE = "\N{NO-BREAK SPACE}"
_UNITS = "%|kB|MB|GB|ms|s|pixels?|minutes?|seconds?"
#: A space between a number and its unit, or on either side of a multiplication sign.
_PARTING = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))|(?<=\d) (?=× \d)|(?<=\d\s×) (?=\d)")
#: What is no prose: code, mathematics, the address of a link, a tag, and a term of the glossary,
#: which is known by its words.
_OTHER = re.compile(r"(```.*?```|`[^`]*`|\*\*[^*]*\*\*|\$[^$]*\$|\]\([^)]*\)|<[^>]*>)", re.DOTALL)


def keep_with_units(text: str) -> str:
    """Put no-break spaces between the numbers of a Markdown text and their units.

    Parameters
    ----------
    text : str
        Markdown. Its code, mathematics, addresses and tags stay as they are.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If `text` is not a string.

    Examples
    --------
    >>> keep_with_units("28 × 28 pixels, `28 × 28`").replace("\N{NO-BREAK SPACE}", "~")
    '28~×~28~pixels, `28 × 28`'
    """
    if not isinstance(text, str):
        raise TypeError(
            f"`text` must be a string of Markdown; got {type(text).__name__}. "
            "Pass the source of one cell."
        )
    parts = _OTHER.split(text)  # every second part is no prose
    parts[::2] = [_PARTING.sub(_SPACE, _PARTING.sub(_SPACE, prose)) for prose in parts[::2]]
    return "".join(parts)
