import { describe, expect, it } from 'vitest';
import type { RunFacts } from './facts.ts';
import { lastRunOf } from './last-run.ts';
import { summaryLines } from './summary.ts';

const between = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
const later = {
  ...{ rows: 23_400, positives: 2_500, patients: 21_000, mean_predicted: 0.11, auroc: between(0.6662) },
  ...{ log_loss: between(0.3349), ece: between(0.0146), slope: between(0.9), intercept: between(-0.14) },
  observed_expected: between(0.886),
};

const facts: RunFacts = {
  execution: 'abc-1',
  outcome: 'promoted',
  reason: 'first model',
  error: undefined,
  promotedRev: null,
  report: {
    rows: 40_000,
    batches: 3,
    quarantined: { unknown_age: 2, column_count: 1 },
    files: [{ source: 'incoming/a.csv', read_as: 'semicolon-separated UTF-16' }],
    eligible: 39_000,
    withdrawn: [{ batch_id: 2, rows: 15_000, reason: 'wrong ward' }],
    splits: { train: 31_200, validation: 3_900, test: 3_900 },
    candidates: [
      {
        name: 'gradient boosting',
        algorithm: 'gradient_boosting',
        chosen: true,
        validation_log_loss: 0.33,
        test: { auroc: 0.6812, auroc_interval: [0.66, 0.7], auprc: 0.26, log_loss: 0.3467, ece: 0.0072 },
      },
    ],
    later: { order: 'encounter_id', windows: 3, all: later, first_seen: later, newest: later },
    simpler_ways: [
      {
        ...{ name: 'hospital_like', title: 'HOSPITAL-like score', source: 'Donze et al. 2013', missing: 'haemoglobin' },
        ...{ auroc: 0.6004, log_loss: 0.3552, gain: { auroc: between(0.08), log_loss: between(-0.01) } },
      },
    ],
    failed_candidates: [{ name: 'random forest', error: 'Lambda.Unknown: signal: killed' }],
    set_aside_example: 'age (unknown_age): age is "70"',
    gate: { reason: 'passes every check', checks: [{ name: 'leak', passed: true, text: 'AUROC is plausible' }] },
  },
  champion: { version: 4, rev: 5, model_sha256: 'f'.repeat(64), test: { auroc: 0.6812, ece: 0.0072 } },
  states: [
    { state: 'Clean', ms: 100, peak_rss_mb: 210 },
    { state: 'Clean', ms: 120, peak_rss_mb: 190 },
    { state: 'Train', ms: 9000, peak_rss_mb: 400 },
  ],
};
const context = { source: 'a.csv', synthetic: true, repeated: false, milliseconds: { Clean: 130, Train: 9000 } };

describe('last-run.json', () => {
  it('holds what a script asks for', () => {
    expect(lastRunOf(facts, context)).toMatchObject({
      outcome: 'promoted',
      rows: 40_000,
      batches: 3,
      quarantined: { unknown_age: 2 },
      eligible: 39_000,
      splits: { train: 31_200, validation: 3_900, test: 3_900 },
      candidates: [{ name: 'gradient boosting' }],
      champion: { version: 4, test: { auroc: 0.6812, ece: 0.0072 } },
      milliseconds: { Train: 9000 },
      peak_rss_mb: { Clean: 210, Train: 400 },
    });
  });

  it('calls a request that was done before unchanged, and a failure a failure', () => {
    expect(lastRunOf(facts, { ...context, repeated: true }).outcome).toBe('unchanged');
    const failed: RunFacts = { ...facts, outcome: 'failed', error: 'MissingSourceError', report: undefined };
    expect(lastRunOf(failed, { ...context, repeated: true })).toMatchObject({
      outcome: 'failed',
      error: 'MissingSourceError',
      rows: 0,
    });
  });
});

describe('the closing table', () => {
  const text = (given: RunFacts) => summaryLines(lastRunOf(given, context), given).join('\n');

  it('counts rows, quarantine with reasons and splits, and shows metrics, gate, version and times', () => {
    for (const part of [
      '40,000 in 3 batches',
      'a.csv as semicolon-separated UTF-16',
      '3 (unknown_age 2, column_count 1)',
      'batch 2, 15,000 rows: wrong ward',
      'train 31,200, validation 3,900, test 3,900',
      '0.681 [0.660, 0.700]',
      'first-time patients      0.666 [0.656, 0.676]  89 [88, 90]            0.0146    0.3349',
      'HOSPITAL-like score',
      '✓ AUROC is plausible',
      'version 4 serves',
      'Train 9.0 s',
      'Clean 210 MB',
      'random forest failed: Lambda.Unknown: signal: killed',
      'most often age (unknown_age): age is "70"',
    ]) {
      expect(text(facts)).toContain(part);
    }
  });

  it('shows later patients first, and says what stands for time', () => {
    const shown = text(facts);
    expect(shown.indexOf('later patients')).toBeLessThan(shown.indexOf('drawn at random'));
    expect(shown).toContain('by encounter_id');
  });

  it('tells data that were refused from a challenger that was', () => {
    const gate = { reason: 'too few', refused_data: true, checks: [] };
    const refused: RunFacts = { ...facts, outcome: 'rejected', report: facts.report && { ...facts.report, gate } };
    expect(lastRunOf(refused, context).refused_data).toBe(true);
    expect(text(refused)).toContain('Refused for its data: version 4 keeps serving.');
    expect(lastRunOf({ ...facts, outcome: 'rejected' }, context).refused_data).toBe(false);
  });

  it('names the failure of a run that failed', () => {
    const failed: RunFacts = { ...facts, outcome: 'failed', error: 'HeaderMismatchError', reason: 'column 3 is x' };
    expect(text(failed)).toContain('HeaderMismatchError: column 3 is x');
  });

  it.each([
    [{ outcome: 'rejected' }, 'Rejected: version 4 keeps serving.'],
    [{ outcome: 'held' }, 'Not promoted, the table is away; version 4 serves.'],
    [{ outcome: 'champion_changed' }, 'Not promoted, the champion was changed: the table is away; version 4 serves.'],
    [{ outcome: 'rejected', champion: null }, 'Rejected: no model serves yet.'],
    [{ outcome: 'failed', champion: null }, 'Failed: no model serves yet. the table is away'],
    [{ outcome: 'failed' }, 'Failed: version 4 serves. the table is away'],
    [{ outcome: 'failed', promotedRev: 5 }, 'Failed after the promotion (ledger rev 5): version 4 serves;'],
    [{ outcome: 'unchanged' }, 'Unchanged: the table is away; version 4 serves.'],
  ] as const)('says of %j which model serves, if any', (change, expected) => {
    expect(text({ ...facts, reason: 'the table is away', ...change })).toContain(expected);
  });
});
