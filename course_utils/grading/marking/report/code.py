"""Students' code as text: without remarks, and as a set of short pieces by which it is compared.

Only the tokeniser reads it. Python's parser is brought down by some texts.
"""

import builtins
import io
import keyword
import re
import tokenize
from collections.abc import Iterator, Sequence

_PIECE = 5  # tokens
_LAYOUT = {
    tokenize.NEWLINE,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENDMARKER,
}
_OPENS = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
_KEPT = {*keyword.kwlist, *dir(builtins)}
_MOST = 20_000  # characters
_LONGEST_LINES = 60

Pieces = frozenset[int]


def pieces(code: str, given: str = "") -> Pieces:
    """Cut code into pieces of a few tokens, without those that were given.

    Remarks, layout, texts and names make no difference, but for names of Python's and after a dot.
    """
    theirs = {hash(piece) for piece in _cut(_words(given))}
    return frozenset(hash(piece) for piece in _cut(_words(code))) - theirs


def without_remarks(code: str) -> str | None:
    """Take comments and docstrings out; None where Python cannot read the code."""
    tokens = _tokens(code)
    if tokens is None:
        return None
    lines = code.splitlines()
    gone: set[int] = set()
    for token in tokens:
        if token.type == tokenize.COMMENT:
            line = token.start[0] - 1
            lines[line] = lines[line][: token.start[1]].rstrip()
    for first, last in _docstrings(tokens):
        gone |= set(range(first - 1, last))
    return "\n".join(line for place, line in enumerate(lines) if place not in gone and line.strip())


def shortened(code: str) -> str:
    """Show no more than the beginning of long code."""
    lines = code[:_MOST].splitlines()
    more = ["…"] if len(lines) > _LONGEST_LINES else []
    return "\n".join(lines[:_LONGEST_LINES] + more)


def _cut(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + _PIECE]) for at in range(len(words) - _PIECE + 1))


def _words(code: str) -> list[str]:
    """Write code as words in which all names that a person chose are the same."""
    tokens = _tokens(code)
    if tokens is None:
        return re.findall(r"\w+|[^\w\s]", code[:_MOST])
    lines = {line for first, last in _docstrings(tokens) for line in range(first, last + 1)}
    words: list[str] = []
    for token in tokens:
        is_remark = token.type == tokenize.STRING and token.start[0] in lines
        if token.type in _LAYOUT or is_remark:
            continue
        word = token.string
        is_own = token.type == tokenize.NAME and word not in _KEPT and words[-1:] != ["."]
        words.append("name" if is_own else "text" if token.type == tokenize.STRING else word)
    return words


def _tokens(code: str) -> list[tokenize.TokenInfo] | None:
    try:
        return list(tokenize.generate_tokens(io.StringIO(code[:_MOST]).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None


def _docstrings(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tuple[int, int]]:
    """Find the lines of texts that stand alone."""
    told = [token for token in tokens if token.type not in (tokenize.COMMENT, tokenize.NL)]
    for before, token, after in zip([None, *told], told, told[1:], strict=False):
        opens = before is None or before.type in _OPENS
        if token.type == tokenize.STRING and opens and after.type == tokenize.NEWLINE:
            yield token.start[0], token.end[0]
