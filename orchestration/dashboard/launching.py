"""Starting the server: Streamlit in this process, for this machine alone, telling nobody and fetching nothing."""

from __future__ import annotations

import importlib
import os
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

from orchestration.dashboard import pandas_guard
from orchestration.dashboard.view import PAGES
from orchestration.settings import HOME_VARIABLE, Settings

APP = Path(__file__).with_name("app.py")
ADDRESS = "127.0.0.1"
FIRST_PAGE = threading.Event()  # set when one has been drawn
LATER = 20  # seconds, after which nobody seems to look

OPTIONS = {
    "global.developmentMode": False,
    "server.address": ADDRESS,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    # names under which a browser may ask for it: a page elsewhere cannot point its own name here
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "browser.gatherUsageStats": False,
    "browser.serverAddress": ADDRESS,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    # downloads are ours, which keep a spreadsheet from taking text for a formula
    "client.disableDataExport": True,
    "runner.magicEnabled": False,
    "logger.level": "warning",
    "logger.hideWelcomeMessage": True,
    "theme.base": "light",
    "theme.primaryColor": "#1f5fbf",
    "theme.font": "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
}


def run(home: Path | str | None, port: int) -> int:
    """Serve the dashboard of ``home`` on 127.0.0.1 until interrupted; 2 where the port is taken."""
    settings = Settings.load()
    folder = Path(home).expanduser().resolve() if home else settings.home
    if not _is_free(port):
        sys.stderr.write(f"gongkai dashboard: port {port} is in use; choose another with --port\n")
        return 2
    os.environ[HOME_VARIABLE] = str(folder)
    keep_uploads_in_memory()
    from streamlit.web import bootstrap

    threading.Thread(target=_load_ahead, daemon=True).start()
    options = {**OPTIONS, "server.port": port}
    bootstrap.load_config_options(options)
    sys.stderr.write(f"gongkai dashboard: http://{ADDRESS}:{port}   ({folder / 'published' / 'gongkai.duckdb'})\n")
    bootstrap.run(str(APP), False, [], options)
    return 0


def _load_ahead() -> None:
    """Make ready what the first page shows while the browser is still asking for it, and other pages after that."""
    with suppress(Exception):  # the page itself will say what is wrong
        _ask("overview")
        for name in ("views.overview", "views.report"):
            importlib.import_module(f"orchestration.dashboard.{name}")
        importlib.import_module("orchestration.dashboard.charts").prepare()
    FIRST_PAGE.wait(LATER)
    with suppress(Exception):
        for name in ("xlsxwriter", *(f"orchestration.dashboard.views.{page}" for page in PAGES)):
            importlib.import_module(name)
        pandas_guard.load()
        _ask("reports")
        _ask("violations")


def _ask(queries: str) -> None:
    """Ask what a page shows at first; the server keeps the answers."""
    from orchestration.dashboard.published import followed

    module = importlib.import_module(f"orchestration.dashboard.queries.{queries}")
    module.everything(followed(Settings.load().published).now())


def keep_uploads_in_memory() -> None:
    """Let no uploaded file go to the disk, not even for a moment: the parser would spool what is over a megabyte."""
    from starlette.formparsers import MultiPartParser

    from orchestration.intake.containers import MAX_FILE_BYTES

    MultiPartParser.spool_max_size = 2 * MAX_FILE_BYTES


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True
