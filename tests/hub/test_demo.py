"""Where `make hub-demo` refuses, and what it leaves alone."""

import os
import pwd
from types import SimpleNamespace

import pytest

from hub import demo


def test_an_ordinary_user_is_told_why_it_needs_root(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit) as refused:
        demo.main([])
    assert "only root can" in refused.value.code
    assert "sudo make hub-demo" in refused.value.code


def test_a_person_who_bears_a_name_of_the_demo_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = SimpleNamespace(pw_gecos="Ada Example", pw_uid=4321)
    monkeypatch.setattr(pwd, "getpwnam", lambda name: person)
    monkeypatch.setattr(demo, "system", lambda *command: pytest.fail(str(command)))
    monkeypatch.setattr(demo, "end_processes", lambda user: pytest.fail(str(user)))
    with pytest.raises(demo.DemoError, match=f"a user {demo.INSTRUCTOR} already"):
        demo.remove_accounts()


def test_a_port_that_is_no_number_is_refused() -> None:
    with pytest.raises(SystemExit):
        demo.main(["--port", "none"])
