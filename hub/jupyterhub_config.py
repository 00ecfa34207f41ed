"""JupyterHub for a class on one machine: students fetch and hand in, instructors mark.

    jupyterhub --config jupyterhub_config.py     (as root)

docs/hub.md explains how to set it up. Five settings name what differs between classes; each is
read from the environment.
"""

import grp
import json
import os
import shutil
import socket
import sys
from pathlib import Path

from course_utils import jupyter

c = get_config()  # noqa: F821  (JupyterHub provides it)

#: The course as `course_id` in nbgrader_config.py names it.
NAME = os.environ.get("COURSE_HUB_NAME", "image-classification")
#: The instructor's checkout, with solutions/ in it. Whoever owns it is who marks.
COURSE = Path(os.environ.get("COURSE_HUB_COURSE", f"/home/course/{NAME}"))
#: The exchange, the hub's own memory, and the settings that it writes for JupyterLab.
FOLDER = Path(os.environ.get("COURSE_HUB_FOLDER", f"/srv/{NAME}"))
#: Groups of the system: who may log in, and who may mark.
STUDENTS = os.environ.get("COURSE_HUB_STUDENTS", "students")
INSTRUCTORS = os.environ.get("COURSE_HUB_INSTRUCTORS", "instructors")

EXCHANGE, SETTINGS, PRIVATE = FOLDER / "exchange", FOLDER / "settings", FOLDER / "private"
FORMGRADER = f"/services/{NAME}/formgrader"
BIN = Path(sys.prefix, "bin")
HOUR = 3600
PATH = os.pathsep.join([str(BIN), "/usr/local/bin", "/usr/bin", "/bin"])


def stop(why):
    """Say what is missing, in a line."""
    sys.exit(f"The hub cannot start: {why}")


# What has to be there --------------------------------------------------------------------------

if os.geteuid() != 0:
    stop("only root can start servers for other users. Start it with sudo, or as a service.")
if not (COURSE / "nbgrader_config.py").is_file():
    stop(f"{COURSE} is no course. Name its folder in COURSE_HUB_COURSE.")
PROXY = shutil.which(
    "configurable-http-proxy",
    path=os.pathsep.join([str(Path(__file__).parent / "node_modules" / ".bin"), PATH]),
)
if PROXY is None:
    stop("there is no proxy. Install it: npm install --global configurable-http-proxy")
for group in (STUDENTS, INSTRUCTORS):
    try:
        grp.getgrnam(group)
    except KeyError:
        stop(f"there is no group {group}. Make it: groupadd {group}")
try:
    MARKER = COURSE.owner()
except KeyError:
    MARKER = "root"
if MARKER == "root":
    stop(f"{COURSE} must belong to the account that marks: chown -R ACCOUNT {COURSE}")


# The folders -----------------------------------------------------------------------------------


def folder(path, mode, owner="root"):
    """Make a folder, or give it back its owner and its mode."""
    path.mkdir(parents=True, exist_ok=True)
    shutil.chown(path, owner)
    path.chmod(mode)


folder(FOLDER, 0o755)
folder(PRIVATE, 0o700)
folder(SETTINGS, 0o755)
# nbgrader asks that all may write here. The sticky bit keeps each from moving what is another's,
# and the course's own part is there before anyone can take its name.
folder(EXCHANGE, 0o755)
folder(EXCHANGE / NAME, 0o755, MARKER)
folder(EXCHANGE, 0o1777)


# What JupyterLab shows to whom ------------------------------------------------------------------


def settings(role, *, extensions, plugins, nbgrader, server=None, kernels=None):
    """Write the settings of a role where all can read them; return their folder."""
    on_or_off = {f"nbgrader.server_extensions.{name}": on for name, on in extensions.items()}
    parts = {
        "jupyter_server_config.json": {
            "ServerApp": {
                "jpserver_extensions": on_or_off,
                # A login shell would forget where the course's commands are.
                "terminado_settings": {"shell_command": ["bash"]},
                **(server or {}),
            },
            "MappingKernelManager": kernels or {},
        },
        "labconfig/page_config.json": {
            "disabledExtensions": {
                f"@jupyter/nbgrader:{name}": not on for name, on in plugins.items()
            }
        },
    }
    texts = {name: json.dumps(content, indent=2) for name, content in parts.items()}
    lines = [f"c.{name} = {value!r}" for name, value in nbgrader.items()]
    texts["nbgrader_config.py"] = "\n".join(["c = get_config()", *lines])
    for name, text in texts.items():
        path = SETTINGS / role / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        path.chmod(0o644)
    for each in (SETTINGS / role, *filter(Path.is_dir, (SETTINGS / role).iterdir())):
        each.chmod(0o755)
    return str(SETTINGS / role)


FOR_STUDENTS = settings(
    "students",
    extensions={
        "assignment_list": True,
        "course_list": False,
        "formgrader": False,
        "validate_assignment": False,
    },
    plugins={
        "assignment-list": True,
        "menu": True,
        "course-list": False,
        "create-assignment": False,
        "formgrader": False,
        "validate-assignment": False,
    },
    nbgrader={"Exchange.root": str(EXCHANGE)},
    # A kernel that has trained a network keeps about a gigabyte.
    kernels={"cull_idle_timeout": HOUR, "cull_interval": HOUR // 12},
    server={"shutdown_no_activity_timeout": 4 * HOUR},
)
FOR_INSTRUCTORS = os.pathsep.join(
    [
        settings(
            "instructors",
            extensions={"assignment_list": False, "course_list": False},
            # A hub lets no page stand inside another, so the formgrader has a page of its own.
            plugins={"assignment-list": False, "course-list": False, "formgrader": False},
            nbgrader={
                "CourseDirectory.root": str(COURSE),
                "CourseDirectory.course_id": NAME,
                "Exchange.root": str(EXCHANGE),
            },
        ),
        str(Path(jupyter.__file__).parent / "instructor"),
    ]
)


def environment(settings):
    """Return what a server is started with; nothing else of the hub's own is passed on."""
    found = {
        "PATH": PATH,
        "JUPYTER_CONFIG_PATH": settings,
        "NBGRADER_EXCHANGE": str(EXCHANGE),  # for the course's own nbgrader_config.py
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    kept = ("PYTHONPATH", "LANG", "LC_ALL")
    return {**found, **{name: os.environ[name] for name in kept if name in os.environ}}


# Who logs in, and what they may do --------------------------------------------------------------

# With the password of their account on this machine.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {STUDENTS, INSTRUCTORS}
c.JupyterHub.load_groups = {"instructors": {"users": grp.getgrnam(INSTRUCTORS).gr_mem}}
c.JupyterHub.load_roles = [
    {
        "name": "instructor",
        "description": "Opens the formgrader, and stops a student's server that hangs",
        "groups": ["instructors"],
        "scopes": [
            f"access:services!service={NAME}",
            f"read:services!service={NAME}",
            "list:services",
            "admin-ui",
            "list:users",
            "servers",
        ],
    }
]


def first_page(handler):
    """Send instructors to the formgrader, and students to their own JupyterLab."""
    user = handler.current_user
    if user is None:
        return "/hub/login"
    is_instructor = any(group.name == "instructors" for group in user.groups)
    return FORMGRADER if is_instructor else "/hub/spawn"


c.JupyterHub.default_url = first_page


# Servers ----------------------------------------------------------------------------------------


def close_home(spawner):
    """Keep a home, where fetched work lies, from the others."""
    home = Path(f"~{spawner.user.name}").expanduser()
    home.chmod(home.stat().st_mode & 0o7700)


def free_port():
    """Find a port of this machine that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


SERVER = [sys.executable, "-m", "jupyterhub.singleuser"]
c.JupyterHub.spawner_class = "localprocess"
c.Spawner.cmd = SERVER
c.Spawner.default_url = "/lab"
c.Spawner.environment = environment(FOR_STUDENTS)
c.Spawner.pre_spawn_hook = close_home
c.Spawner.start_timeout = c.Spawner.http_timeout = 120

# One formgrader for all who mark: a server of the account that owns the course.
c.JupyterHub.services = [
    {
        "name": NAME,
        "display": True,
        "url": f"http://127.0.0.1:{free_port()}",
        "command": SERVER,
        "user": MARKER,
        "cwd": str(COURSE),
        "environment": {**environment(FOR_INSTRUCTORS), "JUPYTERHUB_DEFAULT_URL": "/formgrader"},
        "oauth_no_confirm": True,
    }
]


# The hub itself ---------------------------------------------------------------------------------

# Only this machine is answered: a web server in front brings encryption (docs/hub.md).
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = f"sqlite:///{PRIVATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(PRIVATE / "cookie_secret")
c.ConfigurableHTTPProxy.command = [PROXY]
c.ConfigurableHTTPProxy.pid_file = str(PRIVATE / "proxy.pid")
