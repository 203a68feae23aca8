// A scenario as an Artillery script: https://www.artillery.io/docs/reference/test-script
import { join } from 'node:path';
import type { Limits, Scenario } from './scenarios.ts';

const EXPECTED = { expect: [{ statusCode: 200 }] };

export interface ScriptOptions {
  readonly target: string;
  readonly token: string | undefined;
  readonly bodiesFile: string;
  /** Shortens or lengthens scenarios of staying users. */
  readonly seconds: number | undefined;
}

export function artilleryScript({ load, limits }: Scenario, options: ScriptOptions) {
  const { target, token, bodiesFile } = options;
  const stays = 'users' in load ? { ...load, seconds: options.seconds ?? load.seconds } : null;
  return {
    config: {
      target,
      http: { timeout: 29, pool: stays === null ? 50 : Math.min(stays.users, 100) },
      processor: join(import.meta.dirname, 'processor.mjs'),
      variables: { bodiesFile, stay: stays?.seconds ?? 0 },
      phases:
        'arrivals' in load
          ? load.arrivals.map(({ perSecond, seconds }) => ({ arrivalRate: perSecond, duration: seconds }))
          : [{ arrivalCount: stays?.users, duration: 2 }],
      plugins: { expect: { reportFailuresAsErrors: true, outputFormat: 'silent' }, ensure: {} },
      ensure: { thresholds: thresholds(limits), maxErrorRate: 0 },
      defaults: { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
    },
    scenarios: [{ name: 'users', flow: [{ function: 'arrive' }, { loop: visit(), whileTrue: 'stays' }] }],
  };
}

function visit() {
  return [
    { function: 'choose' },
    { get: { url: '/health', ifTrue: 'task == "health"', ...EXPECTED } },
    { get: { url: '/model-info', ifTrue: 'task == "model-info"', ...EXPECTED } },
    { post: { url: '/predict', json: '{{ body }}', ifTrue: 'task == "predict"', ...EXPECTED } },
    { think: '{{ wait }}' },
  ];
}

function thresholds({ mean, p99 }: Limits): Readonly<Record<string, number>>[] {
  return [{ 'http.response_time.p99': p99 }, ...(mean === undefined ? [] : [{ 'http.response_time.mean': mean }])];
}
