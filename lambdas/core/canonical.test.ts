import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, NotCanonicalError, sha256Hex } from './canonical.ts';

describe('canonicalJson', () => {
  it('writes the RFC 8785 example', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code unit at every depth and writes -0 as 0', () => {
    expect(canonicalJson({ b: { d: -0, c: [] }, '10': {}, '9': 1, é: 1, a: 1 })).toBe(
      '{"10":{},"9":1,"a":1,"b":{"c":[],"d":0},"é":1}',
    );
  });

  it.each([
    [{ metrics: [1, Number.NaN] }, '$.metrics[1]', 'NaN'],
    [{ a: Number.POSITIVE_INFINITY }, '$.a', 'Infinity'],
    [{ a: undefined }, '$.a', 'undefined'],
    [[new Array(1)], '$[0][0]', 'undefined'],
    [10n, '$', 'bigint'],
    [{ at: new Date(0) }, '$.at', 'a Date'],
    [new Float64Array(1), '$', 'a Float64Array'],
    [() => 1, '$', 'function'],
  ])('refuses what JSON cannot hold and says where: case %#', (value, path, what) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonicalError);
    expect(() => canonicalJson(value)).toThrow(`${path} is ${what}`);
  });

  it('keeps the value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value);
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('sha256Hex', () => {
  it('gives the published digest of "abc", for text and for bytes', () => {
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256Hex('abc')).toBe(digest);
    expect(sha256Hex(Uint8Array.of(97, 98, 99))).toBe(digest);
  });
});
