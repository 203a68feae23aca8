import { describe, expect, it } from 'vitest';
import { ICD9_CM } from '../coding.ts';
import { encounterSchema } from '../contract.ts';
import { HIGH_RISK_PRESET } from '../examples.ts';
import { encounterRow } from '../fixtures/encounter-line.ts';
import { agreedSystem, CODE_PATTERN, type CodeSystem, readCode, systemOf } from './systems.ts';

const within = (system: CodeSystem) => () => system;

describe('a diagnosis code', () => {
  it.each([
    ['25000', '250.00'],
    ['4280', '428.0'],
    ['0389', '038.9'],
    ['38', '38'],
    ['250.83', '250.83'],
    ['E1165', 'E11.65'],
    ['e11.9', 'E11.9'],
    ['E119', 'E11.9'],
    ['E785', 'E78.5'],
    ['E039', 'E03.9'],
    ['I10', 'I10'],
    ['z794', 'Z79.4'],
    ['S72001A', 'S72.001A'],
    ['C7A010', 'C7A.010'],
    ['V9733XD', 'V97.33XD'],
  ])('written as %s is %s in whatever file, since one system alone has it', (text, code) => {
    expect(CODE_PATTERN.test(text)).toBe(true);
    for (const system of ['ICD-9-CM', 'ICD-10-CM'] as const) expect(readCode(text, within(system))).toBe(code);
    expect(systemOf(code)).toBe(/^[\d]/.test(code) ? 'ICD-9-CM' : 'ICD-10-CM');
  });

  it.each([
    ['E885', 'E885', 'E88.5'],
    ['E8859', 'E885.9', 'E88.59'],
    ['V58', 'V58', 'V58.X'],
    ['V4581', 'V45.81', 'V45.81X'],
  ])('written as %s, which both systems could own, is %s or %s as others around it say', (text, nine, ten) => {
    expect(readCode(text, within('ICD-9-CM'))).toBe(nine);
    expect(readCode(text, within('ICD-10-CM'))).toBe(ten);
    expect([systemOf(nine), systemOf(ten)]).toEqual(['ICD-9-CM', 'ICD-10-CM']);
  });

  it.each(['E95', 'abc', '000', '0000', '1234567', 'E11.', '25O.01', ''])('is of neither system as %j', (text) => {
    expect(CODE_PATTERN.test(text) ? readCode(text, within('ICD-9-CM')) : null).toBeNull();
  });

  it('of a row is taken for the system that its other codes have, before that of the file', () => {
    expect(agreedSystem(['E885', 'I10', 'E11.9'])).toBe('ICD-10-CM');
    expect(agreedSystem(['E885', '428', 'I10'])).toBeNull();
    expect(encounterRow({ diag_1: 'I10', diag_2: 'E885', diag_3: 'V58' }).encounter).toMatchObject({
      diag_2: 'E88.5',
      diag_3: 'V58.X',
    });
    expect(encounterRow({ diag_1: '428', diag_2: 'E885' }).encounter).toMatchObject({ diag_2: 'E885' });
  });

  it('comes to /predict in either system', () => {
    const body = { ...HIGH_RISK_PRESET, diag_1: 'i5022', diag_2: '25002', diag_3: 'E885' };
    expect(encounterSchema.parse(body)).toMatchObject({ diag_1: 'I50.22', diag_2: '250.02', diag_3: 'E885' });
    expect(encounterSchema.safeParse({ ...body, diag_1: 'E95' }).success).toBe(false);
  });
});

describe('what an ICD-10-CM code says', () => {
  it.each([
    ['I50.9', '428'],
    ['I10', '401'],
    ['J44.1', '491'],
    ['N18.6', '585'],
    ['I25.10', '414'],
    ['I48.91', '427'],
    ['A41.9', '038'],
    ['E87.1', '276'],
    ['N39.0', '599'],
    ['E11.9', '250'],
    ['E11.65', '250'],
    ['C50.919', '174'],
    ['Z51.11', 'V58'],
  ])('%s is in group and category what %s is', (ten, nine) => {
    const [a, b] = [ICD9_CM.facts(ten), ICD9_CM.facts(nine)];
    expect([a.group, a.category, a.conditions]).toEqual([b.group, b.category, b.conditions]);
  });

  it.each([
    ['E11.9', '250.00'],
    ['E10.9', '250.01'],
    ['E11.65', '250.02'],
    ['E10.65', '250.03'],
    ['E11.21', '250.40'],
    ['E10.10', '250.11'],
  ])('%s says of diabetes what %s does', (ten, nine) => {
    expect(ICD9_CM.facts(ten).diabetes).toEqual(ICD9_CM.facts(nine).diabetes);
  });

  it.each([
    ['I21.4', '410.71'],
    ['I50.9', '428.0'],
    ['J44.9', '496'],
    ['N18.6', '585.6'],
    ['C78.7', '197.7'],
    ['F03.90', '290.0'],
    ['G81.90', '342.90'],
    ['K72.90', '572.2'],
  ])('%s counts in the Charlson index as %s does', (ten, nine) => {
    expect(ICD9_CM.facts(ten).comorbidities).toBe(ICD9_CM.facts(nine).comorbidities);
  });

  it('is a group for every code, also where the mappings have none', () => {
    expect(ICD9_CM.facts('U07.1').group).toBe('other');
    expect(ICD9_CM.facts('W19.XXXA').group).toBe('external_e');
    expect(ICD9_CM.facts('V43.52X').group).toBe('external_e');
  });
});
