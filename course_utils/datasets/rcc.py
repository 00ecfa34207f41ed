"""Read an rcc file, the container in which a program made with Qt keeps its pictures.

Numbers are big-endian. After a head with the offsets of three sections come the data, the names
and the tree: a folder knows its first child and how many there are, a file where its data begins.
"""

import os
import struct
import zlib
from pathlib import Path

_COMPRESSED, _FOLDER = 1, 2
_NODE_BYTES = 22


def read_rcc(path: str | os.PathLike[str]) -> dict[str, bytes]:
    """Return the content of each file in an rcc file, by its path inside."""
    content = Path(path).read_bytes()
    if content[:4] != b"qres":
        raise ValueError(
            f'{path} must be an rcc file, which begins with "qres"; '
            f"got {content[:4].hex(' ') or 'an empty file'}. Fetch it again."
        )
    try:
        return _read(content)
    except (struct.error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is a damaged rcc file ({error}). Fetch it again.") from error


def _read(content: bytes) -> dict[str, bytes]:
    tree, data, names = struct.unpack_from(">3I", content, 8)
    files: dict[str, bytes] = {}
    nodes = [(0, "")]  # the first is the root, which has no name
    while nodes:
        node, parent = nodes.pop()
        start = tree + node * _NODE_BYTES
        name, flags = struct.unpack_from(">IH", content, start)
        path = f"{parent}/{_name(content, names + name)}" if node else ""
        if flags & _FOLDER:
            n, first = struct.unpack_from(">2I", content, start + 6)
            nodes += [(child, path) for child in range(first, first + n)]
        else:
            (offset,) = struct.unpack_from(">I", content, start + 10)
            (size,) = struct.unpack_from(">I", content, data + offset)
            begin = data + offset + 4
            value = content[begin : begin + size]
            # What is compressed begins with its length.
            files[path[1:]] = zlib.decompress(value[4:]) if flags & _COMPRESSED else value
    return files


def _name(content: bytes, start: int) -> str:
    """Read a name: its length, a hash that a search would use, and UTF-16."""
    (length,) = struct.unpack_from(">H", content, start)
    return content[start + 6 : start + 6 + 2 * length].decode("utf-16-be")
