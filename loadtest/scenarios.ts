// The scenarios as data: how many users, what they do, for how long, and what must hold.

export const SCENARIOS = ['classic', 'steady', 'spike', 'soak'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface Limits {
  /** Milliseconds. */
  readonly mean?: number;
  readonly p99: number;
}

export interface Scenario {
  readonly about: string;
  /** `users` come at the start and stay; `arrivals` come by the second, ask a few times, and go. */
  readonly load:
    | { readonly users: number; readonly seconds: number }
    | { readonly arrivals: readonly { readonly perSecond: number; readonly seconds: number }[] };
  /** The three example patients, or bodies drawn from the contract. */
  readonly bodies: 'examples' | 'drawn';
  readonly limits: Limits;
}

/**
 * `classic` is the load test of the replaced system, for comparison: there it took 37 ms on average and 110 ms at p99.
 * No scenario accepts an error.
 */
export const TABLE: Readonly<Record<ScenarioName, Scenario>> = {
  classic: {
    about: '10 users who wait 1 to 3 s: health 1, model-info 2, predict 10; the three example patients',
    load: { users: 10, seconds: 60 },
    bodies: 'examples',
    limits: { mean: 10, p99: 30 },
  },
  steady: {
    about: '500 users who wait 1 to 3 s: fifty times classic, bodies drawn from the contract',
    load: { users: 500, seconds: 60 },
    bodies: 'drawn',
    limits: { p99: 500 },
  },
  spike: {
    about: 'a calm, a rush of twenty times as many, a calm again',
    load: {
      arrivals: [
        { perSecond: 2, seconds: 15 },
        { perSecond: 40, seconds: 15 },
        { perSecond: 2, seconds: 15 },
      ],
    },
    bodies: 'drawn',
    limits: { p99: 1000 },
  },
  soak: {
    about: '50 users for ten minutes (or --seconds), to see whether anything grows',
    load: { users: 50, seconds: 600 },
    bodies: 'drawn',
    limits: { p99: 100 },
  },
};
