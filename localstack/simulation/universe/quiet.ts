// When nothing runs: all that follows from what happened last has happened, and whoever still runs waits for the world.
let busy = 0;

/** Real work that takes turns of the event loop, as a session of ONNX Runtime does: the world waits for it. */
export async function whileBusy<T>(work: () => Promise<T>): Promise<T> {
  busy += 1;
  try {
    return await work();
  } finally {
    busy -= 1;
  }
}

export async function quiet(): Promise<void> {
  await turn();
  do await turn();
  while (busy > 0);
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
