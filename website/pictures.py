"""Pictures out of the pages: each into a file, which the browser loads when it comes near."""

import base64
import hashlib
import re
import struct
from pathlib import Path

_INLINE = re.compile(r'src="data:image/png;base64,([A-Za-z0-9+/=\s]+)"')


def move_pictures(html: str, folder: Path, address: str) -> str:
    """Write the pictures inside `html` to `folder`, and point to them at `address`.

    Their size stays in the page, so that nothing moves when they arrive.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def move(found: re.Match[str]) -> str:
        content = base64.b64decode(found[1])
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.png"
        (folder / name).write_bytes(content)
        width, height = struct.unpack(">II", content[16:24])  # the head of every PNG
        return f'src="{address}/{name}" width="{width}" height="{height}" loading="lazy"'

    return _INLINE.sub(move, html)
