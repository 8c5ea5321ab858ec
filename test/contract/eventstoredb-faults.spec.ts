import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '#apps/stand-in/fault';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import { emptyStream } from '#libs/store/envelope';
import { StoreUnavailable, WrongRevision } from '#libs/store/errors';
import { eventStoreDb } from '#libs/store/eventstoredb';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { headAfter } from '#test/contract/event-store';
import { drained, hasty, sealed, survives } from '#test/support/eventstoredb';

const ledger = 'test.example/log';

let standIn: StandIn;
let store: EventStore;

async function start(options: Parameters<typeof startStandIn>[0] = {}): Promise<void> {
  standIn = await startStandIn(options);
  store = await eventStoreDb({ url: standIn.url, ledger, timing: hasty });
}

afterEach(async () => {
  await store.close();
  await standIn.stop();
});

const faults: readonly Fault[] = [
  { on: 'append', does: 'cut', times: 3, skip: 10 },
  { on: 'append', does: 'cut-after-store', times: 3, skip: 10 },
  { on: 'append', does: 'lose-reply', times: 5, skip: 10 },
  { on: 'append', does: 'delay-reply', ms: 100, times: 20, skip: 10 },
  { on: 'append', does: 'delay-reply', ms: 900, times: 5, skip: 10 },
  { on: 'append', does: 'unavailable', times: 10, skip: 10 },
  { on: 'append', does: 'not-ready', times: 10, skip: 10 },
  { on: 'append', does: 'time-out', times: 10, skip: 10 },
  { on: 'append', does: 'time-out-after-store', times: 10, skip: 10 },
  { on: 'subscribe', does: 'cut-after-events', events: 7, times: 3 },
  { on: 'subscribe', does: 'unavailable', times: 3 },
  { on: 'read', does: 'delay-reply', ms: 900, times: 2 },
  { on: 'read', does: 'cut', times: 3 },
];

describe('on one server', () => {
  beforeEach(() => start());

  it.each(faults)('loses and doubles nothing: $on, $does, $ms', async (fault) => {
    standIn.faults.add(fault);
    await survives(store, async () => undefined);
    standIn.faults.clear();
  });

  it('survives that the server is killed and comes back, again and again', async () => {
    await survives(store, async () => {
      for (let i = 0; i < 4; i++) {
        await pause(60);
        await standIn.kill();
        await pause(30);
        await standIn.revive();
      }
    });
  });

  it('survives GOAWAY, dropped subscriptions and connections that break', async () => {
    await survives(store, async () => {
      for (let i = 0; i < 4; i++) {
        await pause(30);
        standIn.goAway();
        await pause(30);
        standIn.dropSubscriptions();
        await pause(30);
        standIn.cut();
      }
    });
  });

  it('answers an append whose reply was lost as if it had come', async () => {
    standIn.faults.add({ on: 'append', does: 'cut-after-store', times: 1 });
    const entries = sealed(store, 'stone-sun', emptyStream, 'a', 'b');
    const { revision, position } = await store.append('stone-sun', -1, entries);
    const all = await drained(store.readAll(0n));
    expect(revision).toBe(1);
    expect(position).toBe(all[1]?.position);
    expect(all.map(({ leaf }) => leaf)).toEqual(entries.map(({ leaf }) => leaf));
  });

  it('does not take for its own what another wrote while its reply was lost', async () => {
    const other = await eventStoreDb({ url: standIn.url, ledger, timing: hasty });
    const theirs = sealed(store, 'stone-sun', emptyStream, 'theirs');
    const ours = sealed(store, 'stone-sun', emptyStream, 'ours');
    standIn.faults.add({ on: 'append', does: 'cut', times: 1 });
    const answers = await Promise.allSettled([
      store.append('stone-sun', -1, ours),
      other.append('stone-sun', -1, theirs),
    ]);
    const won = answers.findIndex(({ status }) => status === 'fulfilled');
    expect(answers[1 - won]).toMatchObject({ reason: expect.any(WrongRevision) });
    const read = await store.read('stone-sun');
    expect(read.map(({ leaf }) => leaf)).toEqual([ours, theirs][won]?.map(({ leaf }) => leaf));
    await other.close();
  });

  it('gives an append up in the end, and the caller may come again with it', async () => {
    const brief = { ...hasty, patience: 100, budget: 200 };
    const impatient = await eventStoreDb({ url: standIn.url, ledger, timing: brief });
    const entries = sealed(store, 'stone-sun', emptyStream, 'a');
    standIn.faults.add({ on: 'append', does: 'lose-reply', times: 50 });
    await expect(impatient.append('stone-sun', -1, entries)).rejects.toThrow(StoreUnavailable);
    standIn.faults.clear();
    expect(await impatient.append('stone-sun', -1, entries)).toMatchObject({ revision: 0 });
    expect(await drained(store.readAll(0n))).toHaveLength(1);
    await impatient.close();
  });

  it('lets a slow follower take its time, and others go on', async () => {
    const slow: RecordedEvent[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of store.follow(0n, stop.signal)) {
        for (const event of batch) {
          slow.push(event);
          if (slow.length % 10 === 0) await pause(5);
        }
        if (slow.length >= 160) stop.abort();
      }
    })();
    await survives(store, async () => undefined);
    await following;
    const all = await drained(store.readAll(0n));
    expect(slow.map(({ position }) => position)).toEqual(all.map(({ position }) => position));
  });

  it('says what is wrong when the server is not there, and is well when it is again', async () => {
    const brief = { ...hasty, budget: 300 };
    const impatient = await eventStoreDb({ url: standIn.url, ledger, timing: brief });
    await standIn.kill();
    const unavailable = { code: 'store-unavailable', reason: 'failed' };
    await expect(impatient.end()).rejects.toMatchObject(unavailable);
    await expect(impatient.read('stone-sun')).rejects.toMatchObject(unavailable);
    await expect(drained(impatient.readAll(0n))).rejects.toMatchObject(unavailable);
    const entries = sealed(store, 'stone-sun', emptyStream, 'a');
    await expect(impatient.append('stone-sun', -1, entries)).rejects.toMatchObject(unavailable);
    await standIn.revive();
    await impatient.append('stone-sun', -1, entries);
    expect(await impatient.read('stone-sun')).toHaveLength(1);
    await impatient.close();
  });
});

describe('on a cluster', () => {
  beforeEach(() => start({ nodes: 3 }));

  it('goes to the new leader when the old one steps down, dies or comes back', async () => {
    await survives(store, async () => {
      await pause(50);
      standIn.elect(1);
      await pause(50);
      await standIn.kill(1);
      standIn.elect(undefined);
      await pause(50);
      standIn.elect(2);
      await pause(50);
      await standIn.revive(1);
      standIn.elect(0);
    });
  });

  it('tells repeats from new appends under a leader that forgot what it saw', async () => {
    const entries = sealed(store, 'stone-sun', emptyStream, 'a');
    standIn.faults.add({ on: 'append', does: 'cut-after-store', times: 1 });
    const appending = store.append('stone-sun', -1, entries);
    standIn.elect(1);
    await appending;
    const next = sealed(store, 'stone-sun', headAfter(entries), 'b');
    await store.append('stone-sun', 0, next);
    expect(await store.read('stone-sun')).toHaveLength(2);
  });
});
