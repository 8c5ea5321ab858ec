import { randomUUID } from 'node:crypto';
import {
  binaryEvent,
  BACKWARDS,
  END,
  ErrorType,
  jsonEvent,
  START,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { all, happened, standInAndClient } from '#test/support/stand-in';

async function withStones(count: number, stream = 'stone-1') {
  const opened = await standInAndClient();
  for (let n = 0; n < count; n += 1) {
    await opened.client.appendToStream(stream, happened(undefined, n));
  }
  return opened;
}

const revisions = async (events: ReturnType<EventStoreDBClient['readStream']>) =>
  (await all(events)).map(({ event }) => event?.revision);

describe('positions', () => {
  it('are byte offsets that grow with gaps, the first not at 0, commit and prepare alike', async () => {
    const { client } = await withStones(3);
    await client.appendToStream('stone-1', [happened(), happened()]);
    const positions = (await all(client.readAll())).map(({ event }) => event?.position);
    const commits = positions.map((position) => position?.commit ?? 0n);
    expect(commits[0]).toBeGreaterThan(0n);
    for (const [n, commit] of commits.entries()) {
      expect(positions[n]?.prepare).toBe(commit);
      if (n > 0) expect(commit - (commits[n - 1] ?? 0n)).toBeGreaterThan(1n);
    }
  });

  it('are the same in a stream and in $all, and stand at the event as its commit position', async () => {
    const { client } = await withStones(2);
    const [inStream] = await all(client.readStream('stone-1', { maxCount: 1 }));
    const inAll = (await all(client.readAll())).find(({ event }) => event?.streamId === 'stone-1');
    expect(inAll?.event?.position).toEqual(inStream?.event?.position);
    expect(inAll?.commitPosition).toBe(inStream?.event?.position?.commit);
  });

  it('are included when reading forwards, excluded backwards', async () => {
    const { client } = await withStones(3);
    const events = (await all(client.readAll())).slice(-3);
    const fromPosition = events[1]?.event?.position ?? START;
    const ids = events.map(({ event }) => event?.id);
    const forwards = await all(client.readAll({ fromPosition }));
    expect(forwards.map(({ event }) => event?.id)).toEqual(ids.slice(1));
    const backwards = await all(
      client.readAll({ fromPosition, direction: BACKWARDS, maxCount: 1 }),
    );
    expect(backwards.map(({ event }) => event?.id)).toEqual(ids.slice(0, 1));
  });

  it('where no record begins are refused, those behind the end read nothing', async () => {
    const { client } = await withStones(2);
    const [first] = await all(client.readAll({ maxCount: 1 }));
    const commit = (first?.event?.position?.commit ?? 0n) + 1n;
    await expect(
      all(client.readAll({ fromPosition: { commit, prepare: commit } })),
    ).rejects.toMatchObject({ code: 3 });
    const far = 1n << 40n;
    expect(await all(client.readAll({ fromPosition: { commit: far, prepare: far } }))).toEqual([]);
  });
});

describe('$all', () => {
  it("holds the server's own events among the others", async () => {
    const { client } = await standInAndClient({ statisticsEvery: 2 });
    for (let n = 0; n < 4; n += 1) await client.appendToStream('stone-1', happened());
    await client.setStreamMetadata('stone-1', { owner: 'x' });
    const types = (await all(client.readAll())).map(({ event }) => event?.type);
    expect(types).toEqual([
      '$epoch-information',
      '$UserCreated',
      '$User',
      '$metadata',
      'Happened',
      '$statsCollected',
      'Happened',
      'Happened',
      '$statsCollected',
      'Happened',
      '$metadata',
    ]);
  });

  it('still shows what streams hide', async () => {
    const { client } = await withStones(3);
    await client.setStreamMetadata('stone-1', { maxCount: 1 });
    await client.deleteStream('stone-1');
    const stones = (await all(client.readAll())).filter(
      ({ event }) => event?.streamId === 'stone-1',
    );
    expect(stones).toHaveLength(3);
  });
});

describe('a read of a stream', () => {
  it('starts at the revision asked for in both directions', async () => {
    const { client } = await withStones(5);
    const from = { fromRevision: 2n };
    expect(await revisions(client.readStream('stone-1', from))).toEqual([2n, 3n, 4n]);
    expect(
      await revisions(client.readStream('stone-1', { ...from, direction: BACKWARDS })),
    ).toEqual([2n, 1n, 0n]);
    expect(
      await revisions(
        client.readStream('stone-1', { fromRevision: END, direction: BACKWARDS, maxCount: 2 }),
      ),
    ).toEqual([4n, 3n]);
  });

  it('beyond the end is empty, of a missing stream not found', async () => {
    const { client } = await withStones(1);
    expect(await revisions(client.readStream('stone-1', { fromRevision: 7n }))).toEqual([]);
    await expect(all(client.readStream('stone-2'))).rejects.toMatchObject({
      type: ErrorType.STREAM_NOT_FOUND,
      streamName: 'stone-2',
      code: undefined,
    });
  });

  it('gives back what was written, byte for byte', async () => {
    const before = Date.now();
    const { client } = await standInAndClient();
    const ids = [randomUUID(), randomUUID()] as const;
    const data = new Uint8Array([0, 1, 254, 255]);
    await client.appendToStream('stein-ß💎', [
      jsonEvent({ id: ids[0], type: 'Gemessen', data: { ct: '1,5' }, metadata: { by: 'ß' } }),
      binaryEvent({ id: ids[1], type: 'Scanned', data, metadata: data }),
    ]);
    const [first, second] = await all(client.readStream('stein-ß💎'));
    expect(first?.event).toMatchObject({
      id: ids[0],
      streamId: 'stein-ß💎',
      type: 'Gemessen',
      data: { ct: '1,5' },
      metadata: { by: 'ß' },
      isJson: true,
    });
    expect(first?.event?.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(second?.event).toMatchObject({ id: ids[1], isJson: false });
    expect(Buffer.from(second?.event?.data as Uint8Array)).toEqual(Buffer.from(data));
    expect(Buffer.from(second?.event?.metadata as Uint8Array)).toEqual(Buffer.from(data));
  });
});

describe('retention', () => {
  it('by $maxCount and $tb hides the oldest', async () => {
    const { client } = await withStones(5);
    await client.setStreamMetadata('stone-1', { maxCount: 2 });
    expect(await revisions(client.readStream('stone-1'))).toEqual([3n, 4n]);
    await client.setStreamMetadata('stone-1', { truncateBefore: 1 });
    expect(
      await revisions(client.readStream('stone-1', { direction: BACKWARDS, fromRevision: END })),
    ).toEqual([4n, 3n, 2n, 1n]);
    expect(await client.getStreamMetadata('stone-1')).toMatchObject({
      metadata: { truncateBefore: 1 },
    });
  });

  it('by $maxAge hides what is too old', async () => {
    let now = Date.now();
    const { client } = await standInAndClient({ now: () => now });
    await client.appendToStream('stone-1', happened());
    await client.setStreamMetadata('stone-1', { maxAge: 60 });
    now += 61_000;
    await client.appendToStream('stone-1', happened());
    expect(await revisions(client.readStream('stone-1'))).toEqual([1n]);
  });

  it('makes a retry of what it hid a lost race', async () => {
    const { client, standIn } = await standInAndClient();
    const event = happened();
    await client.appendToStream('stone-1', event, { expectedRevision: 'no_stream' });
    await client.appendToStream('stone-1', happened());
    await client.setStreamMetadata('stone-1', { truncateBefore: 1 });
    standIn.log.forgetIds();
    await expect(
      client.appendToStream('stone-1', event, { expectedRevision: 'no_stream' }),
    ).rejects.toMatchObject({ type: ErrorType.WRONG_EXPECTED_VERSION });
  });
});

describe('a deleted stream', () => {
  it('is not found after a soft delete, an error after a tombstone', async () => {
    const { client } = await withStones(2);
    await client.deleteStream('stone-1');
    await expect(all(client.readStream('stone-1'))).rejects.toMatchObject({
      type: ErrorType.STREAM_NOT_FOUND,
    });
    await client.tombstoneStream('stone-1');
    await expect(all(client.readStream('stone-1'))).rejects.toMatchObject({
      type: ErrorType.STREAM_DELETED,
      code: 9,
      streamName: 'stone-1',
    });
    const last = await all(
      client.readAll({ direction: BACKWARDS, maxCount: 1, fromPosition: END }),
    );
    expect(last[0]?.event).toMatchObject({
      type: '$streamDeleted',
      revision: 9_223_372_036_854_775_807n,
    });
  });
});

describe('links', () => {
  const link = (to: string) => binaryEvent({ type: '$>', data: Buffer.from(to) });

  it('are resolved to event and link, at the position of the link', async () => {
    const { client } = await withStones(2);
    await client.appendToStream('list-1', [link('1@stone-1'), link('9@stone-1'), link('0@gone-1')]);
    const [first, ...others] = await all(client.readStream('list-1', { resolveLinkTos: true }));
    expect(first?.event).toMatchObject({ streamId: 'stone-1', revision: 1n, type: 'Happened' });
    expect(first?.link).toMatchObject({ streamId: 'list-1', revision: 0n, type: '$>' });
    expect(first?.commitPosition).toBe(first?.link?.position?.commit);
    expect(others.map(({ event }) => event)).toEqual([undefined, undefined]);
    expect(others.map((resolved) => resolved.link?.revision)).toEqual([1n, 2n]);
  });

  it('are events like others when not resolved', async () => {
    const { client } = await withStones(1);
    await client.appendToStream('list-1', link('0@stone-1'));
    const [only] = await all(client.readStream('list-1'));
    expect(only?.event).toMatchObject({ streamId: 'list-1', type: '$>' });
    expect(only?.link).toBeUndefined();
  });
});
