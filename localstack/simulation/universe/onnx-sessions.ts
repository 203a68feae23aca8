// One ONNX Runtime session for a graph and thread, however many processes of however many histories open it: opening costs
// as much as the rest of a history, and the same bytes give the same session.
import { createHash } from 'node:crypto';
import { InferenceSession } from 'onnxruntime-node';
import { whileBusy } from './quiet.ts';

const KEPT = 200;

export function shareSessions(): void {
  const open = InferenceSession.create.bind(InferenceSession);
  const known = new Map<string, Promise<InferenceSession>>();
  const opened = async (graph: Uint8Array): Promise<InferenceSession> => {
    const session = await open(graph, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
    const run = session.run.bind(session);
    return Object.assign(session, {
      run: (feeds: InferenceSession.FeedsType) => whileBusy(() => run(feeds)),
      release: async () => {},
    });
  };
  Object.assign(InferenceSession, {
    create: (graph: Uint8Array) => {
      const name = createHash('sha256').update(graph).digest('hex');
      if (known.size > KEPT) known.clear();
      const found = known.get(name) ?? opened(graph);
      known.set(name, found);
      return whileBusy(() => found);
    },
  });
}
