// The exporter and a real Prometheus beside the deployed stack: same figures, up without the endpoint, no empty panel.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { freePort } from '../engine/ports.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { DASHBOARDS } from '../microk8s/grafana/dashboards.ts';
import { PROMETHEUS, PROMTOOL } from '../microk8s/installed.ts';
import { scrape, total } from './exposition.ts';
import { predictMany } from './load.ts';
import { type Program, startExporter, startPrometheus, until } from './programs.ts';
import { stack, trainSample } from './stack.ts';

const main = stack('main');
const body = readFileSync(join(import.meta.dirname, '..', 'examples', 'high-risk.json'), 'utf8');
let gateway: Gateway;
let exporter: Program;
let way: Way;

const metrics = () => scrape(`${exporter.url}/metrics`);
const predict = (count: number) => predictMany({ url: gateway.url, bodies: [body], count, connections: 4 });
const isUp = async () => (await metrics()).get('readmit_up');

beforeAll(async () => {
  await trainSample(main);
  gateway = await startGateway({
    endpoint: inject('endpoint'),
    credentials: inject('credentials'),
    apiId: main.outputs.ApiId,
    port: await freePort(),
    codeDirectory: join(inject('folder'), 'code'),
  });
  way = await openWay(Number(new URL(inject('endpoint')).port));
  exporter = await startExporter(way.url, main);
});
afterAll(async () => {
  await exporter?.stop();
  await way?.close();
  await gateway?.stop();
});

test('the exporter and /metrics agree on every series', async () => {
  const before = total(await metrics(), 'predictions_total');
  await predict(10);
  await until('they are counted', async () => total(await metrics(), 'predictions_total') >= before + 10);
  const own = /^(readmit_exporter_|readmit_up|readmit_last_read|readmit_model_age_seconds)/;
  const seen = async (url: string) => {
    const series = [...(await scrape(url))].filter(([name]) => !own.test(name));
    return Object.fromEntries(series.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  await until('both have read it', async () => {
    const [a, b] = await Promise.all([seen(`${exporter.url}/metrics`), seen(`${gateway.url}/metrics`)]);
    return a.readmit_log_deliveries_total === b.readmit_log_deliveries_total;
  });
  expect(await seen(`${exporter.url}/metrics`)).toEqual(await seen(`${gateway.url}/metrics`));
});

test('ten scrapers cost at most two readings', async () => {
  const readings = async () => total(await metrics(), 'readmit_exporter_readings_total');
  const before = await readings();
  await Promise.all(Array.from({ length: 10 }, metrics));
  expect((await readings()) - before).toBeLessThanOrEqual(2);
});

test.skipIf(!PROMTOOL)('promtool check metrics has no complaint about the exporter (needs promtool)', async () => {
  const input = await (await fetch(`${exporter.url}/metrics`)).text();
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

test('without the endpoint the exporter stays up, says so, and recovers by itself', async () => {
  const status = async (path: string) => (await fetch(exporter.url + path)).status;
  expect([await isUp(), await status('/readyz'), await status('/healthz')]).toEqual([1, 200, 200]);
  await way.block();
  await until('it notices', async () => (await isUp()) === 0);
  expect([await status('/readyz'), await status('/healthz')]).toEqual([503, 200]);
  expect(total(await metrics(), 'predictions_total')).toBe(0);
  await way.unblock();
  await until('it recovers', async () => (await isUp()) === 1);
  expect(await status('/readyz')).toBe(200);
  expect(total(await metrics(), 'predictions_total')).toBeGreaterThan(0);
});

describe.skipIf(!PROMETHEUS)('a real Prometheus that scrapes the exporter (needs prometheus)', () => {
  let prometheus: Program;
  beforeAll(async () => {
    prometheus = await startPrometheus([exporter.url]);
  });
  afterAll(() => prometheus?.stop());

  const query = async (expr: string) => {
    const response = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(expr)}`);
    return z
      .object({ status: z.literal('success'), data: z.object({ result: z.array(z.unknown()) }) })
      .parse(await response.json()).data.result;
  };

  test('every query of every dashboard returns a series', async () => {
    await until('it has scraped', async () => (await query('count_over_time(readmit_up[1m]) > 3')).length > 0);
    await predict(50);
    const moved = 'sum(increase(predictions_total[1m])) > 0';
    await until('the predictions are scraped', async () => (await query(moved)).length > 0);
    const empty: string[] = [];
    for (const [name, { panels = [] }] of Object.entries(DASHBOARDS)) {
      for (const expr of panels.flatMap(expressions)) {
        if ((await query(expr.replaceAll('$__rate_interval', '1m'))).length === 0) empty.push(`${name}: ${expr}`);
      }
    }
    expect(empty).toEqual([]);
  });

  test('its rules are evaluated, and no alert on serving or on the model fires', async () => {
    await until('rules ran', async () => (await query('readmit:predictions:rate5m')).length > 0);
    // Other tests of this deployment let executions fail on purpose, and the alert for them is right.
    const firing = await query('ALERTS{alertstate="firing",alertname!="ReadmitChainFailed"}');
    expect(firing.map((alert) => JSON.stringify(alert))).toEqual([]);
  });
});

const panelSchema = z.looseObject({ targets: z.array(z.looseObject({ expr: z.string() })) });

function expressions(panel: unknown): string[] {
  return panelSchema.parse(panel).targets.map(({ expr }) => expr);
}

interface Way {
  readonly url: string;
  block(): Promise<void>;
  unblock(): Promise<void>;
  close(): Promise<void>;
}

/** A TCP way to the engine that can be cut, as if the engine were gone. */
async function openWay(enginePort: number): Promise<Way> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  const unblock = async () => {
    const opened = createServer((inward) => {
      const outward = connect(enginePort, '127.0.0.1');
      for (const [from, to] of [[inward, outward] as const, [outward, inward] as const]) {
        sockets.add(from);
        from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
        from.pipe(to);
      }
    });
    server = opened;
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
  };
  const block = async () => {
    const closing = server;
    const closed = new Promise<void>((resolve) => (closing === null ? resolve() : closing.close(() => resolve())));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await unblock();
  return { url: `http://127.0.0.1:${port}`, block, unblock, close: block };
}
