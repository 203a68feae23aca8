// Plays the steps of a history in a world: what operators, patients' programs and the cloud's own services do.
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Violations } from '../invariants/violation.ts';
import type { Watches } from '../invariants/witness.ts';
import { pick } from '../universe/random.ts';
import { Environment } from '../world/environment.ts';
import { Logs } from '../world/logs.ts';
import { type Process, ProcessDiedError } from '../world/process.ts';
import { type Answer, ask, type Handler } from '../world/requests.ts';
import type { World } from '../world/world.ts';
import type { Act, Step } from './actions.ts';
import { fileOf } from './files.ts';

export interface Functions {
  readonly registry: Handler;
  readonly pipeline: Handler;
  readonly monitor: (event: unknown) => Promise<unknown>;
}

const begunSchema = z.object({ key: z.string(), upload_id: z.string() });
const partSchema = z.object({ number: z.number(), etag: z.string() });
const entrySchema = z.object({ rev: z.number(), hash: z.string() });

export class Driver {
  readonly #world: World;
  readonly #functions: Functions;
  readonly #watches: Watches;
  readonly #violations: Violations;
  readonly #logs: Logs;
  readonly #environments: Environment[] = [];
  /** Of every environment there ever was: what it wrote may still have to be delivered. */
  readonly #writers: Process[] = [];
  readonly #attempts = new Map<string, number>();
  readonly #live = new Set<Promise<unknown>>();
  #calm: boolean;

  constructor(world: World, functions: Functions, watches: Watches, violations: Violations, calm: boolean) {
    this.#world = world;
    this.#functions = functions;
    this.#watches = watches;
    this.#violations = violations;
    this.#logs = new Logs(world.random);
    this.#calm = calm;
  }

  /** Begins a step and lets the world go on as far as the step says. */
  async play({ id, act, until }: Step): Promise<void> {
    const work = this.#begin(act, `s${id}`).catch((error: unknown) => {
      if (!(error instanceof ProcessDiedError)) throw error;
    });
    this.#live.add(work);
    work.then(() => this.#live.delete(work)).catch((error: unknown) => this.#unexpected(error));
    if (until === 'all') return this.settle();
    const last = this.#world.network.steps + until;
    await this.#world.network.run(() => this.#world.network.steps >= last || this.#violations.first !== null);
  }

  /** Until all that was begun has ended. */
  async settle(): Promise<void> {
    const over = () => (this.#live.size === 0 && !this.#world.running) || this.#violations.first !== null;
    await this.#world.network.run(over);
  }

  /** Nothing goes wrong from now on: the world has to come right. */
  async recover(): Promise<void> {
    await this.settle();
    this.#world.faults.cease();
    this.#calm = true;
    for (const key of this.#world.objects.keys('incoming/')) await this.#takeIn(key);
    await this.play({ id: 1000, act: { kind: 'sleep', milliseconds: 40_000 }, until: 'all' });
    for (const environment of [0, 1]) {
      await this.play({ id: 1001 + environment, act: { kind: 'predict', environment, requests: 2 }, until: 'all' });
    }
    for (let round = 0; round < 200; round++) {
      this.#collect();
      if (this.#logs.waiting().length === 0) break;
      await this.play({ id: 1100 + round, act: { kind: 'deliver' }, until: 'all' });
    }
  }

  async #takeIn(key: string): Promise<void> {
    const name = key.slice('incoming/'.length);
    await this.play({ id: 900, act: { kind: 'execute', name }, until: 'all' });
    const last = this.#world.executions.all().at(-1);
    // Too good a model on so few rows is a failure that is meant; its file was taken in before.
    if (last?.status === 'SUCCEEDED' || /LeakError/.test(`${last?.error} ${last?.cause}`)) return;
    this.#violations.report(
      'progress',
      `${key} is not taken in though nothing goes wrong: ${last?.error}: ${last?.cause}`,
    );
  }

  async #begin(act: Act, label: string): Promise<void> {
    const { pipeline, registry } = this.#functions;
    switch (act.kind) {
      case 'upload':
        return this.#upload(act.file, act.name, label);
      case 'replace':
        this.#world.putByOwnMeans(`incoming/${act.name}`, Buffer.from(fileOf(act.file).text));
        return;
      case 'execute': {
        const attempt = (this.#attempts.get(act.name) ?? 0) + 1;
        this.#attempts.set(act.name, attempt);
        this.#world.nameExecutions(label);
        await this.#ask(pipeline, 'Pipeline', label, 'POST /executions', { source: `incoming/${act.name}`, attempt });
        return;
      }
      case 'stop': {
        const running = this.#world.executions.all().filter(({ status }) => status === 'RUNNING');
        if (running.length === 0) return;
        const { name } = pick(this.#world.random, running);
        await this.#ask(pipeline, 'Pipeline', label, 'POST /stops', { name, reason: 'not now' });
        return;
      }
      case 'promote':
        return this.#decide(registry, label, 'POST /promotions', {
          version: this.#version(act.nth),
          reason: 'an operator says so',
        });
      case 'rollback':
        return this.#decide(registry, label, 'POST /rollbacks', { reason: 'an operator says so' });
      case 'hold':
        return this.#decide(registry, label, 'POST /holds', { reason: 'an operator says so' });
      case 'release':
        return this.#decide(registry, label, 'POST /holds/releases', { reason: 'an operator says so' });
      case 'predict':
        return this.#predict(act.environment, act.requests, label);
      case 'sleep':
        return new Promise((resolve) => setTimeout(resolve, act.milliseconds));
      case 'deliver':
        return this.#deliver(label);
      case 'scrape':
        return this.#watches.serving.checkCounters(false);
      case 'kill one':
        return this.#world.killOne();
      case 'kill all':
        return this.#world.killAll();
    }
  }

  /** One of the registered versions; while there is none, one that is not. */
  #version(nth: number): number {
    return 1 + (nth % Math.max(1, this.#world.registeredVersions()));
  }

  async #upload(file: number, name: string, label: string): Promise<void> {
    const { pipeline } = this.#functions;
    const begun = await this.#ask(pipeline, 'Pipeline', label, 'POST /uploads', { name });
    if (begun.status !== 201) return;
    const { key, upload_id } = begunSchema.parse(begun.body);
    const data = gzipSync(fileOf(file).text, { level: 1 }).toString('base64');
    const part = { key, upload_id, number: 1, data };
    const stored = await this.#ask(pipeline, 'Pipeline', label, 'POST /uploads/parts', part);
    if (stored.status !== 201) return;
    await this.#ask(pipeline, 'Pipeline', label, 'POST /uploads/ends', {
      key,
      upload_id,
      parts: [partSchema.parse(stored.body)],
    });
  }

  async #decide(handler: Handler, label: string, route: string, body: unknown): Promise<void> {
    const answer = await this.#ask(handler, 'Registry', label, route, body);
    if (answer.status !== 201) return;
    const { rev, hash } = entrySchema.parse(answer.body);
    this.#watches.ledger.acknowledge(rev, hash, `${label}, ${route},`);
  }

  async #ask(handler: Handler, role: string, label: string, route: string, body: unknown): Promise<Answer> {
    const process = this.#world.process(`${label} ${role}`, role);
    const answer = await process.run(() => ask(handler, route, body)).finally(() => process.end());
    if (answer.status >= 500 && this.#calm) {
      this.#violations.report('answers', `${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }

  async #predict(nth: number, requests: number, label: string): Promise<void> {
    let environment = this.#environments[nth];
    if (environment?.busy) return;
    if (environment === undefined || environment.process.life === 'dead') {
      const process = this.#world.process(`${label} Predict ${nth}`, 'Predict');
      environment = new Environment(process);
      this.#environments[nth] = environment;
      this.#writers.push(process);
    }
    for (let i = 0; i < requests; i++) {
      const begun = this.#world.clock.now;
      const answer = await environment.predict();
      this.#watches.serving.onAnswer(answer, environment.process, begun);
    }
  }

  async #deliver(label: string): Promise<void> {
    this.#collect();
    const chosen = [this.#logs.next(), this.#logs.next(), this.#logs.next()].filter((one) => one !== null);
    const sent = chosen.map(async (delivery, i) => {
      const process = this.#world.process(`${label} Monitor ${delivery.label} ${i}`, 'Monitor');
      const ended = process
        .run(() => this.#functions.monitor(delivery.event))
        .then(
          () => true,
          () => false, // Lambda keeps the event and hands it out again
        );
      if (await ended) delivery.delivered = true;
      process.end();
    });
    await Promise.all(sent);
    this.#watches.serving.checkCounters(false);
  }

  #collect(): void {
    for (const process of this.#writers) {
      const lines = process.lines
        .splice(0)
        .filter((line) => line.includes('"prediction"') || line.includes('"request_error"'));
      this.#logs.take(process.label, lines, this.#world.clock.now);
    }
  }

  #unexpected(error: unknown): void {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#violations.report('answers', `a step of the history could not be played: ${told}`);
  }
}
