import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyStream, seal } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { linkOf, proposedOf, serverId, type Found } from '#libs/store/eventstoredb-record';

const ledger = 'test.example/log';
const at = { time: '2026-11-22', precision: 'day' } as const;

function sealedOne(data: unknown, recordedAt = '2026-11-22T09:00:00.000Z') {
  const meta = { id: '0198a5b2-0000-7000-8000-000000000001', by: 'alrosa', at };
  const [entry] = seal(ledger, 'stone-sun', emptyStream, recordedAt, [
    { type: 'StoneNamed', data, meta },
  ]);
  if (!entry) throw new Error('one event was sealed');
  return entry;
}

/** What a server gives back of it: JSON written and read. */
function foundOf(entry: ReturnType<typeof sealedOne>): Found {
  const { id, type, data, metadata } = proposedOf(entry);
  const place = { commit: 42n, prepare: 42n };
  const stored: unknown = JSON.parse(Buffer.from(metadata).toString());
  const said: unknown = JSON.parse(JSON.stringify(data));
  return { stream: 'stone-sun', revision: 0, id, type, place, data: said, metadata: stored };
}

const read = (found: Found) => linkOf(found, 'stone-sun', ledger, 'esdb://host:2113');

describe('an event on the server', () => {
  it('is the leaf byte for byte, whatever JSON the data are', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (data) => {
        const entry = sealedOne(data);
        const { event, hash } = read(foundOf(entry));
        expect([event.leaf, hash, event.position]).toEqual([entry.leaf, entry.hash, 42n]);
      }),
    );
  });

  it('has an id that stands for the bytes: another leaf has another', () => {
    const id = serverId(sealedOne({ name: 'a' }).hash);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(serverId(sealedOne({ name: 'b' }).hash)).not.toBe(id);
    expect(serverId(sealedOne({ name: 'a' }, '2026-11-22T09:00:01.000Z').hash)).not.toBe(id);
  });

  const honest = foundOf(sealedOne({ name: 'New Sun' }));
  const metadata = honest.metadata as Record<string, unknown>;
  const said = metadata['statement'] as Record<string, unknown>;
  const forgeries: readonly [string, Partial<Found>][] = [
    ['other data', { data: { name: 'New Moon' } }],
    ['data that are no JSON', { data: '{"name":' }],
    ['no metadata', { metadata: undefined }],
    ['binary metadata', { metadata: new Uint8Array([1, 2]) }],
    ['a word more', { metadata: { ...metadata, statement: { ...said, extra: 1 } } }],
    ['another hash', { metadata: { ...metadata, hash: 'x'.repeat(44) } }],
    ['no hash', { metadata: { ...metadata, hash: undefined } }],
    ['another id', { id: '0198a5b2-0000-8000-8000-000000000002' }],
    ['another type', { type: 'StoneOpened' }],
    ['another place in the stream', { revision: 1 }],
    ['a link', { type: '$>', data: '0@stone-dawn', metadata: undefined }],
    ['the end of a deleted stream', { type: '$streamDeleted', data: {}, metadata: {} }],
  ];

  it.each(forgeries)('with %s is corrupt, and its place is named', (_, changed) => {
    const forged = () => read({ ...honest, ...changed });
    expect(forged).toThrow(CorruptRecord);
    expect(forged).toThrow(/esdb:\/\/host:2113, position 42: stone-sun@/);
  });

  it('of another stream or another ledger is corrupt', () => {
    expect(() => linkOf(honest, 'stone-dawn', ledger, 'x')).toThrow(CorruptRecord);
    expect(() => linkOf(honest, 'stone-sun', 'other.example/log', 'x')).toThrow('another ledger');
  });
});
