import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { Leaf } from '#events/envelope';
import { longestLeaf } from '#events/envelope';
import type { Event } from '#events/event';
import { emptyStream, leafHash, seal, unseal, type Entry } from '#libs/store/envelope';
import { TooLarge } from '#libs/store/errors';

const ledger = 'test.example/log';
const recordedAt = '2026-11-22T09:00:00.000Z';

const meta = {
  id: '01937f3e-8000-7000-8000-000000000001',
  by: 'alrosa',
  at: { time: '2025-04', precision: 'month' },
  place: { country: 'RU', mineId: 'ebelyakh' },
  documents: [{ type: 'illustrative' }],
  seen: { size: 7, root: 'cm9vdA==' },
} as const;

const named: Event = { type: 'StoneNamed', data: { name: 'New Sun' }, meta };
const renamed: Event = {
  type: 'StoneNamed',
  data: { name: 'Новое солнце' },
  meta: { id: '01937f3e-8000-7000-8000-000000000002', by: 'alrosa', at: meta.at },
};

function only(entries: readonly Entry[]): Entry {
  const [entry] = entries;
  if (!entry || entries.length > 1) throw new Error('one entry was expected');
  return entry;
}

describe('sealing', () => {
  it('writes the leaf of the published form as RFC 8785 bytes', () => {
    const { leaf } = only(seal(ledger, 'stone-sun', emptyStream, recordedAt, [renamed]));
    expect(leaf).toBe(
      '{"id":"01937f3e-8000-7000-8000-000000000002","recordedAt":"2026-11-22T09:00:00.000Z",' +
        '"sigs":[],"statement":{"at":{"precision":"month","time":"2025-04"},"by":"alrosa",' +
        '"data":{"name":"Новое солнце"},"expectedRevision":-1,"ledger":"test.example/log",' +
        '"prev":"","stream":"stone-sun","type":"StoneNamed"},"v":1}',
    );
    expect(leaf).toBe(canonicalize(JSON.parse(leaf)));
  });

  it('states ledger, stream, revision and everything the party said', () => {
    const { leaf } = only(seal(ledger, 'stone-sun', emptyStream, recordedAt, [named]));
    const { id, ...said } = meta;
    expect(JSON.parse(leaf)).toEqual({
      v: 1,
      id,
      recordedAt,
      sigs: [],
      statement: {
        ...said,
        ledger,
        stream: 'stone-sun',
        expectedRevision: -1,
        prev: '',
        type: 'StoneNamed',
        data: { name: 'New Sun' },
      },
    });
  });

  it('chains each event to the one before it by SHA-256(0x00 ‖ leaf)', () => {
    const head = { revision: 4, hash: leafHash('{}') };
    const entries = seal(ledger, 'stone-sun', head, recordedAt, [named, renamed]);
    expect(entries.map((entry) => entry.revision)).toEqual([5, 6]);
    let prev = head.hash;
    for (const entry of entries) {
      const { statement } = JSON.parse(entry.leaf) as Leaf;
      expect([entry.prev, statement.prev]).toEqual([prev, prev]);
      expect(statement.expectedRevision).toBe(entry.revision - 1);
      prev = createHash('sha256').update(Buffer.of(0)).update(entry.leaf, 'utf8').digest('base64');
      expect(entry.hash).toBe(prev);
    }
  });

  it('takes a leaf of exactly 48 kB and refuses one byte more', () => {
    const sized = (length: number): Event => ({ ...renamed, data: { name: 'x'.repeat(length) } });
    const { leaf } = only(seal(ledger, 'stone-sun', emptyStream, recordedAt, [sized(0)]));
    const room = longestLeaf - Buffer.byteLength(leaf);
    const exact = only(seal(ledger, 'stone-sun', emptyStream, recordedAt, [sized(room)]));
    expect(Buffer.byteLength(exact.leaf)).toBe(49_152);
    expect(() => seal(ledger, 'stone-sun', emptyStream, recordedAt, [sized(room + 1)])).toThrow(
      TooLarge,
    );
  });

  it('counts bytes, not characters', () => {
    const long: Event = { ...renamed, data: { name: 'ю'.repeat(30_000) } };
    expect(() => seal(ledger, 'stone-sun', emptyStream, recordedAt, [long])).toThrow(TooLarge);
  });

  it('refuses data that is not JSON', () => {
    for (const data of [{ weight: Number.NaN }, { at: new Date(0) }, { name: 'a\ud800' }]) {
      const event = { ...named, data };
      expect(() => seal(ledger, 'stone-sun', emptyStream, recordedAt, [event])).toThrow(TypeError);
    }
  });
});

describe('unsealing', () => {
  it('gives back the event with its place in the ledger', () => {
    for (const event of [named, renamed]) {
      const { leaf } = only(seal(ledger, 'stone-sun', emptyStream, recordedAt, [event]));
      const place = { stream: 'stone-sun', revision: 0, position: 12n, recordedAt, leaf };
      expect(unseal(leaf, 12n)).toEqual({ ...event, ...place });
    }
  });

  it('gives old recordings in today’s shape and keeps their bytes', () => {
    const old: Event = {
      ...named,
      type: 'RoughDiamondRecovered',
      data: { mineId: 'ebelyakh', weight: { points: 20_001 } },
    };
    const { leaf } = only(seal(ledger, 'stone-sun', emptyStream, recordedAt, [old]));
    const event = unseal(leaf, 1n);
    expect(event.data).toEqual({
      mineId: 'ebelyakh',
      weight: { mct: 200_010, qualifier: 'eq', basis: 'weighed' },
    });
    expect(event.leaf).toContain('"points":20001');
  });

  it('throws for bytes that are no leaf', () => {
    for (const bytes of ['', '{', 'null', '{"v":1}']) expect(() => unseal(bytes, 1n)).toThrow();
  });
});
