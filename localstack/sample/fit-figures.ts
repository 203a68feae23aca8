// Fits figures.json to the real data: node localstack/sample/fit-figures.ts diabetic_data.csv
// Values with fewer than MIN_ROWS rows behind them are left out, so that no figure tells of a single patient.
import { createReadStream, writeFileSync } from 'node:fs';
import { HEADER_COLUMNS } from '../../lambdas/core/encounter/header.ts';
import { cutLines } from '../../lambdas/core/encounter/lines.ts';
import { splitCells } from '../../lambdas/core/encounter/reading/cells.ts';
import { DEPENDENCIES, type Draft, place, startDraft } from './draft.ts';
import type { Figures } from './figures.ts';
import { type AdditiveModel, probability, RISK_TERMS } from './risk.ts';

const MIN_ROWS = 10;
const STAGES = 7;
/** Pseudo-counts that pull the value of a rare level towards 0. */
const SHRINKAGE = 12;
const SWEEPS = 30;
/** Models learn less from the sample than from real rows, which hold more than additive terms: widening makes up for it. */
const WIDENING = 1.25;

async function readDrafts(file: string): Promise<Draft[]> {
  const rows: Draft['cells'][] = [];
  for await (const line of cutLines(createReadStream(file))) {
    const cells = splitCells(Buffer.from(line.bytes).toString());
    if (line.line > 1 && cells !== null)
      rows.push(Object.fromEntries(HEADER_COLUMNS.map((name, i) => [name, cells[i]])));
  }
  const seen = new Set<string | undefined>();
  return rows.map((cells, i) => {
    const repeat = seen.has(cells.patient_nbr);
    seen.add(cells.patient_nbr);
    return startDraft(cells, repeat, Math.floor((i * STAGES) / rows.length));
  });
}

function fitTables(drafts: readonly Draft[]): Figures['tables'] {
  const tables: Figures['tables'] = {};
  // Keys see only what is drawn before, so cells are placed one column after the other.
  const partial = drafts.map((draft) => startDraft({}, draft.repeat, draft.stage));
  for (const { column, given } of DEPENDENCIES) {
    const table: Figures['tables'][string] = {};
    drafts.forEach(({ cells }, i) => {
      const value = cells[column] ?? '?';
      for (const key of new Set(['', given(partial[i])])) {
        table[key] ??= {};
        table[key][value] = (table[key][value] ?? 0) + 1;
      }
      place(partial[i], column, value);
    });
    tables[column] = Object.fromEntries(
      Object.entries(table)
        .map(withoutRare)
        .filter(([, counts]) => Object.keys(counts).length > 0),
    );
  }
  return tables;
}

function withoutRare([key, counts]: [string, Record<string, number>]): [string, Record<string, number>] {
  return [key, Object.fromEntries(Object.entries(counts).filter(([, rows]) => rows >= MIN_ROWS))];
}

/** Logistic regression on the levels of RISK_TERMS by cyclic Newton steps, one a level. */
function fitModel(drafts: readonly Draft[], isPositive: (draft: Draft) => boolean): AdditiveModel {
  const labels = drafts.map((draft) => Number(isPositive(draft)));
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const logits = new Float64Array(labels.length).fill(Math.log(mean / (1 - mean)));
  const columns = Object.entries(RISK_TERMS).map(([name, level]) => ({ name, levels: drafts.map(level) }));
  const terms: Record<string, Record<string, number>> = Object.fromEntries(columns.map(({ name }) => [name, {}]));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const { name, levels } of columns) {
      const sums = new Map<string, { gradient: number; hessian: number; rows: number }>();
      levels.forEach((level, i) => {
        const p = 1 / (1 + Math.exp(-logits[i]));
        const sum = sums.get(level) ?? { gradient: 0, hessian: 0, rows: 0 };
        sum.gradient += labels[i] - p;
        sum.hessian += p * (1 - p);
        sum.rows += 1;
        sums.set(level, sum);
      });
      const moves = new Map<string, number>();
      for (const [level, { gradient, hessian, rows }] of sums) {
        if (rows < 3 * MIN_ROWS) continue;
        const before = terms[name][level] ?? 0;
        const step = (gradient - (SHRINKAGE / 10) * before) / (hessian + SHRINKAGE / 10);
        terms[name][level] = before + step;
        moves.set(level, step);
      }
      levels.forEach((level, i) => {
        logits[i] += moves.get(level) ?? 0;
      });
    }
  }
  return centered(widened(terms), drafts, mean);
}

/** The intercept with which the model's mean probability over the rows is the share of positives. */
function centered(terms: AdditiveModel['terms'], drafts: readonly Draft[], mean: number): AdditiveModel {
  let intercept = Math.log(mean / (1 - mean));
  for (let step = 0; step < 20; step++) {
    const model = { intercept, terms };
    const predicted = drafts.reduce((sum, draft) => sum + probability(model, draft), 0) / drafts.length;
    intercept += Math.log(mean / (1 - mean)) - Math.log(predicted / (1 - predicted));
  }
  return { intercept: rounded(intercept), terms };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
const widened = (terms: AdditiveModel['terms']) =>
  Object.fromEntries(
    Object.entries(terms).map(([name, levels]) => [
      name,
      Object.fromEntries(Object.entries(levels).map(([level, value]) => [level, rounded(value * WIDENING)])),
    ]),
  );

const drafts = await readDrafts(process.argv[2] ?? 'data/diabetic_data.csv');
const notEarly = drafts.filter((draft) => draft.cells.readmitted !== '<30');
const figures: Figures = {
  source: 'Diabetes 130-US Hospitals for Years 1999-2008 (UCI 296, CC BY 4.0; Strack et al. 2014)',
  rows: drafts.length,
  repeats: rounded(drafts.filter((draft) => draft.repeat).length / drafts.length),
  tables: fitTables(drafts),
  early: fitModel(drafts, (draft) => draft.cells.readmitted === '<30'),
  late: fitModel(notEarly, (draft) => draft.cells.readmitted === '>30'),
};
writeFileSync(new URL('figures.json', import.meta.url), `${JSON.stringify(figures)}\n`);
