"""Several files of a corpus changed as one: all of them, or none.

The new files are written into a staging folder with a list of where they belong; renaming that
folder is the single point at which the change is made. After it only renames are left, and
whoever opens the corpus next carries out those that an interruption left undone.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from parallel_texts.errors import ParallelTextsError
from parallel_texts.files import contained

__all__ = ["recover", "write_together"]

_COMMITTED = ".parallel-texts-commit"
_STAGING = ".parallel-texts-staging-"
_LIST = "list.json"
_GRACE = 60
"""A staging folder without a process id may be a moment old: seconds."""


def write_together(folder: Path, contents: Mapping[Path, bytes]) -> None:
    """Write files inside ``folder``: after an interruption either all are new or none.

    Args:
        folder: The corpus; made if need be.
        contents: Path, inside ``folder``, to the file's new bytes.

    Raises:
        ParallelTextsError: No permission, no space, or a path outside ``folder``; nothing is
            changed then.
    """
    targets = {_relative(folder, path): data for path, data in contents.items()}
    recover(folder)
    with _reported(folder):
        _check_writable(folder, targets)
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=folder, prefix=_STAGING))
        try:
            _stage(staging, targets)
            staging.rename(folder / _COMMITTED)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        recover(folder)


def recover(folder: Path) -> None:
    """Finish a change that was interrupted after it was made; forget one that was not.

    Raises:
        ParallelTextsError: There is such a change and the folder cannot be written to.
    """
    committed = folder / _COMMITTED
    if committed.is_dir():
        with _reported(folder):
            _carry_out(folder, committed)
    for staging in folder.glob(f"{_STAGING}*"):
        if not _is_alive(staging):
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _reported(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise ParallelTextsError(f"{where}: cannot write: {error.strerror or error}") from error


def _relative(folder: Path, path: Path) -> str:
    root = folder.resolve()
    return contained(root, os.path.relpath(path.resolve(), root)).relative_to(root).as_posix()


def _check_writable(folder: Path, targets: Mapping[str, bytes]) -> None:
    """Meet what renaming could meet, before anything is changed."""
    for name in targets:
        target = folder / name
        parent = next(p for p in target.parents if p.exists())
        if not os.access(parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))


def _stage(staging: Path, targets: Mapping[str, bytes]) -> None:
    (staging / "pid").write_text(str(os.getpid()), "ascii")
    for number, (name, data) in enumerate(targets.items()):
        _write(staging / str(number), data)
        target = staging.parent / name
        if target.exists():
            (staging / str(number)).chmod(target.stat().st_mode & 0o777)
    _write(staging / _LIST, json.dumps(list(targets)).encode())


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _carry_out(folder: Path, committed: Path) -> None:
    """Move the staged files to their places; those already moved are no longer there."""
    for number, name in enumerate(_listed(committed)):
        target = contained(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (committed / str(number)).replace(target)
    shutil.rmtree(committed, ignore_errors=True)


def _listed(committed: Path) -> list[str]:
    """Return where staged files belong; the list goes only when all have been moved."""
    try:
        names: list[str] = json.loads((committed / _LIST).read_bytes())
    except FileNotFoundError:
        return []
    return names


def _is_alive(staging: Path) -> bool:
    """Tell whether the process that fills a staging folder still runs."""
    try:
        os.kill(int((staging / "pid").read_text("ascii")), 0)
    except (ProcessLookupError, ValueError):
        return False
    except FileNotFoundError:
        return not staging.exists() or staging.stat().st_mtime > time.time() - _GRACE
    except OSError:
        return True
    return True
