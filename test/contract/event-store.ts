import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { StoneNamed } from '#events/stone';
import { emptyStream, leafHash, seal, type Entry, type Head } from '#libs/store/envelope';
import { BrokenChain, IdReused, StoreUnavailable, WrongRevision } from '#libs/store/errors';
import type { EventStore, RecordedEvent } from '#libs/store/store';

const recordedAt = '2026-11-22T09:00:00.000Z';

/** An event that says only its name. */
export function named(name: string, id = uuid()): StoneNamed {
  const at = { time: '2026-11-22T08:00:00Z', precision: 'instant' } as const;
  return { type: 'StoneNamed', data: { name }, meta: { id, by: 'alrosa', at } };
}

/** Where a stream stands after `entries`. */
export const headAfter = (entries: readonly Entry[], before = emptyStream): Head => {
  const last = entries.at(-1);
  return last ? { revision: last.revision, hash: last.hash } : before;
};

const nameOf = (event: RecordedEvent) => (event as StoneNamed).data.name;

async function drain(batches: AsyncIterable<readonly RecordedEvent[]>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}

/**
 * What every engine must do. `open` gives an empty ledger each time; the suite closes it. Nothing
 * here takes positions to be dense.
 */
export function behavesLikeAnEventStore(open: () => Promise<EventStore>): void {
  let store: EventStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const sealed = (stream: string, head: Head, ...events: readonly StoneNamed[]) =>
    seal(store.ledger, stream, head, recordedAt, events);

  /** Appends names to a stream that stands at `head`; answers where it stands then. */
  async function append(stream: string, head: Head, ...names: readonly string[]): Promise<Head> {
    const entries = sealed(stream, head, ...names.map((name) => named(name)));
    await store.append(stream, head.revision, entries);
    return headAfter(entries);
  }

  describe('append and read', () => {
    it('gives back what was appended, in order and byte for byte', async () => {
      const events = [named('rough'), named('Новое солнце'), named('New Sun')];
      const entries = sealed('stone-sun', emptyStream, ...events);
      const { revision, position } = await store.append('stone-sun', -1, entries);
      const read = await store.read('stone-sun');
      expect(revision).toBe(2);
      expect(read.map(({ type, data, meta }) => ({ type, data, meta }))).toEqual(events);
      expect(read.map((event) => event.leaf)).toEqual(entries.map((entry) => entry.leaf));
      expect(read.map((event) => event.revision)).toEqual([0, 1, 2]);
      expect(read.map((event) => event.recordedAt)).toEqual(Array(3).fill(recordedAt));
      expect(read.every((event) => event.stream === 'stone-sun')).toBe(true);
      expect(read.at(-1)?.position).toBe(position);
    });

    it('counts revisions densely and lets positions only grow', async () => {
      let sun = await append('stone-sun', emptyStream, 'a', 'b');
      const dawn = await append('stone-dawn', emptyStream, 'c');
      sun = await append('stone-sun', sun, 'd');
      await append('stone-dawn', dawn, 'e');
      const all = await drain(store.readAll(0n));
      expect(all.map(nameOf)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(all.map((event) => event.revision)).toEqual([0, 1, 0, 2, 1]);
      expect(all.every((event, i) => event.position > (all[i - 1]?.position ?? 0n))).toBe(true);
      expect(sun.revision).toBe(2);
      expect(await store.end()).toBe(all.at(-1)?.position);
    });

    it('knows nothing of a stream that does not exist', async () => {
      expect(await store.read('stone-none')).toEqual([]);
      expect(await store.read('stone-none', { direction: 'backwards', limit: 1 })).toEqual([]);
      expect(await store.end()).toBe(0n);
      expect(await drain(store.readAll(0n))).toEqual([]);
    });

    it('tells streams apart whose names begin alike', async () => {
      await append('stone-sun', emptyStream, 'whole');
      await append('stone-sun.1', emptyStream, 'part');
      expect((await store.read('stone-sun')).map(nameOf)).toEqual(['whole']);
      expect((await store.read('stone-sun.1')).map(nameOf)).toEqual(['part']);
    });

    it('reads from any revision, any number, in both directions', async () => {
      const names = Array.from({ length: 200 }, (_, i) => `n${i}`);
      await append('stone-sun', emptyStream, ...names);
      const read = async (options: Parameters<EventStore['read']>[1]) =>
        (await store.read('stone-sun', options)).map(nameOf);
      expect(await read({ from: 197 })).toEqual(names.slice(197));
      expect(await read({ from: 3, limit: 2 })).toEqual(['n3', 'n4']);
      expect(await read({ from: 63, limit: 3 })).toEqual(['n63', 'n64', 'n65']);
      expect(await read({ direction: 'backwards', limit: 2 })).toEqual(['n199', 'n198']);
      expect(await read({ direction: 'backwards', from: 2 })).toEqual(['n2', 'n1', 'n0']);
      expect(await read({ direction: 'backwards', from: 130, limit: 1 })).toEqual(['n130']);
      expect(await read({ direction: 'backwards', from: 900, limit: 1 })).toEqual(['n199']);
      expect(await read({ limit: 0 })).toEqual([]);
      expect(await read({ from: 200 })).toEqual([]);
      await expect(read({ from: -1 })).rejects.toThrow(RangeError);
    });

    it('reads all from any position on', async () => {
      let head: Head = emptyStream;
      for (let i = 0; i < 5; i++) head = await append('stone-sun', head, `a${i}`, `b${i}`);
      const all = await drain(store.readAll(0n));
      for (const [index, { position }] of all.entries()) {
        const rest = await drain(store.readAll(position));
        expect(rest.map(nameOf)).toEqual(all.slice(index + 1).map(nameOf));
      }
    });

    it('takes an event of nearly 48 kB', async () => {
      await append('stone-sun', emptyStream, 'x'.repeat(48_000), 'ю'.repeat(24_000));
      expect((await store.read('stone-sun')).map((event) => nameOf(event).length)).toEqual([
        48_000, 24_000,
      ]);
    });
  });

  describe('expected revision', () => {
    it('refuses an append that expects another revision, and says the actual one', async () => {
      const head = await append('stone-sun', emptyStream, 'a', 'b');
      const refused = store.append('stone-sun', -1, sealed('stone-sun', emptyStream, named('c')));
      await expect(refused).rejects.toThrow(WrongRevision);
      await expect(refused).rejects.toMatchObject({ expected: -1, actual: 1 });
      const ahead = { revision: head.revision + 1, hash: head.hash };
      await expect(append('stone-sun', ahead, 'd')).rejects.toThrow(WrongRevision);
      await expect(append('stone-dawn', head, 'e')).rejects.toMatchObject({ actual: -1 });
      expect((await store.read('stone-sun')).map(nameOf)).toEqual(['a', 'b']);
    });

    it('lets exactly one of many writers at the same revision through', async () => {
      let head: Head = emptyStream;
      for (let round = 0; round < 5; round++) {
        const offers = Array.from({ length: 32 }, (_, i) =>
          sealed('stone-sun', head, named(`${round}/${i}`)),
        );
        const answers = await Promise.allSettled(
          offers.map((entries) => store.append('stone-sun', head.revision, entries)),
        );
        const winners = offers.filter((_, i) => answers[i]?.status === 'fulfilled');
        const lost = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason] : []));
        expect(winners).toHaveLength(1);
        expect(lost.every((reason) => reason instanceof WrongRevision)).toBe(true);
        head = headAfter(winners[0] ?? []);
        expect((await store.read('stone-sun')).at(-1)?.leaf).toBe(winners[0]?.[0]?.leaf);
      }
    });

    it('refuses entries that do not follow from the recorded head or from each other', async () => {
      const head = await append('stone-sun', emptyStream, 'a');
      const forged = { revision: head.revision, hash: leafHash('another past') };
      await expect(append('stone-sun', forged, 'b')).rejects.toThrow(BrokenChain);
      const [first, second] = sealed('stone-sun', head, named('b'), named('c'));
      const [strange] = sealed('stone-dawn', emptyStream, named('d'));
      if (!first || !second || !strange) throw new Error('three events were sealed');
      const loose = { ...second, prev: leafHash('another past') };
      for (const entries of [[], [second], [first, first], [first, loose], [strange]]) {
        await expect(store.append('stone-sun', 0, entries)).rejects.toThrow(BrokenChain);
      }
      expect(await store.read('stone-sun')).toHaveLength(1);
    });
  });

  describe('idempotency', () => {
    it('answers a repeated append as the first time and records nothing', async () => {
      const entries = sealed('stone-sun', emptyStream, named('a'), named('b'));
      const first = await store.append('stone-sun', -1, entries);
      await append('stone-sun', headAfter(entries), 'c');
      expect(await store.append('stone-sun', -1, entries)).toEqual(first);
      expect((await store.read('stone-sun')).map(nameOf)).toEqual(['a', 'b', 'c']);
    });

    it('takes the same statement recorded at another time for the same append', async () => {
      const event = named('a');
      const first = await store.append('stone-sun', -1, sealed('stone-sun', emptyStream, event));
      const later = seal(store.ledger, 'stone-sun', emptyStream, '2027-01-01T00:00:00Z', [event]);
      expect(await store.append('stone-sun', -1, later)).toEqual(first);
      expect((await store.read('stone-sun'))[0]?.recordedAt).toBe(recordedAt);
    });

    it('answers a repeat that arrives together with the first', async () => {
      const entries = sealed('stone-sun', emptyStream, named('a'), named('b'));
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => store.append('stone-sun', -1, entries)),
      );
      expect(new Set(answers.map((answer) => answer.position)).size).toBe(1);
      expect(await store.read('stone-sun')).toHaveLength(2);
    });

    it('answers for each part of a recorded append, and appends what follows it', async () => {
      const entries = sealed('stone-sun', emptyStream, named('a'), named('b'), named('c'));
      const start = entries.slice(0, 2);
      const two = await store.append('stone-sun', -1, start);
      const one = await store.append('stone-sun', -1, start.slice(0, 1));
      expect(one.revision).toBe(0);
      expect(one.position < two.position).toBe(true);
      expect(await store.append('stone-sun', 0, start.slice(1))).toEqual(two);
      const three = await store.append('stone-sun', -1, entries);
      expect(three.revision).toBe(2);
      expect(three.position > two.position).toBe(true);
      expect((await store.read('stone-sun')).map(nameOf)).toEqual(['a', 'b', 'c']);
    });

    it('refuses to go on from a recorded start when the stream went on otherwise', async () => {
      const entries = sealed('stone-sun', emptyStream, named('a'), named('b'));
      await store.append('stone-sun', -1, entries.slice(0, 1));
      await append('stone-sun', headAfter(entries.slice(0, 1)), 'other');
      await expect(store.append('stone-sun', -1, entries)).rejects.toThrow(WrongRevision);
      expect((await store.read('stone-sun')).map(nameOf)).toEqual(['a', 'other']);
    });

    it('refuses an id that was recorded with another statement, in any stream', async () => {
      const id = uuid();
      const first = sealed('stone-sun', emptyStream, named('a', id));
      await store.append('stone-sun', -1, first);
      const reuses: (readonly [string, Head, string])[] = [
        ['stone-sun', emptyStream, 'other'],
        ['stone-sun', headAfter(first), 'a'],
        ['stone-dawn', emptyStream, 'a'],
      ];
      for (const [stream, head, name] of reuses) {
        const refused = store.append(stream, head.revision, sealed(stream, head, named(name, id)));
        await expect(refused).rejects.toThrow(IdReused);
        await expect(refused).rejects.toMatchObject({ id });
      }
      const twice = sealed('stone-dawn', emptyStream, named('b', uuid()), named('c', id));
      await expect(store.append('stone-dawn', -1, twice)).rejects.toThrow(IdReused);
      expect(await store.read('stone-dawn')).toEqual([]);
      expect(await drain(store.readAll(0n))).toHaveLength(1);
    });

    it('refuses one id twice in one append', async () => {
      const id = uuid();
      const entries = sealed('stone-sun', emptyStream, named('a', id), named('b', id));
      await expect(store.append('stone-sun', -1, entries)).rejects.toThrow(IdReused);
      expect(await store.read('stone-sun')).toEqual([]);
    });
  });

  describe('all or nothing', () => {
    it('leaves nothing of a refused append behind, whatever arrives with it', async () => {
      const head = await append('stone-sun', emptyStream, 'a');
      const answers = await Promise.allSettled([
        append('stone-dawn', emptyStream, 'b', 'c'),
        append('stone-sun', emptyStream, 'd', 'e', 'f'),
        append('stone-sun', head, 'g'),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      const all = await drain(store.readAll(0n));
      expect(all.map(nameOf).sort()).toEqual(['a', 'b', 'c', 'g']);
    });
  });

  describe('follow', () => {
    it('sees every event exactly once and in order while 64 writers append', async () => {
      const stop = new AbortController();
      const seen: RecordedEvent[] = [];
      const following = (async () => {
        for await (const batch of store.follow(0n, stop.signal)) {
          seen.push(...batch);
          if (seen.length >= 640) stop.abort();
        }
      })();
      await Promise.all(
        Array.from({ length: 64 }, async (_, writer) => {
          let head: Head = emptyStream;
          for (let i = 0; i < 10; i++)
            head = await append(`stone-${writer}`, head, `${writer}/${i}`);
        }),
      );
      await following;
      const all = await drain(store.readAll(0n));
      expect(seen.map((event) => event.position)).toEqual(all.map((event) => event.position));
      expect(seen.map((event) => event.leaf)).toEqual(all.map((event) => event.leaf));
    });

    it('begins behind the position asked for', async () => {
      const head = await append('stone-sun', emptyStream, 'a');
      const position = await store.end();
      await append('stone-sun', head, 'b');
      const stop = new AbortController();
      for await (const batch of store.follow(position, stop.signal)) {
        expect(batch.map(nameOf)).toEqual(['b']);
        stop.abort();
      }
    });

    it('ends without an error when aborted, at work or waiting', async () => {
      const stop = new AbortController();
      const waiting = drain(store.follow(0n, stop.signal));
      setImmediate(() => stop.abort());
      expect(await waiting).toEqual([]);
      expect(await drain(store.follow(0n, AbortSignal.abort()))).toEqual([]);
    });

    it('ends with an error when the store is closed', async () => {
      const ended = drain(store.follow(0n, new AbortController().signal)).catch(
        (error: unknown) => error,
      );
      await new Promise(setImmediate);
      await store.close();
      expect(await ended).toBeInstanceOf(StoreUnavailable);
    });
  });

  describe('close', () => {
    it('finishes what was accepted', async () => {
      const appends = Array.from({ length: 20 }, (_, i) => append(`stone-${i}`, emptyStream, 'a'));
      await Promise.all([store.close(), ...appends]);
    });

    it('refuses everything afterwards, and closing twice is once', async () => {
      await store.close();
      await store.close();
      const closed = { code: 'store-unavailable', reason: 'closed' };
      await expect(append('stone-sun', emptyStream, 'a')).rejects.toMatchObject(closed);
      await expect(store.read('stone-sun')).rejects.toMatchObject(closed);
      await expect(store.end()).rejects.toMatchObject(closed);
      await expect(drain(store.readAll(0n))).rejects.toMatchObject(closed);
    });
  });
}
