import { describe, expect, it } from 'vitest';
import { HEADER_COLUMNS } from '../encounter/header.ts';
import type { DataCheck } from './check.ts';
import { baseRate } from './checks/base-rate.ts';
import { enoughTestRows } from './checks/enough-test-rows.ts';
import { enoughTrainingRows } from './checks/enough-training-rows.ts';
import { lossAtRandom } from './checks/loss-at-random.ts';
import { setAsideShare } from './checks/set-aside-share.ts';
import type { DataFacts } from './data-facts.ts';
import { GATE_LIMITS } from './limits.ts';
import { type AsideRow, summarizeSetAside } from './set-aside.ts';

const row = (
  cells: Partial<Record<(typeof HEADER_COLUMNS)[number], string>>,
  bad: Partial<AsideRow> = {},
): AsideRow => ({
  reason: 'unknown_category',
  field: 'weight',
  message: 'weight is "x"',
  ...bad,
  raw: HEADER_COLUMNS.map((column) => cells[column] ?? '').join(','),
});
const times = (count: number, of: AsideRow) => Array<AsideRow>(count).fill(of);
const kept = (rows: number, positives: number) => ({
  readmitted: new Map([
    ['NO', rows - positives],
    ['<30', positives],
  ]),
  gender: new Map([
    ['Female', rows / 2],
    ['Male', rows / 2],
  ]),
});
const ask = (data: Partial<DataFacts>) => {
  const setAside = summarizeSetAside(0, {}, []);
  const count = { rows: 8000, positives: 900 };
  const facts: DataFacts = {
    train: count,
    test: { rows: 1000, positives: 110 },
    championTrain: null,
    setAside,
    ...data,
  };
  return (check: DataCheck) => check({ data: facts }, GATE_LIMITS);
};

describe('what was set aside', () => {
  it('of a file that writes NO as No is refused: too many, for their label, and all of one label', () => {
    const lost = row(
      { readmitted: 'No', gender: 'Male' },
      { field: 'readmitted', reason: 'invalid_label', message: 'readmitted is "No", expected one of NO, >30, <30' },
    );
    const setAside = summarizeSetAside(
      4700,
      {
        readmitted: new Map([
          ['>30', 3550],
          ['<30', 1150],
        ]),
      },
      times(5400, lost),
    );
    const check = ask({ setAside });
    expect(check(setAsideShare)).toMatchObject({ passed: false, asks: 'data' });
    expect(check(setAsideShare)?.text).toContain('readmitted (invalid_label): readmitted is "No"');
    expect(check(lossAtRandom)).toMatchObject({ passed: false });
  });

  it('may be a few of any kind', () => {
    const some = [
      ...times(50, row({ readmitted: 'NO', gender: 'Male' })),
      ...times(50, row({ readmitted: 'NO', gender: 'Female' })),
    ];
    const check = ask({ setAside: summarizeSetAside(9900, kept(9900, 1100), some) });
    expect(check(setAsideShare)).toMatchObject({ passed: true, value: 0.01 });
    expect(check(lossAtRandom)).toMatchObject({ passed: true });
  });

  it.each([
    ['readmitted', { readmitted: '<30', gender: 'Male' }],
    ['readmitted', { readmitted: ' <30 ', gender: 'Female' }],
    ['gender', { readmitted: 'NO', gender: 'female' }],
  ] as const)('is refused when the loss depends on %s, however small its share', (column, cells) => {
    const check = ask({ setAside: summarizeSetAside(9800, kept(9800, 1000), times(200, row(cells))) });
    expect(check(setAsideShare)).toMatchObject({ passed: true });
    expect(check(lossAtRandom)).toMatchObject({ passed: false });
    expect(check(lossAtRandom)?.text).toContain(`depends on ${column}`);
  });

  it('counts neither duplicates nor a word that only a handful of rows has', () => {
    const duplicate = row({ readmitted: '<30' }, { reason: 'duplicate_encounter_id' });
    const odd = row({ readmitted: 'NO', gender: 'Unknown' }, { field: 'gender' });
    const setAside = summarizeSetAside(9000, kept(9000, 1000), [...times(9000, duplicate), ...times(3, odd)]);
    expect(setAside).toMatchObject({ rows: 9003, aside: 3 });
    expect(ask({ setAside })(lossAtRandom)).toMatchObject({ passed: true });
  });
});

describe('what there is to learn from', () => {
  it.each([
    [53, 9, 9, 1],
    [999, 500, 1000, 500],
    [5000, 99, 1000, 500],
  ])('is too little with %d training rows and %d readmissions', (rows, positives, testRows, testPositives) => {
    const check = ask({ train: { rows, positives }, test: { rows: testRows, positives: testPositives } });
    expect(check(enoughTrainingRows)).toMatchObject({ passed: false, asks: 'data' });
  });

  it('is enough at the limit, and measured on enough', () => {
    const { least } = GATE_LIMITS;
    expect(ask({ train: least.train })(enoughTrainingRows)).toMatchObject({ passed: true });
    expect(ask({ test: least.test })(enoughTestRows)).toMatchObject({ passed: true });
    expect(ask({ test: { rows: 9, positives: 1 } })(enoughTestRows)).toMatchObject({ passed: false });
  });

  it('has about the base rate that the champion had, unless rows are too few to say', () => {
    const champion = { rows: 10_000, positives: 1140 };
    const at = (rows: number, positives: number) =>
      ask({ train: { rows, positives }, championTrain: champion })(baseRate);
    expect(at(10_000, 2400)).toMatchObject({ passed: false, asks: 'data' });
    expect(at(10_000, 600)).toMatchObject({ passed: false });
    expect(at(10_000, 1300)).toMatchObject({ passed: true });
    expect(at(30, 7)).toMatchObject({ passed: true });
    expect(ask({})(baseRate)).toBeNull();
  });
});
