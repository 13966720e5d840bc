"""Where the embedded servers keep their data and sockets, and under which system account."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from oicmediation.runtime.processes import Failed

ACCOUNT = "oic-mediation"
SERVERS_HOME = Path("/var/lib/oic-mediation")
ELSEWHERE = "servers-are-in"


def server_account() -> str | None:
    """Return the account that the servers run under, or None for that of the caller.

    PostgreSQL refuses to run as root; root makes one system account, else takes `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if not _exists(ACCOUNT) and (useradd := shutil.which("useradd", path="/usr/sbin:/sbin")):
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        subprocess.run(command, check=False, capture_output=True)
    return ACCOUNT if _exists(ACCOUNT) else "nobody"


def _exists(account: str) -> bool:
    try:
        pwd.getpwnam(account)
    except KeyError:
        return False
    return True


def data_folder(folder: Path, account: str | None) -> Path:
    """Return the folder for the servers' data that belongs to `folder`, making both.

    It is `folder` itself unless `account` cannot reach it (a checkout in root's home): then one
    under /var/lib/oic-mediation, whose path is kept in `folder`, so that who deletes `folder`
    begins anew.
    """
    make_private(folder, account=None)
    if account is None:
        return folder
    folder.chmod(0o711)
    if is_reachable(folder):
        return folder
    note = folder / ELSEWHERE
    if not note.exists():
        SERVERS_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        note.write_text(tempfile.mkdtemp(prefix="state-", dir=SERVERS_HOME), encoding="utf-8")
    elsewhere = Path(note.read_text(encoding="utf-8"))
    make_private(elsewhere, account=None)
    elsewhere.chmod(0o711)
    return elsewhere


def remove(folder: Path) -> None:
    """Remove a state folder, and the servers' data that belong to it wherever they are."""
    note = folder / ELSEWHERE
    if note.exists():
        shutil.rmtree(note.read_text(encoding="utf-8"), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def socket_folder(folder: Path, account: str | None) -> Path:
    """Return a short private folder for sockets, whose paths may have about 104 bytes only.

    Raises:
        Failed: another account owns a folder of that name.
    """
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    short = Path(tempfile.gettempdir()) / f"oic-{os.geteuid()}-{digest}"
    make_private(short, account=account)
    return short


def make_private(folder: Path, *, account: str | None) -> None:
    """Make a folder that only `account` (by default the caller) may enter.

    Raises:
        Failed: the folder is a link, or belongs to somebody else.
    """
    owner = os.geteuid() if account is None else pwd.getpwnam(account).pw_uid
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if account is not None:
            shutil.chown(folder, account, pwd.getpwnam(account).pw_gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise Failed(
            f"{folder} belongs to another account. Choose another state folder with OIC_STATE_DIR."
        )


def is_reachable(path: Path) -> bool:
    """Whether an account with no rights of its own may enter every folder down to `path`."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def package_folder(name: str) -> Path:
    """Return the folder of an installed package, without importing it.

    Raises:
        Failed: the package is not installed.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Failed(
            f"{name} is not installed. Install requirements-embedded.txt, or set DATABASE_URL and "
            "REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


def reachable_copy(package: str, folders: list[Path], account: str | None) -> list[Path]:
    """Return `folders`, or copies of them side by side where `account` cannot reach these.

    The copies are named after the package and its version, and are made once.
    """
    if account is None or all(is_reachable(folder) for folder in folders):
        return folders
    home = SERVERS_HOME / f"{package}-{version(package)}"
    if not home.exists():
        SERVERS_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SERVERS_HOME, prefix="draft-"))
        for folder in folders:
            shutil.copytree(folder, draft / folder.name, ignore=_not_needed)
        draft.chmod(0o755)
        try:
            draft.rename(home)
        except OSError:  # another start was quicker
            shutil.rmtree(draft)
    return [home / folder.name for folder in folders]


def _not_needed(folder: str, names: list[str]) -> set[str]:
    return {"include", "__pycache__", "pgxs"} & set(names)
