"""Hostile and broken submissions: each earns what its answers deserve, and harms nobody.

All of them are the lesson on one-hot encoding, in which `one_hot_row` earns 2 points, `one_hot` 3
and `is_one_hot` 3. `COURSE_SANDBOX` chooses the kind of sandbox, by default the machine's best.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from course_notebooks import COURSE, lesson_on, nbgrader, read

from course_utils.grading.marking import judging, student
from course_utils.grading.marking.collecting import collect
from course_utils.grading.marking.judging import Material, Task, judge
from course_utils.grading.marking.results import Outcome, Result
from course_utils.grading.marking.submissions import read_submission
from course_utils.sandbox.box import Box, NoSandboxError
from course_utils.sandbox.wire import Channel

LESSON = lesson_on("one_hot_encoding")
MATERIAL = Material.read(COURSE, LESSON, seed=48)
ALL, WITHOUT_ONE_HOT, UNTIL_ONE_HOT, NOTHING = 8.0, 5.0, 2.0, 0.0
PRELOAD = ("IPython.core.interactiveshell", "course_utils.lessons", "course_utils.sandbox.worker")

GRADED, REPAIRED, NOT_ATTEMPTED = Outcome.GRADED, Outcome.REPAIRED, Outcome.NOT_ATTEMPTED
CRASHED, TIMED_OUT, TAMPERED = Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.TAMPERED
OUT_OF_MEMORY, MISSING, UNREADABLE = Outcome.OUT_OF_MEMORY, Outcome.MISSING, Outcome.UNREADABLE

HANGS = 2.0
#: Finds the channel, as a student could who has read the course's code.
FIND = """
import gc, os, socket, struct, sys, threading, time
from course_utils.sandbox.wire import Channel
socket_of_judge = next(
    thing for thing in gc.get_objects()
    if type(thing) is socket.socket and thing.family == socket.AF_UNIX and thing.fileno() > 0
)
channel = Channel(socket_of_judge)
def number():
    frame = sys._getframe()
    while "number" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["number"]
"""
#: Spoils everything that the worker uses.
PATCH = """
import builtins, json, socket, struct
import numpy as np
import numpy.testing
from course_utils.checks import asking, comparing, showing
from course_utils.sandbox import wire
"""


class Hostile(NamedTuple):
    """What a student wrote, and what is to come of it."""

    source: str
    score: float
    outcome: Outcome
    seconds: float = 30.0  # for a cell or a call; few where they are to be used up


# A cell on top of a notebook without answers, which is to earn marks without any ------------------

CHEATS = {
    "the checks are rebound": Hostile(
        "for name in dir(lesson):\n"
        "    if name.startswith('check_'):\n"
        "        setattr(lesson, name, lambda function: None)",
        NOTHING,
        NOT_ATTEMPTED,
    ),
    "an input transformer empties all cells": Hostile(
        "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])",
        NOTHING,
        GRADED,
    ),
    "the shell is patched": Hostile(
        "get_ipython().run_cell = lambda *_, **__: None", NOTHING, CRASHED
    ),
    "the kernel is patched": Hostile(
        "from ipykernel.kernelbase import Kernel\nKernel.do_execute = lambda *_, **__: {}",
        NOTHING,
        NOT_ATTEMPTED,
    ),
    "solutions/ is loaded": Hostile(
        f"%run {COURSE}/solutions/{LESSON}/answers.py\n"
        "one_hot_row, one_hot, is_one_hot = _reference_row, _reference, _reference_verdict",
        NOTHING,
        GRADED,
    ),
    "solutions/ is searched for": Hostile(
        "import glob\nfor path in glob.glob('/**/answers.py', recursive=True):\n    %run {path}",
        NOTHING,
        NOT_ATTEMPTED,
        HANGS,
    ),
    "hidden tests are imported": Hostile(
        "from course_utils.grading.hidden import one_hot_encoding as lesson", NOTHING, NOT_ATTEMPTED
    ),
    "the visible cases are looked up": Hostile(
        "import numpy as np\n"
        "def cheat(check):\n"
        "    def answer(*given):\n"
        "        for case in check.cases:\n"
        "            if all(map(np.array_equal, given, case)):\n"
        "                return case[-1] if case[-1] is True else np.float32(case[-1])\n"
        "    return answer\n"
        "one_hot_row = cheat(lesson.check_one_hot_row)\n"
        "one_hot = cheat(lesson.check_one_hot_values)\n"
        "is_one_hot = cheat(lesson.check_is_one_hot)\n",
        NOTHING,
        GRADED,
    ),
    "everything is always equal": Hostile(
        PATCH + "np.array_equal = np.allclose = comparing.alike = lambda *_, **__: True\n"
        "numpy.testing.assert_array_equal = numpy.testing.assert_allclose = lambda *_, **__: None",
        NOTHING,
        NOT_ATTEMPTED,
    ),
    "the gradebook is sent SQL": Hostile(
        "import sqlite3\ndb = sqlite3.connect(GRADEBOOK)\n"
        "db.execute('UPDATE grade SET auto_score = 8')\ndb.commit()",
        NOTHING,
        NOT_ATTEMPTED,
    ),
    "the network is asked": Hostile(
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:8888', timeout=1)",
        NOTHING,
        NOT_ATTEMPTED,
    ),
    "answers of the grader's own making are sent": Hostile(
        FIND + "from course_utils.sandbox.worker import Worker\n"
        "Worker.ask = lambda *_: {'returned': True, 'error': '', 'line': '', 'printed': False,\n"
        "    'changed': [], 'course_functions': []}",
        NOTHING,
        GRADED,
    ),
    "names are sent that are none": Hostile(
        FIND + "from course_utils.sandbox.worker import Worker\nWorker.defined = lambda *_: 8",
        NOTHING,
        TAMPERED,
    ),
    "a value is sent for a function": Hostile(
        "one_hot_row = one_hot = is_one_hot = True", NOTHING, GRADED
    ),
    "the points in the metadata are raised": Hostile("", NOTHING, NOT_ATTEMPTED),
}

# A cell on top of a notebook with all answers, which is to do harm -------------------------------

SABOTAGE = {
    "the interpreter is left": Hostile("import os\nos._exit(0)", ALL, REPAIRED),
    "the process kills itself": Hostile("import os\nos.kill(os.getpid(), 9)", ALL, REPAIRED),
    "the process is aborted": Hostile("import os\nos.abort()", ALL, REPAIRED),
    "memory is read that is not there": Hostile(
        "import ctypes\nctypes.string_at(0)", ALL, REPAIRED
    ),
    "exit() is called": Hostile("exit()", ALL, GRADED),
    "KeyboardInterrupt is raised": Hostile("raise KeyboardInterrupt", ALL, GRADED),
    "GeneratorExit is raised": Hostile("raise GeneratorExit", ALL, GRADED),
    "an error's text hangs": Hostile(
        "import time\nclass E(Exception):\n    def __str__(self): time.sleep(99)\nraise E",
        ALL,
        REPAIRED,
        HANGS,
    ),
    "an error's text fails": Hostile(
        "class E(Exception):\n    def __str__(self): raise self\nraise E", ALL, GRADED
    ),
    "a cell hangs": Hostile("while True:\n    pass", ALL, REPAIRED, HANGS),
    "a cell sleeps": Hostile("import time\ntime.sleep(99)", ALL, REPAIRED, HANGS),
    "a cell waits for input": Hostile("name = input()", ALL, GRADED),
    "a cell writes without end": Hostile("while True:\n    print('x')", ALL, REPAIRED, HANGS),
    "a cell writes an endless line to standard error": Hostile(
        "import os\nwhile True:\n    os.write(2, b'x' * 100_000)", ALL, REPAIRED, HANGS
    ),
    "recursion": Hostile("def f():\n    return f()\nf()", ALL, GRADED),
    "recursion without a limit": Hostile(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n):\n    return [*map(f, [n])]\nf(0)",
        ALL,
        REPAIRED,
    ),
    "processes without end": Hostile("import os\nwhile True:\n    os.fork()", ALL, GRADED),
    "a process is left behind": Hostile(
        "import os, time\nif not os.fork():\n    os.setsid()\n    if not os.fork():\n"
        "        time.sleep(999)\n    os._exit(0)",
        ALL,
        GRADED,
    ),
    "a fork goes on with the notebook": Hostile("import os\npid = os.fork()", ALL, GRADED),
    "threads without end": Hostile(
        "import threading, time\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        ALL,
        GRADED,
    ),
    "a thread is left running": Hostile(
        "import threading\ndef run():\n    while True: pass\nthreading.Thread(target=run).start()",
        ALL,
        GRADED,
    ),
    "something waits at the exit": Hostile(
        "import atexit, time\natexit.register(time.sleep, 999)", ALL, GRADED
    ),
    "the disk is filled": Hostile(
        "import itertools\nfor i in itertools.count():\n    open(f'{i}', 'wb').write(bytes(10**7))",
        ALL,
        GRADED,
    ),
    "one file is without end": Hostile(
        "with open('big', 'wb') as file:\n    while True:\n        file.write(bytes(10**7))",
        ALL,
        GRADED,
    ),
    "files without end": Hostile(
        "for i in range(10**6):\n    open(f'{i}', 'w').close()", ALL, GRADED
    ),
    "memory is filled": Hostile("hog = []\nwhile True:\n    hog.append(bytes(10**8))", ALL, GRADED),
    "memory is filled at once": Hostile("hog = bytearray(10**13)", ALL, GRADED),
    "signals to everyone": Hostile(
        "import os, signal\nfor number in (2, 15, 9):\n    os.kill(-1, number)", ALL, GRADED
    ),
    "signals to the parent and its group": Hostile(
        "import os\nfor kill in (lambda: os.kill(os.getppid(), 9), lambda: os.killpg(1, 9)):\n"
        "    try:\n        kill()\n    except OSError:\n        pass",
        ALL,
        GRADED,
    ),
    "signals are ignored": Hostile(
        "import signal\nfor number in (2, 15, 24):\n    signal.signal(number, signal.SIG_IGN)",
        ALL,
        GRADED,
    ),
    "all descriptors are closed": Hostile("import os\nos.closerange(3, 1000)", ALL, REPAIRED),
    "the folder is left": Hostile("import os\nos.chdir('/')", ALL, GRADED),
    "the folder is removed": Hostile(
        "import os\nos.makedirs('a')\nos.chdir('a')\nos.rmdir('../a')", ALL, GRADED
    ),
    "links are made": Hostile(
        "import os\nos.symlink('/etc/passwd', 'link')\nos.link('/etc/passwd', 'hard')", ALL, GRADED
    ),
    "the course is deleted": Hostile(
        "import pathlib, shutil, course_utils\n"
        "shutil.rmtree(pathlib.Path(course_utils.__file__).parent, ignore_errors=True)\n"
        "shutil.rmtree(COURSE, ignore_errors=True)",
        ALL,
        GRADED,
    ),
    "every call is traced": Hostile(
        "import sys\nsys.settrace(lambda *_: None)\nsys.setprofile(lambda *_: None)", ALL, GRADED
    ),
    "builtins are names of the student's": Hostile(
        "range = isinstance = print = list = max = 3", ALL, GRADED
    ),
    "the lesson's own names are the student's": Hostile(
        "lesson = check = labels = n_classes = 3", ALL, GRADED
    ),
    "a logger writes": Hostile(
        "import logging, sys\nlogging.basicConfig(stream=sys.stderr, level=0)\n"
        "logging.getLogger('x').warning('hello')",
        ALL,
        GRADED,
    ),
    "modules are deleted": Hostile(
        "import sys\nfor name in [*sys.modules]:\n    del sys.modules[name]", ALL, GRADED
    ),
    "warnings are errors": Hostile("import warnings\nwarnings.simplefilter('error')", ALL, GRADED),
    "a syntax error": Hostile("def (:", ALL, GRADED),
    "a shell command": Hostile("!echo hello", ALL, GRADED),
    "bytes are sent that are no frame": Hostile(
        FIND + "socket_of_judge.sendall(b'HTTP/1.1 200 OK' * 99)", ALL, TAMPERED
    ),
    "a frame announces an exabyte": Hostile(
        FIND + "socket_of_judge.sendall(struct.pack('<IQ', 2, 1 << 60))", ALL, TAMPERED
    ),
    "a frame announces more than comes": Hostile(
        FIND + "socket_of_judge.sendall(struct.pack('<IQ', 2, 100 << 20) + b'{}')\ntime.sleep(99)",
        ALL,
        REPAIRED,
        HANGS,
    ),
    "a frame drips": Hostile(
        FIND + "for byte in struct.pack('<IQ', 2, 0) + b'{}' * 99:\n"
        "    socket_of_judge.send(bytes([byte]))\n    time.sleep(0.3)",
        ALL,
        REPAIRED,
        HANGS,
    ),
    "a frame is nested without end": Hostile(
        FIND + "text = b'[' * 10**6\n"
        "socket_of_judge.sendall(struct.pack('<IQ', len(text), 0) + text)",
        ALL,
        TAMPERED,
    ),
    "a frame holds a text that fills the memory": Hostile(
        FIND
        + "text = ('[\"text\",[\"%s\"%s],[40001]]' % ('x' * 10**6, ',\"\"' * 40000)).encode()\n"
        "socket_of_judge.sendall(struct.pack('<IQ', len(text), 0) + text)",
        ALL,
        TAMPERED,
    ),
    "a frame comes early": Hostile(
        FIND + "channel.send((number(), ''))\nchannel.send((number() + 1, ''))", ALL, TAMPERED
    ),
    "a frame comes late": Hostile(
        FIND + "n = number()\n"
        "threading.Timer(0.2, lambda: channel.send((n, ''))).start()\ntime.sleep(0.4)",
        ALL,
        TAMPERED,
    ),
    "the judge's requests are eaten": Hostile(
        FIND + "def eat():\n    while True: socket_of_judge.recv(1)\n"
        "threading.Thread(target=eat, daemon=True).start()\ntime.sleep(99)",
        ALL,
        REPAIRED,
        HANGS,
    ),
}

# One answer out of three, the others right -------------------------------------------------------


def answer(*body: str) -> str:
    """Write a function that answers so."""
    lines = [line for part in body for line in part.splitlines()]
    return "\n".join(["def one_hot(labels, n_classes):", *(f"    {line}" for line in lines)])


RIGHT = "np.eye(n_classes, dtype=np.float32)[labels]"
ANSWERS = {
    "prints and warns": Hostile(
        answer(
            "import logging, sys, warnings",
            "print(labels, file=sys.stderr)",
            "warnings.warn('careful')",
            "logging.error('really')",
            f"return {RIGHT}",
        ),
        ALL,
        GRADED,
    ),
    "reads `expected` in its caller": Hostile(
        answer(
            "import sys",
            "frame = sys._getframe()",
            "while frame := frame.f_back:",
            "    for name, value in {**frame.f_globals, **frame.f_locals}.items():",
            "        if name in ('expected', 'case', 'wanted', 'reference'):",
            "            return value",
            "return 0",
        ),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns an array that equals all": Hostile(
        "class Equal(np.ndarray):\n"
        "    __eq__ = __array_ufunc__ = __array_function__ = lambda *_, **__: True\n"
        + answer("return np.zeros((1, 1), np.float32).view(Equal)"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns an object that equals all": Hostile(
        "class Equal:\n    shape, dtype, ndim = (5, 6), np.dtype('float32'), 2\n"
        "    __eq__ = lambda *_: True\n    __len__ = lambda _: 5\n" + answer("return Equal()"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns an object that says it is a list": Hostile(
        "class Liar:\n    __class__ = list\n" + answer("return Liar()"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns an object that says it is a number": Hostile(
        "class Liar:\n    __class__ = float\n" + answer("return Liar()"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns an array that cannot be made": Hostile(
        "class Never:\n    def __array__(self, *_, **__): raise SystemExit\n"
        + answer("return Never()"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns an array that never ends": Hostile(
        "class Never:\n    def __array__(self, *_, **__):\n        while True: pass\n"
        + answer("return Never()"),
        WITHOUT_ONE_HOT,
        TIMED_OUT,
        HANGS,
    ),
    "returns an object that is written without end": Hostile(
        "import time\nclass Never:\n    def __repr__(self): time.sleep(99)\n"
        + answer("return Never()"),
        WITHOUT_ONE_HOT,
        TIMED_OUT,
        HANGS,
    ),
    "returns an iterator without end": Hostile(
        "import itertools\n" + answer("return itertools.count()"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns a list that holds itself": Hostile(
        answer("a = []", "a.append(a)", "return a"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns a deep list": Hostile(
        answer("a = []", "for _ in range(500): a = [a]", "return a"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns a hundred thousand lists": Hostile(
        answer("return [[]] * 10**5"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns a huge number": Hostile(answer("return 1 << 10**6"), WITHOUT_ONE_HOT, GRADED),
    "returns a long number": Hostile(answer("return 10**2000"), WITHOUT_ONE_HOT, GRADED),
    "returns a huge array": Hostile(
        answer("return np.zeros((300_000, 300), np.float64)"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns a huge array of small numbers": Hostile(
        answer("return np.zeros(400 << 20, np.uint8)"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns a huge array of complex numbers": Hostile(
        answer("return np.zeros(50 << 20, np.complex64)"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns more than can be sent": Hostile(
        answer("return np.zeros(600 << 20, np.uint8)"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns an empty array of huge shape": Hostile(
        answer("return np.zeros((0, 1 << 40), np.float32)"), WITHOUT_ONE_HOT, GRADED
    ),
    "returns halves of characters": Hostile(
        answer(r"return ['\ud83d', np.array(['\udfff']), '\0', '𝔘' * 1000]"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns numbers that are none": Hostile(
        answer("return [float('nan'), float('inf'), -0.0, 1j, np.longdouble(1)]"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns an answer of the grader's": Hostile(
        "from course_utils.checks.asking import Answer\n" + answer(f"return Answer({RIGHT})"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns something described": Hostile(
        "from course_utils.checks.asking import Foreign\n"
        + answer("return Foreign('ndarray', 'right', items=[1])"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "returns a described network": Hostile(
        "from course_utils.checks.networks import Network\n" + answer("return Network((1,), ())"),
        WITHOUT_ONE_HOT,
        TAMPERED,
    ),
    "returns a packed network": Hostile(
        "from course_utils.sandbox.networks import PackedCall, PackedNetwork\n"
        + answer("return PackedCall(PackedNetwork('{}', [], 0), [], -1, {})"),
        WITHOUT_ONE_HOT,
        TAMPERED,
    ),
    "leaves the interpreter": Hostile(answer("import os", "os._exit(0)"), WITHOUT_ONE_HOT, CRASHED),
    "calls exit()": Hostile(answer("exit()"), WITHOUT_ONE_HOT, GRADED),
    "raises SystemExit": Hostile(answer("raise SystemExit"), WITHOUT_ONE_HOT, GRADED),
    "raises KeyboardInterrupt": Hostile(
        answer("raise KeyboardInterrupt"), WITHOUT_ONE_HOT, CRASHED
    ),
    "raises GeneratorExit": Hostile(answer("raise GeneratorExit"), WITHOUT_ONE_HOT, CRASHED),
    "raises what hangs when it is written": Hostile(
        "import time\nclass E(Exception):\n    def __str__(self): time.sleep(99)\n"
        + answer("raise E"),
        WITHOUT_ONE_HOT,
        TIMED_OUT,
        HANGS,
    ),
    "raises a text of megabytes": Hostile(
        answer("raise ValueError('x' * 10**8)"), WITHOUT_ONE_HOT, GRADED
    ),
    "hangs": Hostile(answer("while True: pass"), WITHOUT_ONE_HOT, TIMED_OUT, HANGS),
    "hangs in what cannot be interrupted": Hostile(
        answer(
            "import signal",
            "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))",
            "while True: pass",
        ),
        WITHOUT_ONE_HOT,
        TIMED_OUT,
        HANGS,
    ),
    "prints without end": Hostile(
        answer("while True: print('x')"), WITHOUT_ONE_HOT, TIMED_OUT, HANGS
    ),
    "takes all memory": Hostile(
        answer("hog = []", "while True: hog.append(bytes(10**8))"), WITHOUT_ONE_HOT, OUT_OF_MEMORY
    ),
    "takes all memory in an array": Hostile(
        answer("return np.ones((10**7, 10**6))"), WITHOUT_ONE_HOT, OUT_OF_MEMORY
    ),
    "calls itself without end": Hostile(
        answer("return one_hot(labels, n_classes)"), WITHOUT_ONE_HOT, GRADED
    ),
    "forks without end": Hostile(
        answer("import os", "while True: os.fork()"), WITHOUT_ONE_HOT, GRADED
    ),
    "answers from a fork": Hostile(
        answer("import os", "os.fork()", f"return {RIGHT}"), ALL, GRADED
    ),
    "answers by multiprocessing": Hostile(
        "from multiprocessing import get_context\ndef work(n):\n    return np.arange(n)\n"
        + answer(
            "with get_context('fork').Pool(2) as pool:",
            "    [columns] = pool.map(work, [n_classes])",
            "return (labels[:, None] == columns).astype(np.float32)",
        ),
        ALL,
        GRADED,
    ),
    "leaves a thread running": Hostile(
        answer(
            "import threading",
            "threading.Thread(target=threading.Event().wait).start()",
            f"return {RIGHT}",
        ),
        ALL,
        GRADED,
    ),
    "changes the folder": Hostile(
        answer("import os", "os.chdir('/')", f"return {RIGHT}"), ALL, GRADED
    ),
    "closes its output": Hostile(
        answer("import sys", "sys.stdout.close()", f"return {RIGHT}"), ALL, GRADED
    ),
    "makes NumPy raise": Hostile(answer("np.seterr(all='raise')", f"return {RIGHT}"), ALL, GRADED),
    "changes its argument": Hostile(
        answer(f"table = {RIGHT}", "labels[:] = 0", "return table"), WITHOUT_ONE_HOT, GRADED
    ),
    "hides that it changed its argument": Hostile(
        "from course_utils.checks import asking\nasking._same = lambda *_: True\n"
        + answer(f"table = {RIGHT}", "labels[:] = 0", "return table"),
        ALL,
        GRADED,  # cannot be known: the security note says so
    ),
    "calls the course's own function": Hostile(
        "from course_utils.checks.one_hot_encoding import _table_slips\n"
        + answer("return _table_slips(labels, n_classes, np.ones((len(labels), n_classes)))[8][1]"),
        WITHOUT_ONE_HOT,
        GRADED,
    ),
    "patches what packs its answer": Hostile(
        "from course_utils.checks import asking\nasking.plain = lambda value: 'right'\n"
        + answer("return 1"),
        UNTIL_ONE_HOT,
        GRADED,
    ),
    "patches what sends its answer": Hostile(
        "from course_utils.sandbox.wire import Channel\nsend = Channel.send\n"
        "Channel.send = lambda self, value, *_: send(self, (value[0], None))\n"
        + answer("return 1"),
        UNTIL_ONE_HOT,
        TAMPERED,
    ),
    "patches json, struct and socket": Hostile(
        "import json, socket, struct\njson.dumps = json.loads = struct.pack = lambda *_, **__: 0\n"
        + answer(f"return {RIGHT}"),
        WITHOUT_ONE_HOT,
        CRASHED,
    ),
    "patches the built-in functions": Hostile(
        "import builtins\nbuiltins.isinstance = lambda *_: True\nbuiltins.len = lambda _: 0\n"
        "builtins.range = lambda *_: []\n" + answer(f"return {RIGHT}"),
        WITHOUT_ONE_HOT,
        CRASHED,
    ),
    "sends a frame of its own": Hostile(
        FIND
        + answer(
            "told = {'returned': True, 'error': '', 'line': '', 'printed': False, 'changed': [],",
            "        'course_functions': []}",
            "channel.send((number(), told))",
            f"return {RIGHT}",
        ),
        WITHOUT_ONE_HOT,
        TAMPERED,
    ),
    "sends what is no answer": Hostile(
        FIND + answer("channel.send((number(), {'returned': True, 'changed': 5}))"),
        WITHOUT_ONE_HOT,
        TAMPERED,
    ),
    "drips its answer": Hostile(
        FIND
        + answer(
            "for _ in range(99):",
            "    socket_of_judge.send(bytes(1))",
            "    time.sleep(0.3)",
        ),
        WITHOUT_ONE_HOT,
        TIMED_OUT,
        HANGS,
    ),
    "claims a million changes": Hostile(
        FIND
        + answer(
            "told = {'returned': 1, 'error': ['x'] * 10**5, 'line': {}, 'printed': [],",
            "        'changed': [(0, 1)] * 10**5, 'course_functions': ['x' * 10**5]}",
            "channel.send((number(), told))",
        ),
        WITHOUT_ONE_HOT,
        TAMPERED,
    ),
    "is a class": Hostile(
        "class one_hot:\n    def __new__(cls, labels, n_classes):\n        return " + RIGHT,
        ALL,
        GRADED,
    ),
    "is an object that is called": Hostile(
        "class Calls:\n    __name__ = property(lambda self: 1 / 0)\n"
        f"    def __call__(self, labels, n_classes):\n        return {RIGHT}\none_hot = Calls()",
        ALL,
        GRADED,
    ),
    "has another name inside": Hostile(f"one_hot = lambda labels, n_classes: {RIGHT}", ALL, GRADED),
}

#: Landlock ends a process whose files grow too large together, and gives no shared memory.
UNDER_LANDLOCK = {
    "the disk is filled": (ALL, REPAIRED),
    "files without end": (ALL, REPAIRED),
    "answers by multiprocessing": (WITHOUT_ONE_HOT, GRADED),
}

# Files beside the notebook -----------------------------------------------------------------------

SHADOWS = ("numpy", "json", "socket", "struct", "keras", "IPython", "course_utils")
FILES = {
    "modules are shadowed": {f"{name}.py": b"raise SystemExit" for name in SHADOWS},
    "packages are shadowed": {f"{name}/__init__.py": b"1 / 0" for name in SHADOWS},
    "Python's start is shadowed": {"sitecustomize.py": b"1 / 0", "usercustomize.py": b"1 / 0"},
    "a name is not UTF-8": {os.fsdecode(b"\xff\xfe.txt"): b""},
    "a name is another script's": {"данные/資料.csv": b"1", "\u202e.py": b"1"},
    "a name is too long": {"x" * 5000: b""},
    "a name leads out": {"../../../tmp/x": b"", "/etc/passwd": b"", "": b"", "\0": b""},
    "a file stands where a folder should": {"a": b"", "a/b": b""},
    "files fill the disk": {f"{n}.bin": bytes(16 << 20) for n in range(2)},
}


#: Each of these keeps a machine busy for long, and has a quicker relative among the others.
LONG = {
    "processes without end",
    "forks without end",
    "answers by multiprocessing",
    "returns a hundred thousand lists",
    "returns an iterator without end",
    "returns an array that never ends",
    "returns an object that is written without end",
    "raises a text of megabytes",
    "claims a million changes",
    "prints without end",
    "drips its answer",
    "a frame drips",
    "a cell sleeps",
    "hangs in what cannot be interrupted",
    "takes all memory in an array",
    "memory is filled at once",
    "one file is without end",
    "threads without end",
    "a cell hangs",
    "an error's text hangs",
    "a cell writes an endless line to standard error",
    "a frame announces more than comes",
    "the judge's requests are eaten",
    "returns a deep list",
    "raises what hangs when it is written",
    "a thread is left running",
    "files without end",
    "recursion without a limit",
    "answers from a fork",
}


def each(names: Iterable[str]) -> list[Any]:
    """Parameters for a test of each, of which `make test` leaves out the long ones."""
    return [pytest.param(one, marks=pytest.mark.proof if one in LONG else ()) for one in names]


# Trying them -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder for all that is temporary, here and in the sandbox's making."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("temporary")
        path.chmod(0o777)
        patch.setattr(tempfile, "tempdir", str(path))
        yield path


@pytest.fixture(scope="module")
def box(temporary: Path) -> Iterator[Box]:
    """A sandbox for all of them."""
    try:
        with Box(os.environ.get("COURSE_SANDBOX"), PRELOAD) as made:
            _idle(made)
            yield made
    except NoSandboxError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook in which there is something to gain."""
    path = tmp_path_factory.mktemp("course") / "gradebook.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE grade (auto_score REAL)")
        database.execute("INSERT INTO grade VALUES (0)")
        database.commit()
    path.chmod(0o666)
    return path


@pytest.fixture(autouse=True)
def traceless(box: Box, gradebook: Path, temporary: Path) -> Iterator[None]:
    """See that nothing stays behind, and that an honest submission earns what it did."""
    judging._prepare(MATERIAL)
    before = _files(gradebook, temporary)
    yield
    assert _files(gradebook, temporary) == before
    _wait_for_idle(box)
    honest = hand_in(box, notebook(solved=True))
    assert (honest.score, honest.outcome, honest.notes) == (ALL, GRADED, ())


def _wait_for_idle(box: Box) -> None:
    """Wait until the sandbox has as many processes as at first: the warm one's."""
    until = time.monotonic() + 10
    while _processes() > _idle(box):
        assert time.monotonic() < until, "a process was left behind"
        time.sleep(0.02)


@cache
def _idle(box: Box) -> int:
    return _processes()


def _processes() -> int:
    """Count the processes that this one has started, and those that these have."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            pid, _, rest = path.read_text().partition(" ")
            parents.setdefault(int(rest.rpartition(")")[2].split()[1]), []).append(int(pid))
    found, left = 0, [os.getpid()]
    while left:
        children = parents.get(left.pop(), [])
        found, left = found + len(children), left + children
    return found


def _files(gradebook: Path, temporary: Path) -> dict[str, Any]:
    """Say what could have been changed."""
    folders = [COURSE / "solutions", COURSE / "notebooks", COURSE / "course_utils"]
    states = {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size)
        for folder in folders
        for path in folder.rglob("*")
        if path.name != "__pycache__" and path.suffix != ".pyc"
    }
    in_tmp = {path.name for path in temporary.iterdir() if "course-lesson-" not in path.name}
    return {**states, "gradebook": hashlib.sha256(gradebook.read_bytes()).digest(), "tmp": in_tmp}


def notebook(*, solved: bool, top: str = "", one_hot: str = "", bottom: str = "") -> Any:
    """Make a notebook that is handed in."""
    made = read("notebooks", LESSON)
    answers = {cell.id: cell.source for cell in read("solutions", LESSON).cells}
    for cell in made.cells:
        if solved and nbgrader(cell).get("solution"):
            cell.source = answers[cell.id]
        if one_hot and cell.id == "one-hot-solution":
            cell.source = one_hot
    own = [
        {"cell_type": "code", "id": place, "metadata": {}, "source": source}
        for place, source in (("top", top), ("bottom", bottom))
    ]
    return {**made, "cells": [own[0], *made.cells, own[1]]}


def hand_in(box: Box, made: Any, files: dict[str, bytes] | None = None) -> Result:
    return judge(Task(MATERIAL, "ada", json.dumps(made).encode(), files or {}), box)


def with_paths(source: str, gradebook: Path) -> str:
    return source.replace("GRADEBOOK", repr(str(gradebook))).replace("COURSE", repr(str(COURSE)))


def expected(box: Box, name: str, hostile: Hostile) -> tuple[float, Outcome]:
    different = UNDER_LANDLOCK if box.kind == "landlock" else {}
    return different.get(name, (hostile.score, hostile.outcome))


def took(monkeypatch: pytest.MonkeyPatch, hostile: Hostile) -> None:
    monkeypatch.setattr(student, "_CELL_SECONDS", hostile.seconds)
    monkeypatch.setattr(student, "_CALL_SECONDS", hostile.seconds)


@pytest.mark.parametrize("name", each(CHEATS))
def test_a_cheat_earns_nothing(
    box: Box, gradebook: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    hostile = CHEATS[name]
    took(monkeypatch, hostile)
    source = with_paths(hostile.source, gradebook)
    result = hand_in(box, notebook(solved=False, top=source, bottom=source))
    assert (result.score, result.outcome) == expected(box, name, hostile), result


@pytest.mark.parametrize("name", each(SABOTAGE))
def test_sabotage_leaves_the_answers(
    box: Box, gradebook: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    hostile = SABOTAGE[name]
    took(monkeypatch, hostile)
    result = hand_in(box, notebook(solved=True, top=with_paths(hostile.source, gradebook)))
    assert (result.score, result.outcome) == expected(box, name, hostile), result


@pytest.mark.parametrize("name", each(ANSWERS))
def test_an_answer_earns_what_it_deserves(
    box: Box, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    hostile = ANSWERS[name]
    took(monkeypatch, hostile)
    result = hand_in(box, notebook(solved=True, one_hot=hostile.source))
    assert (result.score, result.outcome) == expected(box, name, hostile), result


@pytest.mark.parametrize("name", each(FILES))
def test_files_beside_the_notebook_do_no_harm(box: Box, name: str) -> None:
    result = hand_in(box, notebook(solved=True), FILES[name])
    assert (result.score, result.outcome) == (ALL, GRADED), result


ENDS = "import os\n\nos._exit(1)\n"


def test_a_cell_that_was_left_out_is_told_in_whole_sentences(box: Box) -> None:
    result = hand_in(box, notebook(solved=True, top=ENDS))
    told = "The cell that begins with 'import os' was left out. It ended its process."
    assert result.notes == (told,)


def test_a_function_that_its_cell_did_not_define_is_told_why(box: Box) -> None:
    result = hand_in(box, notebook(solved=True, one_hot=f"{ENDS}\n{answer('pass')}"))
    told = "one_hot is not defined, because its cell was left out. It ended its process."
    assert told in {cell.message for cell in result.cells}


def test_a_function_that_ends_its_process_is_named(box: Box) -> None:
    result = hand_in(box, notebook(solved=True, one_hot=answer("import os", "os._exit(1)")))
    assert "one_hot ended its process." in {cell.message for cell in result.cells}


@pytest.mark.parametrize("n", [30_000, 100_000])  # of which none fits beside others, or at all
def test_answers_that_take_more_room_together_than_there_is_are_told(
    box: Box, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    monkeypatch.setattr(student, "_ROOM", 1 << 18)
    result = hand_in(box, notebook(solved=True, one_hot=answer(f"return np.zeros({n})")))
    assert (result.score, result.outcome) == (WITHOUT_ONE_HOT, GRADED)
    told = [cell.message for cell in result.cells if cell.exercise == "one_hot"]
    assert [message.partition(":")[0] for message in told] == ["one_hot returned too much"] * 2


def test_a_module_beside_the_notebook_can_be_used(box: Box) -> None:
    files = {"helper.py": f"import numpy as np\n{answer(f'return {RIGHT}')}".encode()}
    made = notebook(solved=True, one_hot="from helper import one_hot")
    assert hand_in(box, made, files).score == ALL


def test_a_name_that_is_used_again_keeps_its_marks(box: Box) -> None:
    made = notebook(solved=True, bottom="one_hot = one_hot(np.array([1, 0]), 3)")
    assert hand_in(box, made).score == ALL


def test_an_answer_below_its_check_counts(box: Box) -> None:
    made = notebook(solved=True, one_hot="pass", bottom=answer(f"return {RIGHT}"))
    assert hand_in(box, made).score == ALL


def test_an_answer_that_needs_the_rest_of_the_notebook_gets_it(box: Box) -> None:
    needs = answer("widths.append(n_classes)", f"return {RIGHT}")
    made = notebook(solved=True, one_hot=needs)
    place = next(n for n, cell in enumerate(made["cells"]) if cell["id"] == "eye")
    release = read("notebooks", LESSON)
    next(cell for cell in release.cells if cell.id == "eye").source = "widths = []"
    made["cells"][place]["source"] = "widths = []"
    material = replace(MATERIAL, release=nbformat.writes(release).encode())
    assert judge(Task(material, "ada", json.dumps(made).encode()), box).score == ALL


@pytest.mark.parametrize(
    ("damage", "outcome"),
    [
        (lambda text: text.decode().encode("utf-16"), REPAIRED),
        (lambda text: text.replace(b'"id":', b'"ID":'), REPAIRED),
        (lambda text: text.replace(b'"schema_version": 3', b'"schema_version": 1'), REPAIRED),
        (lambda text: text.replace(b'"points": 2', b'"points": 200'), GRADED),
        (lambda text: text.replace(b'"grade": true', b'"grade": false'), GRADED),
        (lambda text: text.replace(b"lesson.check_one_hot_row", b"print"), GRADED),
    ],
    ids=["UTF-16", "no ids", "wrong schema", "more points", "marks", "checks"],
)
def test_a_damaged_notebook_keeps_its_marks(
    box: Box, damage: Callable[[bytes], bytes], outcome: Outcome
) -> None:
    content = damage(json.dumps(notebook(solved=True)).encode())
    result = judge(Task(MATERIAL, "ada", content), box)
    assert (result.score, result.outcome) == (ALL, outcome)


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (None, MISSING),
        (b"", UNREADABLE),
        (b'{"cells": [', UNREADABLE),
        (b"\x89PNG", UNREADABLE),
        (b"[" * 10**6, UNREADABLE),
        (b'{"cells": []}', MISSING),
    ],
    ids=["none", "empty", "truncated", "a picture", "nested", "of another lesson"],
)
def test_what_cannot_be_read_earns_nothing(
    box: Box, content: bytes | None, outcome: Outcome
) -> None:
    result = judge(Task(MATERIAL, "ada", content), box)
    assert (result.score, result.outcome, len(result.cells)) == (NOTHING, outcome, 4)


@pytest.mark.parametrize("name", [f"{LESSON}.ipynb", "solutions", "helper.py"])
def test_a_link_to_the_solutions_leads_nowhere(box: Box, tmp_path: Path, name: str) -> None:
    source = "%run helper.py\n%run solutions/answers.py"
    content = json.dumps(notebook(solved=False, top=source, bottom=source)).encode()
    (tmp_path / f"{LESSON}.ipynb").write_bytes(content)
    (tmp_path / name).unlink(missing_ok=True)
    target = {"helper.py": "answers.py", "solutions": ""}.get(name, f"{LESSON}.ipynb")
    (tmp_path / name).symlink_to(COURSE / "solutions" / LESSON / target)
    found = collect(tmp_path, LESSON)
    result = judge(Task(MATERIAL, "ada", found.notebook, found.files, found.notes), box)
    assert (result.score, "is a link" in " ".join(result.notes)) == (NOTHING, True)


@pytest.mark.parametrize(
    "name", each(["processes without end", "memory is filled", "a cell hangs"])
)
def test_an_honest_submission_at_the_same_time_is_unharmed(
    box: Box, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = notebook(solved=True, top=SABOTAGE[name].source)
    sources = read_submission(json.dumps(made).encode(), read("notebooks", LESSON)).needed.cells
    with box.open() as child:
        channel = Channel(child.socket)
        for number, source in enumerate(sources[:2]):
            channel.send((number, "run", (source,), 1 << 20))
        honest = hand_in(box, notebook(solved=True))
    assert (honest.score, honest.outcome) == (ALL, GRADED)
