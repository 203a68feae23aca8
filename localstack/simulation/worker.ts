// A thread that is a universe of its own: virtual time, seeded randomness, planted faults; it plays histories one by one.
import { parentPort, workerData } from 'node:worker_threads';
import { plantInSources } from './planted/plant.ts';
import { messageSchema, settingsSchema } from './protocol.ts';

const settings = settingsSchema.parse(workerData);
plantInSources(settings.planted);
// Only now: what is planted has to be there before anything of ours is loaded.
const { openUniverse } = await import('./universe/open.ts');
const universe = await openUniverse(settings);

parentPort?.on('message', async (message: unknown) => {
  const { id, history } = messageSchema.parse(message);
  try {
    parentPort?.postMessage({ id, result: await universe.play(history) });
  } catch (error) {
    parentPort?.postMessage({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
parentPort?.postMessage({ ready: true });
