import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { execute, stack, train, trainSample } from './stack.ts';

const main = stack('main');

describe('a file that cannot be trained on', () => {
  beforeAll(() => trainSample(main));

  const file = (name: string, content: string) => {
    const path = join(inject('folder'), name);
    writeFileSync(path, content);
    return path;
  };
  const [header = ''] = readFileSync(inject('sample'), 'utf8').split('\r\n', 1);

  it.each([
    [
      'a wrong header',
      () => file('header.csv', `${header.replace('readmitted', 'outcome')}\r\n`),
      'HeaderMismatchError',
    ],
    ['no byte', () => file('empty.csv', ''), 'EmptySourceError'],
    ['a header and no row', () => file('bare.csv', `${header}\r\n`), 'EmptySourceError'],
  ])('with %s leaves a named failure in Tracking and the promoted model as it was', async (_, make, name) => {
    const { facts, status } = await train(main, make());
    expect(status).toBe('FAILED');
    expect(facts).toMatchObject({ outcome: 'failed', error: name });
    expect(facts.reason.length).toBeGreaterThan(20);
    expect(facts.champion).toMatchObject({ version: 1, rev: 1 });
  });

  it('because it was never uploaded leaves a named failure too', async () => {
    const { facts, status } = await execute(main, { source: 'incoming/nowhere.csv', sha256: '', deployed: '' });
    expect(status).toBe('FAILED');
    expect(facts).toMatchObject({ outcome: 'failed', error: 'MissingSourceError' });
    expect(facts.reason).toContain('incoming/nowhere.csv');
    expect(facts.champion).toMatchObject({ version: 1, rev: 1 });
  });
});
