// Sends predictions over a few kept connections and notes what each answer said: the truth that counters must equal.
import { Agent, request } from 'node:http';
import { z } from 'zod';

export interface Told {
  /** Answers by HTTP status. */
  readonly statuses: Map<number, number>;
  /** 200 answers by `version/class`. */
  readonly predictions: Map<string, number>;
}

export interface Load {
  readonly url: string;
  readonly bodies: readonly string[];
  readonly count: number;
  readonly connections: number;
  /** Called with the number of answers so far. */
  readonly onAnswer?: (answered: number) => void;
}

const answerSchema = z.object({ prediction: z.literal([0, 1]), model_version: z.string() });

export async function predictMany({ url, bodies, count, connections, onAnswer }: Load): Promise<Told> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const told: Told = { statuses: new Map(), predictions: new Map() };
  let started = 0;
  let answered = 0;
  const one = async () => {
    while (started < count) {
      const body = bodies[started++ % bodies.length] ?? '';
      const { status, text } = await post(agent, `${url}/predict`, body);
      add(told.statuses, status);
      if (status === 200) {
        const { prediction, model_version: version } = answerSchema.parse(JSON.parse(text));
        add(told.predictions, `${version}/${prediction}`);
      }
      onAnswer?.(++answered);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return told;
}

function post(agent: Agent, url: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function add<K>(map: Map<K, number>, key: K): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
