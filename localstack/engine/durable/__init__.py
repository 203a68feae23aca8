"""Makes the local cloud's state durable when it is acknowledged: a numbered set of files and a journal of what came after.

Start: the newest set is loaded and checked, then the journal's records are applied. Save: a new journal segment, a new
set, then the older ones go. See docs/reliability.md for what is promised.
"""

import fcntl
import logging
import os
import time

from ministack import app as engine
from ministack.core import persistence

from . import checkpoint, control, files
from .checkpoint import FRESH, Damaged
from .journal import BrokenSegment, Journal, read_segment, segment, segments, sync_folder

logger = logging.getLogger("durable")

JOURNAL_LIMIT = 64 * 1024 * 1024
RETRY_SECONDS = 10

_DAMAGED_JOURNAL = "The local cloud's journal is damaged"


class DurableState:
    """State of the engine in this process, kept under `home`: state/, journal/, s3/. One process a home.

    :raises Damaged: when what is stored cannot be trusted
    """

    def __init__(self, home):
        self._state = os.path.join(home, "state")
        self._journals = os.path.join(home, "journal")
        self._objects = os.path.join(home, "s3")
        self._lock = _lock(home)
        for folder in (self._state, self._journals, self._objects):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        self._journal = Journal(self._journals)
        self._dirty = False
        self._retry_at = 0.0
        self._recover()

    def _recover(self):
        number = checkpoint.newest(self._state)
        records = list(self._records(number or 0))
        if number is None and records:
            raise Damaged(f"The local cloud's state is missing in {self._state}, though {self._journals} goes on from it.")
        for record in records:
            if record[0] == files.KIND:
                files.redo(self._objects, record)
        files.sweep(self._objects)
        self._check_objects()
        states = checkpoint.load_unnumbered(self._state) if number is None else checkpoint.load(self._state, number)
        if number is None and not states and any(os.scandir(self._objects)):
            raise Damaged(f"The local cloud's state is missing in {self._state}, though {self._objects} holds its files.")
        _restore(states)
        if number is not None:
            self._check_buckets()
        self._follow(records)
        self._number = max([number or 0, *segments(self._journals)])
        if number is None or records:
            self.save()
        else:
            self._number += 1
            self._journal.open(self._number)

    def _records(self, number):
        numbers = segments(self._journals)
        for current in numbers:
            if current < number:
                continue
            try:
                yield from read_segment(segment(self._journals, current))
            except BrokenSegment as broken:
                raise Damaged(f"{_DAMAGED_JOURNAL}: {broken} does not hold what was written.") from None
            except ValueError:
                raise Damaged(f"{_DAMAGED_JOURNAL}: segment {current} cannot be read.") from None

    def _check_objects(self):
        for path in files.damaged(self._objects):
            raise Damaged(
                f"A file of the local cloud is damaged: {path} does not fit its {files.DESCRIPTION}.",
                f"Put it back from a copy, give it up by deleting it and its {files.DESCRIPTION}, or begin anew: {FRESH}",
            )

    def _buckets(self):
        from ministack.services import s3

        return [os.path.join(self._objects, account, bucket) for account, bucket in s3._buckets._data]

    def _check_buckets(self):
        """Each has a folder, which `save` made if nothing else did."""
        for folder in self._buckets():
            if not os.path.isdir(folder):
                raise Damaged(f"The local cloud's files are incomplete: {folder} is missing.")

    def _follow(self, records):
        from . import executions, objects, stacks, tables

        objects.follow(self._journal)
        apply = {tables.KIND: tables.follow(self._journal), executions.KIND: executions.follow(self._journal)}
        for record in records:
            if record[0] in apply:
                apply[record[0]](record)
        executions.end_interrupted()
        stacks.end_interrupted()
        self._deploying = stacks.deploying

    def save(self):
        """Writes all state as a new set and drops the journal before it. On the engine's loop, or before it runs."""
        number = self._number + 1
        self._journal.open(number)
        self._number = number
        for folder in self._buckets():
            os.makedirs(folder, mode=0o700, exist_ok=True)
        for folder in _folders(self._objects):
            sync_folder(folder)
        checkpoint.write(self._state, number, engine._build_persistence_save_dict())
        for old in segments(self._journals):
            if old < number:
                os.remove(segment(self._journals, old))
        self._dirty = False

    def _save_for(self, changed):
        """A save that fails is the failure of the request that needs it; others try again, but not each of them."""
        if not changed and time.monotonic() < self._retry_at:
            return
        try:
            self.save()
        except Exception:
            self._retry_at = time.monotonic() + RETRY_SECONDS
            if changed:
                raise
            logger.exception("the state could not be saved")

    def attach(self):
        """Puts itself before the engine's answers: one to a decision leaves when that is on the disk."""
        engine._load_persisted_state = lambda: None
        engine.save_all = lambda _: self.save()
        for service, handler in list(engine.SERVICE_HANDLERS.items()):
            engine.SERVICE_HANDLERS[service] = self._guarded(service, handler)
        engine.app = self._settled(engine.app)

    def _guarded(self, service, handler):
        async def handle(method, path, headers, body, query):
            answer = await handler(method, path, headers, body, query)
            changed = answer[0] < 300 and control.changes_control(service, method, path, headers, body, query)
            if changed:
                self._dirty = True
            if (self._dirty or self._journal.size > JOURNAL_LIMIT) and not self._deploying():
                self._save_for(changed)
            return answer

        return handle

    def _settled(self, app):
        journal = self._journal

        async def answer(scope, receive, send):
            appended, decisions = journal.appended, journal.decisions

            async def send_settled(message):
                if message["type"] == "http.response.start" and journal.appended != appended:
                    if journal.decisions != decisions:
                        await journal.settle()
                    else:
                        journal.settle_soon()
                await send(message)

            await app(scope, receive, send_settled if scope["type"] == "http" else send)

        return answer


def _lock(home):
    lock = open(os.path.join(home, "lock"), "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Damaged(f"Another local cloud runs in {home}.", "Stop it with Ctrl-C first, or use another clone.") from None
    return lock


def _restore(states):
    for key, module in engine._state_map.items():
        state = states.get(key)
        if not state:
            continue
        try:
            engine._get_module(module).load_persisted_state(state)
        except Exception as error:
            raise Damaged(f"The local cloud's state of {key} cannot be taken in: {error!r}.") from error


def _folders(root):
    return [folder for folder, _, _ in os.walk(root)]


assert persistence.PERSIST_STATE, "the engine must be started with PERSIST_STATE=1"
