"""All state of the local cloud as one set of files: a numbered folder whose manifest names each file's size and hash.

A set is written beside and then named, so that a crash at any moment leaves the one before it whole.
"""

import hashlib
import json
import os
import shutil

from ministack.core import persistence

from .journal import sync_folder

MANIFEST = "manifest.json"
FRESH = "npm start -- --fresh begins anew; it forgets all models, tokens and files of this local cloud."


class Damaged(Exception):
    """State that cannot be trusted: a sentence for what is wrong and one for the remedy."""

    def __init__(self, problem, remedy=FRESH):
        super().__init__(f"{problem} {remedy}")
        self.problem, self.remedy = problem, remedy


def newest(folder):
    """The number of the newest whole set, None when there is none."""
    numbers = [int(name) for name in os.listdir(folder) if name.isdigit()] if os.path.isdir(folder) else []
    return max(numbers, default=None)


def write(folder, number, sources):
    """Writes set `number` from {name: function that gives the state}; removes all older ones."""
    beside = os.path.join(folder, f"writing-{number}")
    shutil.rmtree(beside, ignore_errors=True)
    os.makedirs(beside, mode=0o700)
    files = {}
    for name, state_of in sources.items():
        state = _taken(state_of)
        if state is None:  # a service that never loaded: what it had stays
            carried = _carry(folder, number, name)
            if carried is not None:
                files[f"{name}.json"] = _put(beside, f"{name}.json", carried)
            continue
        wrapped = {"__ministack_format__": persistence._state_format_version(name), "payload": state}
        text = json.dumps(wrapped, default=persistence._json_default)
        files[f"{name}.json"] = _put(beside, f"{name}.json", text.encode())
    _put(beside, MANIFEST, json.dumps({"files": files}).encode())
    sync_folder(beside)
    os.rename(beside, os.path.join(folder, str(number)))
    sync_folder(folder)
    for name in os.listdir(folder):
        if name != str(number):
            _forget(os.path.join(folder, name))


def _taken(state_of):
    """Executions change their state in threads of their own, which a copy may run into."""
    for _ in range(100):
        try:
            return state_of()
        except RuntimeError as error:
            if "changed size during iteration" not in str(error):
                raise
    return state_of()


def _put(folder, name, data):
    with open(os.path.join(folder, name), "wb", opener=_private) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _private(path, flags):
    return os.open(path, flags, 0o600)


def _carry(folder, number, name):
    earlier = newest(folder)
    path = os.path.join(folder, str(earlier), f"{name}.json")
    if earlier is None or earlier >= number or not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def _forget(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    else:
        os.remove(path)


def load(folder, number):
    """{name: state} of a set.

    :raises Damaged: when a file is missing, has other bytes than were written, or is of a newer version
    """
    place = os.path.join(folder, str(number))
    files = _manifest(place)
    return {name[: -len(".json")]: _state(place, name, wanted) for name, wanted in files.items()}


def load_unnumbered(folder):
    """{name: state} of files as earlier versions of readmit wrote them: side by side, without a manifest."""
    names = [name for name in os.listdir(folder) if name.endswith(".json")] if os.path.isdir(folder) else []
    return {name[: -len(".json")]: _state(folder, name, None) for name in names}


def _manifest(place):
    path = os.path.join(place, MANIFEST)
    try:
        with open(path, "rb") as file:
            return json.load(file)["files"]
    except FileNotFoundError:
        raise Damaged(f"The local cloud's state is incomplete: {path} is missing.") from None
    except (ValueError, KeyError, TypeError):
        raise Damaged(f"The local cloud's state is damaged: {path} cannot be read.") from None


def _state(place, name, wanted):
    path = os.path.join(place, name)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise Damaged(f"The local cloud's state is incomplete: {path} is missing.") from None
    if wanted is not None and hashlib.sha256(data).hexdigest() != wanted["sha256"]:
        raise Damaged(f"The local cloud's state is damaged: {path} does not hold what was written.")
    try:
        state = json.loads(data, object_hook=persistence._json_object_hook)
    except ValueError:
        raise Damaged(f"The local cloud's state is damaged: {path} cannot be read.") from None
    if not isinstance(state, dict) or "__ministack_format__" not in state:
        return state
    service = name[: -len(".json")]
    if state["__ministack_format__"] > persistence._state_format_version(service):
        raise Damaged(f"{path} was written by a newer version of the local cloud.", "Use that version of readmit.")
    return state["payload"]
