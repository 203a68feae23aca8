"""Runs the local cloud (MiniStack) as the child of another program, and never outlives it: launch.py HOME.

Standard input is its lead: each line "save" writes all state to disk, answered on file descriptor 3 by a line of JSON;
its end - whatever ended the parent - stops the engine as SIGTERM does, which also saves. On the way out the
Lambda processes in its process group are ended too. State that cannot be trusted ends it at once, with a line
{"problem", "remedy"} on file descriptor 3.
"""

import json
import os
import signal
import sys
import threading

from ministack import app

import door
import durable

state = None


def tell(message) -> None:
    try:
        os.write(3, json.dumps(message).encode() + b"\n")
    except BrokenPipeError:
        pass  # the parent is gone, and so is whoever asked


def follow_parent() -> None:
    for line in sys.stdin:
        if line.strip() == "save":
            # On the event loop, where the engine itself saves when it stops.
            app._MAIN_LOOP.call_soon_threadsafe(save)
    os.kill(os.getpid(), signal.SIGTERM)


def save() -> None:
    try:
        state.save()
    except Exception as error:
        tell({"problem": f"The local cloud could not save its state: {error}."})
    else:
        tell({"saved": True})


def forget_note() -> None:
    """An engine.json that outlives its process means: ended hard."""
    if os.path.exists("engine.json"):
        os.remove("engine.json")


def end_group() -> None:
    if os.getpgrp() != os.getpid():
        return
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpid(), signal.SIGTERM)


os.umask(0o077)  # what is stored here is for its owner alone
try:
    state = durable.DurableState(os.getcwd())
except durable.Damaged as damaged:
    tell({"problem": damaged.problem, "remedy": damaged.remedy})
    sys.exit(f"{damaged}")
state.attach()
door.close(os.environ["AWS_SECRET_ACCESS_KEY"], open_api=os.environ.pop("OPEN_API", "") == "1")
threading.Thread(target=follow_parent, daemon=True).start()
sys.argv = ["ministack"]
try:
    app.main()
    forget_note()
finally:
    end_group()
    sys.stdout.flush()
    sys.stderr.flush()
    # Worker threads may still wait for a Lambda that was just ended; nothing is left to save.
    os._exit(0)
