"""All of one's work in one file: downloaded with a click, restored with another."""

from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from course_utils.learner.folder import FIRST_LESSON, NOTEBOOKS, LearnersFolder

#: Below the server's address, as the extension in the page knows it.
ADDRESS = "course/work.zip"


class WorkHandler(APIHandler):
    """Sends the learner's folder as a zip file, and takes one back."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    def get(self) -> None:
        """Send all work."""
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", 'attachment; filename="my-course-work.zip"')
        self.finish(self._folder().pack(), set_content_type="application/zip")

    @web.authenticated
    @authorized
    def post(self) -> None:
        """Restore work, and tell what became of it."""
        try:
            delivery = self._folder().restore(self.request.body)
        except (ValueError, OSError) as error:
            self.set_status(400)
            self.finish({"message": str(error)})
            return
        self.finish({"written": delivery.written, "beside": delivery.beside})

    def _folder(self) -> LearnersFolder:
        """Find the lessons: in the server's folder, or in a checkout below it, as on Binder."""
        root = Path(self.settings["server_root_dir"]).expanduser()
        inside = root / NOTEBOOKS
        return LearnersFolder(inside if (inside / FIRST_LESSON).is_file() else root)

    @classmethod
    def add_to(cls, web_app: Any) -> None:
        """Answer requests for a learner's work."""
        address = url_path_join(web_app.settings["base_url"], ADDRESS)
        web_app.add_handlers(".*$", [(address, cls)])
