import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { hashLeaf, hashNode, treeHasher } from '#libs/tlog/tree';
import vectors from '#test/vectors/rfc6962-roots.json' with { type: 'json' };

const inputs = vectors.leafInputs.map((hex) => Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** RFC 6962 §2.1 word for word: split at the largest power of two below n. */
function mth(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return createHash('sha256').digest();
  if (leaves.length === 1) return createHash('sha256').update('\0').update(first).digest();
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const parts = [Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k))];
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

describe('the public RFC 6962 vectors', () => {
  it.each(vectors.leafHashes.map((leafHash, i) => [i, leafHash] as const))(
    'leaf %i',
    (i, leafHash) => {
      expect(hex(hashLeaf(inputs[i] ?? Buffer.alloc(0)))).toBe(leafHash);
    },
  );

  it.each(vectors.roots.map((root, size) => [size, root] as const))(
    'root over %i leaves',
    (size, root) => {
      const tree = treeHasher();
      for (const input of inputs.slice(0, size)) tree.add(hashLeaf(input));
      expect(hex(tree.root())).toBe(root);
      expect(tree.size()).toBe(size);
    },
  );

  it('inner nodes of both levels', () => {
    const above = (hashes: readonly string[]) =>
      Array.from({ length: hashes.length / 2 }, (_, i) => {
        const [left = '', right = ''] = hashes.slice(2 * i);
        return hex(hashNode(Buffer.from(left, 'hex'), Buffer.from(right, 'hex')));
      });
    expect(above(vectors.leafHashes)).toEqual(vectors.level1);
    expect(above(vectors.level1)).toEqual(vectors.level2);
  });
});

describe('a tree that grows', () => {
  it('has at every size the root that the definition gives', () => {
    const leaves = Array.from({ length: 260 }, (_, i) => Buffer.from(`leaf ${i}`));
    const tree = treeHasher();
    for (const [i, leaf] of leaves.entries()) {
      expect(hex(tree.root())).toBe(hex(mth(leaves.slice(0, i))));
      tree.add(hashLeaf(leaf));
    }
    expect(tree.head()).toEqual({ size: 260, root: mth(leaves).toString('base64') });
  });

  it('has another root when any leaf is another, missing, doubled or elsewhere', () => {
    const leaves = Array.from({ length: 21 }, (_, i) => `leaf ${i}`);
    const rootOf = (texts: readonly string[]) => {
      const tree = treeHasher();
      for (const text of texts) tree.add(hashLeaf(text));
      return hex(tree.root());
    };
    const roots = new Set([rootOf(leaves)]);
    for (let i = 0; i < leaves.length; i++) {
      roots.add(rootOf(leaves.with(i, 'another')));
      roots.add(rootOf(leaves.toSpliced(i, 1)));
      roots.add(rootOf(leaves.toSpliced(i, 0, leaves[i] ?? '')));
      if (i > 0) roots.add(rootOf(leaves.with(i, leaves[0] ?? '').with(0, leaves[i] ?? '')));
    }
    expect(roots.size).toBe(1 + 21 * 3 + 20);
  });

  it('takes text for its UTF-8 bytes', () => {
    expect(hex(hashLeaf('Новое солнце'))).toBe(hex(hashLeaf(Buffer.from('Новое солнце'))));
  });

  it('refuses what is no hash', () => {
    expect(() => treeHasher().add(Buffer.alloc(31))).toThrow(TypeError);
  });
});
