"""A write-ahead journal: a record is handed to the system before its change is answered, which survives the end of every
process; on the disk, which survives the end of the machine, it is before a decision is answered and soon after all else.

A segment is a file of records, each: length and CRC-32 (little-endian, 4 bytes each), then JSON in UTF-8. One
`fdatasync` serves all answers that wait for it (group commit; Gray & Reuter 1992, ch. 9).
"""

import asyncio
import json
import logging
import os
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

logger = logging.getLogger("durable")

SOON_SECONDS = 0.5
HEAD = struct.Struct("<II")
SUFFIX = ".wal"


class Journal:
    """Appends to one segment at a time. Thread-safe; `settle` belongs to the event loop."""

    def __init__(self, folder):
        self._folder = folder
        self._lock = threading.RLock()
        self._fd = None
        self._end = 0
        self._loose = []
        self._local = threading.local()
        self._syncing = None
        self._synced = 0
        self._thread = ThreadPoolExecutor(1, "journal")
        self._planned = None
        self.appended = 0
        self.decisions = 0

    def open(self, number):
        """Ends the segment in use and goes on in segment `number`, which must not be there yet."""
        path = segment(self._folder, number)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        sync_folder(self._folder)
        with self._lock:
            before, self._fd, self._end = self._fd, fd, 0
            if before is not None:
                os.fdatasync(before)
                os.close(before)

    @property
    def size(self):
        return self._end

    def append(self, record, decision=False):
        """Survives the end of this process from here on; of the machine, after `settle`.

        :param decision: the answer is to wait for that
        """
        self.decisions += decision
        held = getattr(self._local, "held", None)
        if held is not None:
            held.append(record)
        else:
            self._write(record)

    def together(self, work, *args):
        """Runs `work`; what it appends becomes one record, so that either all of it is found again or nothing."""
        if getattr(self._local, "held", None) is not None:
            return work(*args)
        self._local.held = held = []
        try:
            return work(*args)
        finally:
            self._local.held = None
            if held:
                self._write(held[0] if len(held) == 1 else ["all", held])

    def _write(self, record):
        payload = json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()
        data = memoryview(HEAD.pack(len(payload), zlib.crc32(payload)) + payload)
        with self._lock:
            try:
                done = 0
                while done < len(data):
                    done += os.write(self._fd, data[done:])
            except OSError:
                # A full disk must not leave half a record before those that follow.
                os.ftruncate(self._fd, self._end)
                raise
            self._end += len(data)
            self.appended += 1

    def keep(self, fd):
        """A file that the records appended next speak of: to be on the disk before they count, then closed."""
        with self._lock:
            self._loose.append(fd)
            self.appended += 1

    async def settle(self):
        """Waits until all that was appended so far is on the disk."""
        wanted = self.appended
        while self._synced < wanted:
            if self._syncing is None:
                loop = asyncio.get_running_loop()
                self._syncing = loop.run_in_executor(self._thread, self._sync)
                self._syncing.add_done_callback(self._end_sync)
            await asyncio.shield(self._syncing)

    def settle_soon(self):
        """Has what was appended brought to the disk while answers go out: one wait for all of a moment."""
        if self._planned is None:
            self._planned = asyncio.get_running_loop().call_later(SOON_SECONDS, self._begin_settling)

    def _begin_settling(self):
        self._planned = asyncio.ensure_future(self.settle())
        self._planned.add_done_callback(self._end_settling)

    def _end_settling(self, task):
        self._planned = None
        if task.exception() is not None:
            logger.error("the journal could not be brought to the disk", exc_info=task.exception())

    def _end_sync(self, _):
        self._syncing = None

    def _sync(self):
        with self._lock:
            reached, loose, self._loose = self.appended, self._loose, []
            fd = os.dup(self._fd)
        try:
            for file in loose:
                os.fdatasync(file)
            os.fdatasync(fd)
        finally:
            for file in (*loose, fd):
                os.close(file)
        self._synced = reached


def segment(folder, number):
    return os.path.join(folder, f"{number:08d}{SUFFIX}")


def segments(folder):
    """Numbers of the segments in a folder, ascending."""
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return sorted(int(name[: -len(SUFFIX)]) for name in names if name.endswith(SUFFIX) and name[:8].isdigit())


class BrokenSegment(Exception):
    """A record that cannot be read although others were written after it."""


def read_segment(path):
    """Its records in order. One that a hard end cut off stands last, was never acknowledged, and is left out.

    :raises BrokenSegment: for damage anywhere else
    """
    with open(path, "rb") as file:
        data = file.read()
    at = 0
    while at < len(data):
        records_end = _record_end(data, at)
        if records_end is None:
            if data[at:].strip(b"\0") and _anything_after(data, at):
                raise BrokenSegment(f"{path} at byte {at}")
            return
        payload = data[at + HEAD.size : records_end]
        record = json.loads(payload)
        yield from record[1] if record[0] == "all" else (record,)
        at = records_end


def _record_end(data, at):
    if at + HEAD.size > len(data):
        return None
    length, crc = HEAD.unpack_from(data, at)
    end = at + HEAD.size + length
    if length == 0 or end > len(data) or zlib.crc32(data[at + HEAD.size : end]) != crc:
        return None
    return end


def _anything_after(data, at):
    """A whole record further on means that this one was damaged later: it was not the last to be written."""
    return any(_record_end(data, further) is not None for further in range(at + 1, len(data) - HEAD.size))


def sync_folder(path):
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
