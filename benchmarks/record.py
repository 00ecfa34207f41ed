"""The parts of a long benchmark, each kept at once: a stopped one goes on where it was."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.report import BenchmarkError, write_aside

Outcome = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A part of a benchmark: where its identity differs, it is measured again."""

    title: str
    identity: dict[str, Any]
    measure: Callable[[], Outcome]  # gives what came of it, as JSON can hold it


def finished(parts: Sequence[Part], path: Path | None, title: str) -> list[Outcome]:
    """Measure what the record lacks; return what came of each part, of fewer after Ctrl-C."""
    known = {_key(outcome["identity"]): outcome for outcome in (read_record(path) if path else [])}
    done = []
    bar = tqdm(parts, desc=title)
    try:
        for part in bar:
            bar.set_postfix_str(part.title)
            key = _key(part.identity)
            if key not in known:
                known[key] = {**part.measure(), "identity": part.identity}
                if path:
                    lines = (f"{json.dumps(outcome)}\n" for outcome in known.values())
                    write_aside("".join(lines), path)
            done.append(known[key])
    except KeyboardInterrupt:
        bar.close()
    return done


def read_record(path: Path) -> list[Outcome]:
    """Read what is done; nothing if there is no record yet."""
    if not path.is_file():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except json.JSONDecodeError as error:
        raise BenchmarkError(
            f"{path} is damaged ({error}). Restore it with `git checkout`, or delete it to measure "
            "everything again."
        ) from None


def _key(identity: dict[str, Any]) -> str:
    return json.dumps(identity, sort_keys=True)
