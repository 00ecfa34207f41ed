"""How much memory a container may use is read from control groups of either version."""

from pathlib import Path

import pytest

from course_utils._memory import usable_memory

TWO_GB = 2_000_000_000
#: Version 1 writes this where there is no limit.
UNLIMITED = 9223372036854771712


def write(root: Path, **files: object) -> Path:
    """Write files below a root, named with __ for each /."""
    for name, content in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}\n")
    return root


def test_a_limit_of_version_2_at_the_containers_own_root(tmp_path: Path) -> None:
    root = write(tmp_path, proc__self__cgroup="0::/")
    (root / "sys/fs/cgroup").mkdir(parents=True)
    (root / "sys/fs/cgroup/memory.max").write_text(f"{TWO_GB}\n")
    assert usable_memory(root) == TWO_GB


def test_a_limit_of_version_1(tmp_path: Path) -> None:
    root = write(tmp_path, proc__self__cgroup="7:cpu:/\n5:hugetlb,memory:/")
    memory = root / "sys/fs/cgroup/memory"
    memory.mkdir(parents=True)
    (memory / "memory.limit_in_bytes").write_text(f"{TWO_GB}\n")
    assert usable_memory(root) == TWO_GB


@pytest.mark.parametrize(
    ("group", "limit"),
    [
        ("0::/pods/one/two", "sys/fs/cgroup/pods/one/memory.max"),
        ("4:memory:/pods/one/two", "sys/fs/cgroup/memory/pods/one/memory.limit_in_bytes"),
    ],
)
def test_a_limit_of_a_group_above_holds_for_those_below(
    group: str, limit: str, tmp_path: Path
) -> None:
    root = write(tmp_path, proc__self__cgroup=group)
    (root / limit).parent.mkdir(parents=True)
    (root / limit).write_text(f"{TWO_GB}\n")
    (root / limit).with_name("two").mkdir()
    (root / limit).parent.joinpath("two", Path(limit).name).write_text(f"{UNLIMITED}\n")
    assert usable_memory(root) == TWO_GB


def test_without_a_limit_it_is_the_machines_memory(tmp_path: Path) -> None:
    root = write(tmp_path, proc__self__cgroup="0::/")
    machine = usable_memory(root)
    (root / "sys/fs/cgroup").mkdir(parents=True)
    (root / "sys/fs/cgroup/memory.max").write_text("max\n")
    assert usable_memory(root) == machine > TWO_GB / 4


def test_where_no_control_groups_are_it_is_the_machines_memory(tmp_path: Path) -> None:
    assert usable_memory(tmp_path) == usable_memory(tmp_path / "nowhere")
