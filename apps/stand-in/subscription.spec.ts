import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  END,
  ErrorType,
  eventTypeFilter,
  excludeSystemEvents,
  START,
  streamNameFilter,
  type EventStoreDBClient,
  type Position,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { all, happened, standInAndClient } from '#test/support/stand-in';

const stones = (count: number) => Array.from({ length: count }, (_, n) => happened(undefined, n));

/** The first `count` events of a subscription. */
async function take<Each>(
  subscription: AsyncIterable<Each> & { unsubscribe: () => Promise<void> },
  count: number,
): Promise<Each[]> {
  const got: Each[] = [];
  for await (const each of subscription) {
    got.push(each);
    if (got.length === count) await subscription.unsubscribe();
  }
  return got;
}

/** What a subscription says besides events, as it comes. */
function heard(subscription: ReturnType<EventStoreDBClient['subscribeToAll']>): string[] {
  const words: string[] = [];
  subscription.on('confirmation', () => words.push('confirmed'));
  subscription.on('caughtUp', () => words.push('caught up'));
  subscription.on('fellBehind', () => words.push('fell behind'));
  return words;
}

async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns += 1) {
    if (turns === 2000) throw new Error('it does not come');
    await sleep(5);
  }
}

describe('a subscription', () => {
  it('starts behind the revision or position given', async () => {
    const { client } = await standInAndClient();
    await client.appendToStream('stone-1', stones(4));
    const inStream = await take(client.subscribeToStream('stone-1', { fromRevision: 1n }), 2);
    expect(inStream.map(({ event }) => event?.revision)).toEqual([2n, 3n]);
    const events = (await all(client.readAll())).slice(-3);
    const fromPosition = events[0]?.event?.position ?? START;
    const inAll = await take(client.subscribeToAll({ fromPosition }), 2);
    expect(inAll.map(({ event }) => event?.id)).toEqual(events.slice(1).map((e) => e.event?.id));
  });

  it('from the end gets only what comes after', async () => {
    const { client } = await standInAndClient();
    await client.appendToStream('stone-1', stones(2));
    const subscription = client.subscribeToAll({ fromPosition: END });
    const inStream = client.subscribeToStream('stone-1', { fromRevision: END });
    await Promise.all([once(subscription, 'caughtUp'), once(inStream, 'caughtUp')]);
    await client.appendToStream('stone-1', stones(1));
    const [[first], [second]] = await Promise.all([take(subscription, 1), take(inStream, 1)]);
    expect([first?.event?.revision, second?.event?.revision]).toEqual([2n, 2n]);
  });

  it('to a missing stream waits for it, to a tombstoned one fails', async () => {
    const { client } = await standInAndClient();
    const waiting = take(client.subscribeToStream('stone-1'), 2);
    await client.appendToStream('stone-1', stones(1));
    await client.appendToStream('stone-1', stones(1));
    expect((await waiting).map(({ event }) => event?.revision)).toEqual([0n, 1n]);
    await client.tombstoneStream('stone-1');
    await expect(take(client.subscribeToStream('stone-1'), 1)).rejects.toMatchObject({
      type: ErrorType.STREAM_DELETED,
    });
  });

  it('says caught up again each time it has been far behind', async () => {
    const { client } = await standInAndClient();
    await client.appendToStream('stone-1', stones(3));
    const subscription = client.subscribeToAll({ fromPosition: START });
    const words = heard(subscription);
    const done = take(subscription, 4 + 3 + 1 + 100);
    await until(() => words.length === 2);
    expect(words).toEqual(['confirmed', 'caught up']);
    await client.appendToStream('stone-1', stones(1));
    await client.appendToStream('stone-1', stones(100));
    await until(() => words.length === 3);
    expect(words).toEqual(['confirmed', 'caught up', 'caught up']);
    expect(await done).toHaveLength(108);
  });

  it('that is dropped ends with a time-out, and goes on from where it was', async () => {
    const { client, standIn } = await standInAndClient();
    await client.appendToStream('stone-1', stones(2));
    let position: Position | undefined;
    const broken = async () => {
      const filter = excludeSystemEvents();
      for await (const { event } of client.subscribeToAll({ fromPosition: START, filter })) {
        position = event?.position;
        if (event?.revision === 1n) standIn.dropSubscriptions();
      }
    };
    await expect(broken()).rejects.toMatchObject({ type: ErrorType.TIMEOUT, code: 10 });
    await client.appendToStream('stone-1', stones(1));
    const [next] = await take(client.subscribeToAll({ fromPosition: position ?? START }), 1);
    expect(next?.event?.revision).toBe(2n);
  });

  it('does not outrun a consumer that stopped reading', async () => {
    const { client, standIn } = await standInAndClient({ statisticsEvery: 1_000_000 });
    const padded = () => ({ ...happened(), data: { n: 0, text: 'x'.repeat(2000) } });
    for (let n = 0; n < 20; n += 1) {
      await client.appendToStream('stone-1', Array.from({ length: 100 }, padded));
    }
    const subscription = client.subscribeToAll({ fromPosition: START });
    subscription.pause();
    await once(subscription, 'confirmation');
    await sleep(300);
    expect(standIn.traffic().sent).toBeGreaterThan(0);
    expect(standIn.traffic().sent).toBeLessThan(1000);
    expect(await take(subscription, 2004)).toHaveLength(2004);
  });
});

describe('a filter', () => {
  it.each([
    ['stream prefixes', streamNameFilter({ prefixes: ['stone-', 'parcel-'] }), 2],
    ['a stream expression', streamNameFilter({ regex: '^stone' }), 1],
    ['type prefixes', eventTypeFilter({ prefixes: ['Happ'] }), 3],
    ['a type expression', eventTypeFilter({ regex: '^[^$].*' }), 3],
  ])('by %s lets through what fits', async (_, filter, count) => {
    const { client } = await standInAndClient();
    for (const stream of ['stone-1', 'parcel-1', 'party-1']) {
      await client.appendToStream(stream, stones(1));
    }
    const subscription = client.subscribeToAll({ fromPosition: START, filter });
    let events = 0;
    for await (const { event } of subscription) {
      events += 1;
      if (event?.streamId === 'party-1' || events === count) await subscription.unsubscribe();
    }
    expect(events).toBe(count);
  });

  it('tells how far it has looked: every so many events, and once caught up', async () => {
    const { client } = await standInAndClient({ statisticsEvery: 1_000_000 });
    for (let n = 0; n < 3; n += 1) await client.appendToStream('party-1', stones(20));
    const reached: bigint[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({
        prefixes: ['stone-'],
        maxSearchWindow: 10,
        checkpointInterval: 2,
        checkpointReached: (__, { commit }) => void reached.push(commit),
      }),
    });
    subscription.on('data', () => undefined);
    await once(subscription, 'caughtUp');
    const positions = (await all(client.readAll())).map(({ event }) => event?.position?.commit);
    expect(reached).toEqual([positions[19], positions[39], positions[59], positions[63]]);
    await client.appendToStream('party-1', stones(16));
    await until(() => reached.length === 5);
    await subscription.unsubscribe();
    const later = (await all(client.readAll())).map(({ event }) => event?.position?.commit);
    expect(reached.at(-1)).toBe(later[79]);
  });

  it('tells nothing twice', async () => {
    const { client } = await standInAndClient();
    const reached: bigint[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({
        prefixes: ['$'],
        maxSearchWindow: 1,
        checkpointReached: (_, { commit }) => void reached.push(commit),
      }),
    });
    subscription.on('data', () => undefined);
    await once(subscription, 'caughtUp');
    await subscription.unsubscribe();
    expect(reached).toHaveLength(4);
    expect(new Set(reached).size).toBe(4);
  });
});

describe('a connection', () => {
  it('carries 100 calls; the next waits until one ends', async () => {
    const { client, standIn } = await standInAndClient();
    await client.appendToStream('stone-1', stones(1));
    const open = Array.from({ length: 99 }, () => client.subscribeToAll({ fromPosition: END }));
    for (const each of open) each.on('data', () => undefined);
    await Promise.all(open.map((each) => once(each, 'caughtUp')));
    const read = all(client.readStream('stone-1')).then(() => 'read');
    expect(await Promise.race([read, sleep(300, 'waiting')])).toBe('waiting');
    for (const each of open) each.on('error', () => undefined);
    standIn.dropSubscriptions();
    expect(await read).toBe('read');
  });
});
