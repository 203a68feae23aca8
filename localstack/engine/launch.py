"""Runs the local cloud (MiniStack) as the child of another program, and never outlives it.

Standard input is its lead: each line "save" writes all state to disk, answered by "saved" on file descriptor 3;
its end - whatever ended the parent - stops the engine as SIGTERM does, which also saves. On the way out the
Lambda processes in its process group are ended too.
"""

import os
import signal
import sys
import threading

from ministack import app
from ministack.core import persistence


def follow_parent() -> None:
    for line in sys.stdin:
        if line.strip() == "save":
            # On the event loop, where the engine itself saves when it stops.
            app._MAIN_LOOP.call_soon_threadsafe(save)
    os.kill(os.getpid(), signal.SIGTERM)


def save() -> None:
    persistence.save_all(app._build_persistence_save_dict())
    os.write(3, b"saved\n")


def forget_note() -> None:
    """An engine.json that outlives its process means: ended hard, state not saved."""
    if os.path.exists("engine.json"):
        os.remove("engine.json")


def end_group() -> None:
    if os.getpgrp() != os.getpid():
        return
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpid(), signal.SIGTERM)


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
