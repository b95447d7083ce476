"""Static files as a site collects them: collected once, and copied for each site that tests start.

Collecting them takes seconds, as each is compressed twice. They are kept until a file or the code that
collects them changes.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".pytest_cache/static"
COLLECT = "from config.management.commands import serve; serve.collect()"


def put_into(folder, environment):
    """Copy them to where a site with this folder looks for them."""
    static = Path(folder) / "static"
    if static.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.copytree(_made(environment), static)


def _key():
    """A hash of all that decides what is collected."""
    content = hashlib.sha256(sys.version.encode())
    read = [ROOT / "requirements.txt", *(ROOT / "static").rglob("*"), *(ROOT / "site/config").rglob("*.py")]
    for path in sorted(path for path in read if path.is_file()):
        content.update(f"{path}\0".encode() + path.read_bytes())
    return content.hexdigest()[:12]


def _made(environment):
    made = FOLDER / _key()
    if not made.exists():
        for older in FOLDER.glob("*/"):
            shutil.rmtree(older)
        building = FOLDER / "building"
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", COLLECT]
        subprocess.run(command, env={**environment, "CATALOG_VAR": str(building)}, check=True)
        (building / "static").rename(made)
        shutil.rmtree(building)
    return made
