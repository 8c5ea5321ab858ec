import { hash } from 'node:crypto';

const hashBytes = 32;

/** A tree by its number of leaves and its root, base64. */
export type TreeHead = Readonly<{ size: number; root: string }>;

/** The hash of a tree that grows leaf by leaf; it keeps one hash for each bit of its size. */
export type TreeHasher = Readonly<{
  /** Appends a leaf by its hash, 32 bytes. Throws `TypeError` for any other number of bytes. */
  add: (leafHash: Uint8Array) => void;
  size: () => number;
  /** The root over all leaves so far; SHA-256 of nothing when there are none. */
  root: () => Buffer;
  head: () => TreeHead;
}>;

/** RFC 6962 §2.1: SHA-256(0x00 ‖ leaf); text counts as its UTF-8 bytes. */
export function hashLeaf(leaf: string | Uint8Array): Buffer {
  const bytes = typeof leaf === 'string' ? `\0${leaf}` : Buffer.concat([Buffer.of(0), leaf]);
  return hash('sha256', bytes, 'buffer');
}

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  const bytes = new Uint8Array(1 + 2 * hashBytes);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + hashBytes);
  return hash('sha256', bytes, 'buffer');
}

/**
 * The Merkle tree hash of RFC 6962 §2.1 (RFC 9162 §2.1.1) over leaves in order, from the complete
 * subtrees that the leaves so far fall into: two of one size make one of the next.
 */
export function treeHasher(): TreeHasher {
  /** At `k` the root of the complete subtree of 2^k leaves, where the size has that bit. */
  const subtrees: (Uint8Array | undefined)[] = [];
  let size = 0;

  function add(leafHash: Uint8Array): void {
    if (leafHash.length !== hashBytes) {
      throw new TypeError(`a leaf hash has ${hashBytes} bytes, not ${leafHash.length}`);
    }
    let node = leafHash;
    let level = 0;
    for (let left = subtrees[level]; left; left = subtrees[level]) {
      node = hashNode(left, node);
      subtrees[level] = undefined;
      level += 1;
    }
    subtrees[level] = node;
    size += 1;
  }

  /** What is last in the tree is the smallest subtree, so it is the right side of every pair. */
  function root(): Buffer {
    let node: Uint8Array | undefined;
    for (const left of subtrees) {
      if (left) node = node ? hashNode(left, node) : left;
    }
    return node ? Buffer.from(node) : hash('sha256', '', 'buffer');
  }

  return {
    add,
    size: () => size,
    root,
    head: () => ({ size, root: root().toString('base64') }),
  };
}
