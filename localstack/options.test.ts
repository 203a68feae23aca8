import { describe, expect, it } from 'vitest';
import { HELP, parseOptions } from './options.ts';

describe('the options of npm start', () => {
  it('has defaults that need no option', () => {
    expect(parseOptions([])).toMatchObject({ port: 8000, enginePort: 4566, once: false, data: undefined });
  });

  it('takes numbers, files and an endpoint', () => {
    const args = ['--data', 'a b.csv', '--rows', '500', '--search', '5', '--endpoint', 'http://127.0.0.1:4566/'];
    expect(parseOptions(args)).toMatchObject({
      data: 'a b.csv',
      rows: 500,
      search: 5,
      endpoint: 'http://127.0.0.1:4566',
    });
  });

  it('takes names of this machine and origins of pages, as often as they come', () => {
    const hosts = ['--allow-host', 'host.docker.internal', '--allow-host', 'ward-7'];
    const origins = ['--allow-origin', 'http://localhost:5173/'];
    expect(parseOptions([...hosts, ...origins])).toMatchObject({
      allowHosts: ['host.docker.internal', 'ward-7'],
      allowOrigins: ['http://localhost:5173'],
    });
  });

  it("takes candidates as often as they are given, by the chain's own schema", () => {
    const forest = '{"algorithm":"random_forest","params":{"trees":50}}';
    const { candidates } = parseOptions(['--candidate', forest, '--candidate', '{"algorithm":"constant"}']);
    expect(candidates).toMatchObject([{ algorithm: 'random_forest', seed: 1 }, { algorithm: 'constant' }]);
    expect(() => parseOptions(['--candidate', '{"algorithm":"oracle"}'])).toThrow(/--candidate.*algorithm/s);
    expect(() => parseOptions(['--candidate', 'a forest'])).toThrow(/not JSON/);
  });

  it.each([
    [['--allow-host', 'http://ward-7'], /--allow-host/],
    [['--allow-origin', '*'], /--allow-origin/],
    [['--prot', '9000'], /--prot/],
    [['--port', 'nine'], /--port/],
    [['--port', '70000'], /--port/],
    [['--rows', '0'], /--rows/],
    [['--endpoint', 'ftp://x'], /--endpoint/],
    [['file.csv'], /file\.csv/],
    [['--data'], /--data/],
  ])('says what is wrong with %j and where the help is', (args, expected) => {
    expect(() => parseOptions(args)).toThrow(expected);
    expect(() => parseOptions(args)).toThrow(/--help/);
  });

  it('describes every option in the help', () => {
    const names = HELP.match(/^ {2}--[\w-]+/gm)?.map((name) => name.trim());
    expect(names).toHaveLength(15);
  });
});
