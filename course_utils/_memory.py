"""How much memory there is: the machine's, or less where its container may not use it all."""

import os
from collections.abc import Iterator
from pathlib import Path

GIB = 1024**3


def usable_memory(root: Path = Path("/")) -> float:
    """Return how many bytes may be used; infinitely many where the system does not say."""
    try:
        total: float = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        total = float("inf")
    of_hub = os.environ.get("MEM_LIMIT", "")  # which a JupyterHub, such as Binder, sets in bytes
    limits = [int(of_hub)] if of_hub.isdigit() else []
    return min(total, *limits, *_limits(root), float("inf"))


def _limits(root: Path) -> Iterator[int]:
    """Read the limits of this process's control group and all above it, of either version."""
    try:
        groups = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        groups = []
    mounts = root / "sys/fs/cgroup"
    places = {("", "/"), ("memory", "/")}
    for group in groups:
        _, kinds, path = group.split(":", 2)
        if not kinds:
            places.add(("", path))
        elif "memory" in kinds.split(","):
            places.add(("memory", path))
    for version, path in places:
        name = "memory.limit_in_bytes" if version else "memory.max"
        folder = mounts / version / path.lstrip("/")
        for place in (folder, *folder.parents):
            text = _read(place / name)
            if text.isdigit():  # version 2 writes "max" where there is none
                yield int(text)
            if place == mounts:
                break


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""
