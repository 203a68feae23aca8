// What was started is stopped again, last first, however this process ends: done, failed, Ctrl-C, or its parent gone.

type Cleanup = () => Promise<void> | void;

const cleanups: Cleanup[] = [];
let stopping: Promise<void> | undefined;

/** Registers how to undo something that was just started. */
export function onStop(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** Undoes everything, once; further calls wait for the first. */
export function stopAll(): Promise<void> {
  stopping ??= undo();
  return stopping;
}

async function undo(): Promise<void> {
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) {
    try {
      await cleanup();
    } catch (error) {
      console.error(`  while stopping: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const PARENT_CHECK_MS = 1000;

/** Calls `interrupted` once at Ctrl-C, SIGTERM or when the parent process disappears. */
export function watchForEnd(interrupted: (why: string) => void): void {
  let told = false;
  const tell = (why: string) => {
    if (told) return;
    told = true;
    interrupted(why);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => tell(signal));
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && tell('its parent ended'), PARENT_CHECK_MS).unref();
}
