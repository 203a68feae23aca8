import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, hashLeaf, inclusionProof, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts';

const hex = (hash: Uint8Array | undefined) => Buffer.from(hash ?? []).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

/** The leaves of the test tree that implementations of RFC 6962 share (certificate-transparency, merkletree tests). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (text) => hashLeaf(bytes(text)),
);

const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree of RFC 6962', () => {
  it('has the roots that certificate transparency publishes for its test leaves', () => {
    expect(hex(rootOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(LEAVES.map((_, i) => hex(rootOf(LEAVES.slice(0, i + 1))))).toEqual(ROOTS);
  });

  it('gives the published inclusion proof of leaf 5 among 8', () => {
    expect(inclusionProof(5, LEAVES).map(hex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('gives the published consistency proof from 6 to 8', () => {
    expect(consistencyProof(6, LEAVES).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

const leaf = fc.uint8Array({ maxLength: 8 }).map(hashLeaf);
const tree = fc.array(leaf, { minLength: 1, maxLength: 70 });
const treeAndTwo = tree.chain((leaves) =>
  fc.tuple(fc.constant(leaves), fc.integer({ min: 1, max: leaves.length }), fc.nat({ max: leaves.length - 1 })),
);
const flip = (hash: Uint8Array, at: number) => hash.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe('proofs', () => {
  it('of inclusion hold for every leaf of every tree, and for no other leaf, place, size or root', () => {
    fc.assert(
      fc.property(treeAndTwo, fc.nat({ max: 31 }), ([leaves, , index], at) => {
        const claim = {
          leaf: leaves[index] ?? hashLeaf(Buffer.of()),
          ...{ index, size: leaves.length, root: rootOf(leaves), proof: inclusionProof(index, leaves) },
        };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, index: leaves.length })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...claim.proof, claim.leaf] })).toBe(false);
        for (const [i, hash] of claim.proof.entries())
          expect(verifyInclusion({ ...claim, proof: claim.proof.with(i, flip(hash, at)) })).toBe(false);
      }),
    );
  });

  it('of consistency hold from every beginning, and for no history that was changed', () => {
    fc.assert(
      fc.property(treeAndTwo, fc.nat({ max: 31 }), ([leaves, size, changed], at) => {
        const from = { size, root: rootOf(leaves.slice(0, size)) };
        const to = { size: leaves.length, root: rootOf(leaves) };
        const proof = consistencyProof(size, leaves);
        expect(verifyConsistency({ from, to, proof })).toBe(true);
        expect(verifyConsistency({ from: { ...from, root: flip(from.root, at) }, to, proof })).toBe(false);
        expect(verifyConsistency({ from, to: { ...to, root: flip(to.root, at) }, proof })).toBe(false);
        expect(verifyConsistency({ from, to, proof: [...proof, to.root] })).toBe(false);
        const rewritten = leaves.with(changed, flip(leaves[changed] ?? to.root, at));
        const forged = { size: leaves.length, root: rootOf(rewritten) };
        const holds = verifyConsistency({ from, to: forged, proof: consistencyProof(size, rewritten) });
        expect(holds).toBe(changed >= size); // only what came after the checkpoint may differ
      }),
    );
  });
});
