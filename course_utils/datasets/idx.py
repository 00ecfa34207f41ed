"""Read idx files, the plain binary format in which MNIST is published.

An idx file (LeCun, 1998) is four bytes ``0, 0, type, n_dimensions``, one big-endian
32-bit size for each dimension, then the values in C order.
"""

import gzip
import math
import os
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_UNSIGNED_BYTE = 0x08
_GZIP_MAGIC = b"\x1f\x8b"


def parse_idx(path: str | os.PathLike[str]) -> NDArray[np.uint8]:
    """Read an idx file of unsigned bytes, compressed or not."""
    path = Path(path)
    content = path.read_bytes()
    if content.startswith(_GZIP_MAGIC):
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as error:
            raise ValueError(f"{path} is a damaged gzip file ({error}). Fetch it again.") from error
    if len(content) < 4 or content[:2] != b"\0\0":
        raise ValueError(
            f"{path} must be an idx file, which begins with two zero bytes; "
            f"got {content[:4].hex(' ') or 'an empty file'}. Fetch it again."
        )
    value_type, n_dimensions = content[2], content[3]
    if value_type != _UNSIGNED_BYTE:
        raise ValueError(
            f"{path} must hold unsigned bytes (idx type 0x08); got type 0x{value_type:02x}."
        )
    header_length = 4 + 4 * n_dimensions
    if len(content) < header_length:
        raise ValueError(f"{path} ends inside its header. Fetch it again.")
    sizes = content[4:header_length]
    shape = tuple(int.from_bytes(sizes[i : i + 4], "big") for i in range(0, len(sizes), 4))
    if len(content) - header_length != math.prod(shape):
        raise ValueError(
            f"{path} must hold {math.prod(shape):,} values after its header, for the shape "
            f"{shape}; got {len(content) - header_length:,}. Fetch it again."
        )
    return np.frombuffer(content, np.uint8, offset=header_length).reshape(shape)
