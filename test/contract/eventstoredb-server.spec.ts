import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import { emptyStream } from '#libs/store/envelope';
import { CorruptRecord, StoreUnavailable, WrongLedger } from '#libs/store/errors';
import { eventStoreDb } from '#libs/store/eventstoredb';
import type { EventStore } from '#libs/store/store';
import { headAfter } from '#test/contract/event-store';
import { drained, hasty, sealed } from '#test/support/eventstoredb';

const ledger = 'test.example/log';

let standIn: StandIn;
let stores: EventStore[];
/** Somebody else on the same server. */
let raw: EventStoreDBClient;

beforeEach(async () => {
  standIn = await startStandIn({ statisticsEvery: 3 });
  stores = [];
  raw = EventStoreDBClient.connectionString(standIn.url);
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await raw.dispose();
  await standIn.stop();
});

async function open(options: Partial<Parameters<typeof eventStoreDb>[0]> = {}) {
  const store = await eventStoreDb({ url: standIn.url, ledger, timing: hasty, ...options });
  stores.push(store);
  return store;
}

const appendOne = async (store: EventStore, stream: string, name: string) => {
  const entries = sealed(store, stream, emptyStream, name);
  await store.append(stream, -1, entries);
  return entries;
};

describe('a ledger on a shared server', () => {
  it('bears one name for good', async () => {
    await open();
    await expect(open({ ledger: 'other.example/log' })).rejects.toThrow(WrongLedger);
    await open({ ledger: 'other.example/log', url: `${standIn.url}&prefix=other` });
  });

  it('is not begun by who only reads, who does not write either', async () => {
    await expect(open({ readOnly: true })).rejects.toThrow(StoreUnavailable);
    const store = await open();
    await appendOne(store, 'stone-sun', 'a');
    const reader = await open({ readOnly: true });
    expect(await drained(reader.readAll(0n))).toHaveLength(1);
    await expect(appendOne(reader, 'stone-dawn', 'b')).rejects.toMatchObject({
      reason: 'read-only',
    });
  });

  it('sees nothing of its neighbours, of system events, of links and of other streams', async () => {
    const [one, two] = [await open(), await open({ url: `${standIn.url}&prefix=two` })];
    for (let n = 0; n < 10; n++) {
      await appendOne(one, `stone-${n}`, 'one');
      await appendOne(two, `stone-${n}`, 'two');
      await raw.appendToStream('stones-all', jsonEvent({ type: '$>', data: `0@stone-${n}` }));
      await raw.appendToStream('invoice-1', jsonEvent({ type: 'Paid', data: {} }));
    }
    for (const store of [one, two]) {
      const all = await drained(store.readAll(0n));
      expect(all.map(({ stream }) => stream)).toEqual(
        Array.from({ length: 10 }, (_, n) => `stone-${n}`),
      );
      expect(await store.end()).toBe(all.at(-1)?.position);
    }
  });

  it('takes no stream that it would not see again', async () => {
    const store = await open();
    const entries = sealed(store, 'invoice-1', emptyStream, 'a');
    await expect(store.append('invoice-1', -1, entries)).rejects.toThrow('category');
  });

  it('that was deleted and begun again is noticed', async () => {
    await open();
    await raw.deleteStream('ledger');
    await expect(open()).rejects.toThrow(CorruptRecord);
  });
});

describe('what others do to ledger streams', () => {
  it('a foreign event stops readers at its place, after everything before it', async () => {
    const store = await open();
    await appendOne(store, 'stone-sun', 'a');
    await raw.appendToStream('stone-sun', jsonEvent({ type: 'StoneNamed', data: { name: 'b' } }));
    await appendOne(store, 'stone-dawn', 'c');
    await expect(store.read('stone-sun')).rejects.toThrow(CorruptRecord);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const batch of store.readAll(0n)) seen.push(...batch.map(({ stream }) => stream));
    })();
    const fault = await reading.catch((error: CorruptRecord) => error);
    expect(seen).toEqual(['stone-sun']);
    expect(fault).toMatchObject({ name: 'CorruptRecord', position: expect.any(BigInt) });
    const { position } = fault as CorruptRecord;
    expect(await drained(store.readAll(position ?? 0n))).toMatchObject([{ stream: 'stone-dawn' }]);
  });

  it('events out of sight are missed, by appends too', async () => {
    const store = await open();
    const entries = await appendOne(store, 'stone-sun', 'a');
    await store.append('stone-sun', 0, sealed(store, 'stone-sun', headAfter(entries), 'b'));
    await raw.setStreamMetadata('stone-sun', { truncateBefore: 1 });
    await expect(store.read('stone-sun')).rejects.toThrow('is gone');
    const other = await open();
    const third = sealed(store, 'stone-sun', { revision: 1, hash: '' }, 'c');
    await expect(other.append('stone-sun', 1, third)).rejects.toThrow(CorruptRecord);
    await raw.deleteStream('stone-sun');
    await expect(store.read('stone-sun')).rejects.toThrow('gone');
  });

  it.each([
    ['$maxCount', () => raw.setStreamMetadata('stone-sun', { maxCount: 10 })],
    ['$maxAge', () => raw.setStreamMetadata('stone-sun', { maxAge: 10 })],
    ['$tb', () => raw.setStreamMetadata('stone-sun', { truncateBefore: 1 })],
    ['$tb', () => raw.setStreamMetadata('ledger', { truncateBefore: 1 })],
    ['$tb', () => raw.deleteStream('stone-sun')],
    [
      '$maxAge',
      () =>
        raw.appendToStream(
          '$settings',
          jsonEvent({ type: 'update', data: { $userStreamAcl: {}, $default: { $maxAge: 5 } } }),
        ),
    ],
  ])('a rule %s on a stream raises the alarm, at the start and later', async (rule, set) => {
    const alarms: string[] = [];
    const onAlarm = (alarm: string) => alarms.push(alarm);
    const timing = { ...hasty, guardEvery: 30 };
    const store = await open({ onAlarm, timing });
    await appendOne(store, 'stone-sun', 'a');
    expect([alarms, store.alarms?.()]).toEqual([[], []]);
    await set();
    while (alarms.length === 0) await pause(10);
    expect(store.alarms?.()).toEqual([expect.stringContaining(rule)]);
    if (rule !== '$tb') {
      const late = await open();
      expect(late.alarms?.()).toEqual([expect.stringContaining(rule)]);
    }
    await pause(100);
    expect(alarms).toHaveLength(1);
  });

  it('an alarm ends when the rule is taken back, and rules of others raise none', async () => {
    const store = await open({ timing: { ...hasty, guardEvery: 30 } });
    await raw.setStreamMetadata('invoice-1', { maxCount: 1 });
    await raw.setStreamMetadata('ledger-of-others', { maxCount: 1 });
    await raw.setStreamMetadata('stone-sun', { maxCount: 1 });
    while (store.alarms?.().length === 0) await pause(10);
    expect(store.alarms?.()).toEqual([expect.stringContaining('stone-sun')]);
    await raw.setStreamMetadata('stone-sun', {});
    while (store.alarms?.().length !== 0) await pause(10);
  });
});

describe('where the client is at fault', () => {
  it('reads and followers left early end at the server, many times over', async () => {
    const store = await open();
    for (let n = 0; n < 3; n++) await appendOne(store, `stone-${n}`, 'a');
    for (let n = 0; n < 120; n++) {
      for await (const batch of store.readAll(0n)) if (batch.length > 0) break;
      for await (const batch of store.follow(0n, AbortSignal.any([]))) if (batch.length > 0) break;
    }
    expect(await store.read('stone-0')).toHaveLength(1);
  });

  it('readers that throw keep nobody else from reading on', async () => {
    const store = await open();
    await appendOne(store, 'stone-0', 'a');
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of store.follow(0n, stop.signal)) {
        seen.push(...batch.map(({ stream }) => stream));
        if (seen.length === 2) stop.abort();
      }
    })();
    const failing = (async () => {
      for await (const _ of store.follow(0n, stop.signal)) throw new Error('a handler failed');
    })();
    await expect(failing).rejects.toThrow('a handler failed');
    await appendOne(store, 'stone-1', 'b');
    await following;
    expect(seen).toEqual(['stone-0', 'stone-1']);
  });

  it('followers beyond what a connection carries are served all the same', async () => {
    const store = await open();
    const stop = new AbortController();
    let seen = 0;
    const following = Array.from({ length: 150 }, async () => {
      for await (const batch of store.follow(0n, stop.signal)) {
        seen += batch.length;
        if (seen >= 150) stop.abort();
      }
    });
    await appendOne(store, 'stone-0', 'a');
    await Promise.all(following);
    expect(seen).toBe(150);
  });

  it('an append that is too large fails alone', async () => {
    const store = await open();
    const names = Array.from({ length: 30 }, () => 'x'.repeat(48_000));
    const large = store.append(
      'stone-large',
      -1,
      sealed(store, 'stone-large', emptyStream, ...names),
    );
    const others = Array.from({ length: 20 }, (_, n) => appendOne(store, `stone-${n}`, 'a'));
    await expect(large).rejects.toMatchObject({ code: 'too-large', limit: 1024 * 1024 });
    await Promise.all(others);
  });

  it('a leaf that is not JSON fails in the caller’s hands, and nothing hangs', async () => {
    const store = await open();
    const [entry] = sealed(store, 'stone-0', emptyStream, 'a');
    if (!entry) throw new Error('one event was sealed');
    const garbled = { ...entry, leaf: 'no JSON' };
    await expect(store.append('stone-0', -1, [garbled])).rejects.toThrow(SyntaxError);
    await appendOne(store, 'stone-0', 'a');
  });

  it('a lost race names the revision the stream really has', async () => {
    const store = await open();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await store.append('stone-0', -1, sealed(store, 'stone-0', emptyStream, ...names));
    await expect(appendOne(store, 'stone-0', 'x')).rejects.toMatchObject({ actual: 6 });
  });
});
