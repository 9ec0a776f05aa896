"""The dashboard's server as `gongkai dashboard` starts it, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PATIENCE = 60  # seconds for a server or page on a busy machine
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def chromium() -> str | None:
    """The path of the system's Chromium; None where there is none."""
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(home: Path, **environment: str) -> Iterator[str]:
    """The address of a dashboard on ``home`` that runs until the end."""
    port = free_port()
    command = [sys.executable, "-m", "orchestration.cli", "dashboard", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True)
    try:
        wait_until_healthy(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


def wait_until_healthy(port: int, process: subprocess.Popen) -> None:
    """Return when the server answers; raises RuntimeError where it ends instead, or never does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"the dashboard did not start: {process.stderr.read() if process.poll() is not None else ''}")


def settled(page: object) -> None:
    """Wait until the script has run and the page shows what it drew."""
    page.wait_for_selector(IDLE, timeout=PATIENCE * 1000)
    page.wait_for_selector('[data-testid="stHeading"]', timeout=PATIENCE * 1000)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=PATIENCE * 1000)
    page.wait_for_selector(IDLE, timeout=PATIENCE * 1000)
