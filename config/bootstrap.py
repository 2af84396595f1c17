"""Make .venv and .env with nothing but Python: `python3 config/bootstrap.py requirements.txt`.

A finished installation leaves a stamp in .venv with the digest of its requirements; whatever was interrupted has none.
"""

import hashlib
import secrets
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"


def install(requirements: Path) -> None:
    """Install a requirements file with verified hashes, unless exactly this one is installed."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = VENV / f".installed-{requirements.stem}"
    if stamp.exists() and stamp.read_text() == digest and _runs(PYTHON, "-c", ""):
        return
    if not _runs(PYTHON, "-m", "pip", "--version"):
        if find_spec("venv") is None or find_spec("ensurepip") is None:
            sys.exit(f"{sys.executable} has no module venv. On Debian and Ubuntu: sudo apt install python3-venv")
        if not _runs(sys.executable, "-m", "venv", "--clear", VENV):
            sys.exit(f"The virtual environment {VENV} cannot be made: is the disk full, or the folder somebody else's?")
    sys.stdout.write(f"Installing {requirements.name} into .venv (once)\n")
    sys.stdout.flush()
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes")
    if subprocess.run([*pip, "--requirement", requirements], check=False).returncode:
        sys.exit(f"{requirements.name} cannot be installed: pip says why above. Mend that and start again.")
    stamp.write_text(digest)


def write_environment() -> None:
    """Write .env for this machine alone, unless there is one."""
    path = CHECKOUT / ".env"
    if path.exists():
        return
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(
        "# Settings of this checkout; docs/operations.md lists them all.\n"
        f"SECRET_KEY={secrets.token_urlsafe(48)}\n"
        "ALLOWED_HOSTS=127.0.0.1,localhost,[::1]\n"
        "HTTPS=off\n"
    )
    new.rename(path)


def _runs(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    install(CHECKOUT / sys.argv[1])
    write_environment()
