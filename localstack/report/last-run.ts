// .readmit/last-run.json: the last chain's result for scripts.
import { writeWhole } from '../files.ts';
import type { RunFacts } from './facts.ts';

export interface LastRun {
  readonly outcome: RunFacts['outcome'];
  /** The rows were refused, not the model. */
  readonly refused_data: boolean;
  readonly reason: string;
  readonly error?: string;
  readonly execution: string;
  readonly source: string;
  readonly synthetic: boolean;
  readonly rows: number;
  readonly batches: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly eligible: number;
  readonly splits: { readonly train: number; readonly validation: number; readonly test: number };
  readonly candidates: readonly object[];
  /** Figures on later patients; null where they were not measured. */
  readonly later: object | null;
  readonly simpler_ways: readonly object[];
  readonly gate: object | null;
  readonly champion: object | null;
  /** By state, all its Map iterations together as one wall time; `total` is the chain's. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** By state: the largest resident set size of any of its processes. */
  readonly peak_rss_mb: Readonly<Record<string, number>>;
}

export interface RunContext {
  readonly source: string;
  readonly synthetic: boolean;
  /** Wall time by state as the machine's history has it, in the order of entering. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** This very request was done before: nothing was started. */
  readonly repeated: boolean;
}

export function lastRunOf(facts: RunFacts, context: RunContext): LastRun {
  const { report } = facts;
  return {
    outcome: outcomeOf(facts, context),
    refused_data: report?.gate?.refused_data ?? report?.refused_data ?? false,
    reason: facts.reason,
    ...(facts.error ? { error: facts.error } : {}),
    execution: facts.execution,
    source: context.source,
    synthetic: context.synthetic,
    rows: report?.rows ?? 0,
    batches: report?.batches ?? 0,
    quarantined: report?.quarantined ?? {},
    eligible: report?.eligible ?? 0,
    splits: report?.splits ?? { train: 0, validation: 0, test: 0 },
    candidates: report?.candidates ?? [],
    later: report?.later ?? null,
    simpler_ways: report?.simpler_ways ?? [],
    gate: report?.gate ?? null,
    champion: facts.champion,
    milliseconds: context.milliseconds,
    peak_rss_mb: peakByState(facts),
  };
}

function outcomeOf({ outcome }: RunFacts, { repeated }: RunContext): LastRun['outcome'] {
  return repeated && outcome !== 'failed' ? 'unchanged' : outcome;
}

function peakByState({ states }: RunFacts): Record<string, number> {
  const peaks: Record<string, number> = {};
  for (const { state, peak_rss_mb } of states) peaks[state] = Math.max(peaks[state] ?? 0, peak_rss_mb);
  return peaks;
}

export function writeLastRun(file: string, run: LastRun): void {
  writeWhole(file, `${JSON.stringify(run, null, 2)}\n`);
}
