"""S3: the bytes and the description of an object are written beside, and take their names together or not at all."""

import itertools
import os
import secrets
import threading

from ministack.services import s3

from .files import KIND, TEMPORARY

_names = itertools.count()
_start = secrets.token_hex(4)


class Writes(threading.local):
    """The files that the request under way has written beside."""

    pending = None
    problem = None


_writes = Writes()


def follow(journal):
    """Has every write of a request journalled before its files take their names, and told when the disk refuses it."""
    dispatch = s3._dispatch

    def dispatch_durably(*request):
        if _writes.pending is not None:
            return dispatch(*request)
        _writes.pending, _writes.problem = [], None
        try:
            answer = dispatch(*request)
            if _writes.problem is None:
                _name_files(journal, _writes.pending)
        finally:
            pending, _writes.pending = _writes.pending, None
        if _writes.problem is not None:
            for fd, beside, _ in pending:
                os.close(fd)
                os.remove(beside)
            return s3._error("InternalError", f"The object was not stored: {_writes.problem}", 500)
        return answer

    def write_file(path, data, *, text=False):
        beside = f"{path}.{_start}{next(_names):x}{TEMPORARY}"
        try:
            fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            view = memoryview(data.encode() if text else data)
            while view:
                view = view[os.write(fd, view) :]
        except OSError as error:
            _writes.problem = error.strerror
            raise
        if _writes.pending is None:
            _name_files(journal, [(fd, beside, path)])
        else:
            _writes.pending.append((fd, beside, path))

    s3._dispatch = dispatch_durably
    s3._atomic_write = write_file


def _name_files(journal, pending):
    if not pending:
        return
    root = os.path.realpath(s3.DATA_DIR)
    for fd, _, _ in pending:
        journal.keep(fd)
    journal.append([KIND, [[os.path.relpath(path, root) for path in paths] for _, *paths in pending]])
    for _, beside, path in pending:
        os.replace(beside, path)

