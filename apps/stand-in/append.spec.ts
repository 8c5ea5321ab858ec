import { randomUUID } from 'node:crypto';
import {
  ANY,
  ErrorType,
  NO_STREAM,
  STREAM_EXISTS,
  type AppendExpectedRevision,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { all, happened, standInAndClient } from '#test/support/stand-in';

/** Credentials of its own take an append off the shared batch call. */
const paths = {
  batch: {},
  unary: { credentials: { username: 'a', password: 'b' } },
};

const ids = (count: number) => Array.from({ length: count }, () => randomUUID());

describe.each(Object.entries(paths))('an append by the %s call', (_, path) => {
  const append = (
    client: EventStoreDBClient,
    expectedRevision: AppendExpectedRevision,
    eventIds: readonly string[],
  ) =>
    client.appendToStream(
      'stone-1',
      eventIds.map((id) => happened(id)),
      { ...path, expectedRevision },
    );

  it('answers the revision and position of its last event', async () => {
    const { client } = await standInAndClient();
    const first = await append(client, NO_STREAM, ids(3));
    const second = await append(client, 2n, ids(1));
    expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([2n, 3n]);
    const events = await all(client.readStream('stone-1'));
    expect(events[2]?.event?.position).toEqual(first.position);
    expect(events[3]?.event?.position).toEqual(second.position);
  });

  it.each<[AppendExpectedRevision, bigint]>([
    [NO_STREAM, 0n],
    [5n, 0n],
  ])('is refused at the wrong revision %s with what is there', async (expected, actual) => {
    const { client } = await standInAndClient();
    await append(client, NO_STREAM, ids(1));
    await expect(append(client, expected, ids(1))).rejects.toMatchObject({
      type: ErrorType.WRONG_EXPECTED_VERSION,
      streamName: 'stone-1',
      expectedVersion: expected,
      actualVersion: actual,
    });
    expect(await all(client.readStream('stone-1'))).toHaveLength(1);
  });

  it.each<AppendExpectedRevision>([0n, STREAM_EXISTS])(
    'to no stream is refused when %s is expected',
    async (expected) => {
      const { client } = await standInAndClient();
      await expect(append(client, expected, ids(1))).rejects.toMatchObject({
        type: ErrorType.WRONG_EXPECTED_VERSION,
        expectedVersion: expected,
        actualVersion: 'no_stream',
      });
    },
  );

  it('behind the stream with the ids that are there changes nothing and is answered as then', async () => {
    const { client, standIn } = await standInAndClient();
    const [first, second] = [ids(2), ids(2)];
    const then = await append(client, NO_STREAM, first);
    await append(client, 1n, second);
    standIn.log.forgetIds();
    expect(await append(client, NO_STREAM, first)).toEqual(then);
    expect(await append(client, NO_STREAM, first.slice(0, 1))).toMatchObject({
      nextExpectedRevision: 0n,
    });
    expect(await append(client, NO_STREAM, [...first, ...second])).toMatchObject({
      nextExpectedRevision: 3n,
    });
    expect(await all(client.readStream('stone-1'))).toHaveLength(4);
  });

  it('behind the stream never compares what the events say', async () => {
    const { client } = await standInAndClient();
    const id = randomUUID();
    await client.appendToStream('stone-1', happened(id, 1), {
      ...path,
      expectedRevision: NO_STREAM,
    });
    await client.appendToStream('stone-1', happened(id, 2), {
      ...path,
      expectedRevision: NO_STREAM,
    });
    const events = await all(client.readStream('stone-1'));
    expect(events.map(({ event }) => event?.data)).toEqual([{ n: 1 }]);
  });

  it('behind the stream with other ids, or only some of them, is refused', async () => {
    const { client } = await standInAndClient();
    const [one = '', two = ''] = ids(2);
    await append(client, NO_STREAM, [one, two]);
    const wrong = { type: ErrorType.WRONG_EXPECTED_VERSION, actualVersion: 1n };
    await expect(append(client, NO_STREAM, ids(2))).rejects.toMatchObject(wrong);
    await expect(append(client, NO_STREAM, [one, randomUUID()])).rejects.toMatchObject(wrong);
    await expect(append(client, NO_STREAM, [two, one])).rejects.toMatchObject(wrong);
    await expect(append(client, NO_STREAM, [one, two, randomUUID()])).rejects.toMatchObject(wrong);
  });

  it('at the current revision writes ids that are there once more', async () => {
    const { client } = await standInAndClient();
    const same = ids(1);
    await append(client, NO_STREAM, same);
    await append(client, 0n, same);
    const events = await all(client.readStream('stone-1'));
    expect(events.map(({ event }) => event?.id)).toEqual([...same, ...same]);
  });

  it('at any revision is recognised only while its ids are remembered', async () => {
    const { client, standIn } = await standInAndClient({ rememberedIds: 2 });
    const [first, second] = [ids(1), ids(2)];
    const then = await append(client, ANY, first);
    expect(await append(client, ANY, first)).toEqual(then);
    await append(client, ANY, second);
    expect(await append(client, ANY, first)).toMatchObject({ nextExpectedRevision: 3n });
    expect(await append(client, STREAM_EXISTS, first)).toMatchObject({ nextExpectedRevision: 3n });
    standIn.log.forgetIds();
    expect(await append(client, ANY, first)).toMatchObject({ nextExpectedRevision: 4n });
  });

  it('at any revision knows ids of its own stream only', async () => {
    const { client } = await standInAndClient();
    const same = randomUUID();
    await client.appendToStream('stone-2', happened(same), path);
    expect(await append(client, ANY, [same])).toMatchObject({ nextExpectedRevision: 0n });
  });

  it('over the size limit is refused whole', async () => {
    const { client } = await standInAndClient({ maxAppendSize: 1000 });
    await expect(append(client, NO_STREAM, ids(60))).rejects.toMatchObject({
      type: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
      maxAppendSize: 1000,
    });
    await expect(all(client.readStream('stone-1'))).rejects.toMatchObject({
      type: ErrorType.STREAM_NOT_FOUND,
    });
    await append(client, NO_STREAM, ids(1));
  });

  it('with an id that is no UUID is refused', async () => {
    const { client } = await standInAndClient();
    await expect(append(client, NO_STREAM, ['stone-1.0'])).rejects.toMatchObject({
      type: ErrorType.UNKNOWN,
    });
    await append(client, NO_STREAM, ids(1));
  });

  it('without events is acknowledged and writes nothing', async () => {
    const { client } = await standInAndClient();
    expect(await append(client, NO_STREAM, [])).toMatchObject({ success: true });
    await expect(all(client.readStream('stone-1'))).rejects.toMatchObject({
      type: ErrorType.STREAM_NOT_FOUND,
    });
  });

  it('to a deleted stream is refused, to a soft-deleted one goes on where it ended', async () => {
    const { client } = await standInAndClient();
    const first = ids(2);
    await append(client, NO_STREAM, first);
    await client.deleteStream('stone-1');
    await expect(append(client, STREAM_EXISTS, ids(1))).rejects.toMatchObject({
      type: ErrorType.STREAM_DELETED,
    });
    await append(client, NO_STREAM, ids(1));
    const events = await all(client.readStream('stone-1'));
    expect(events.map(({ event }) => event?.revision)).toEqual([2n]);
    await client.tombstoneStream('stone-1');
    await expect(append(client, ANY, ids(1))).rejects.toMatchObject({
      type: ErrorType.STREAM_DELETED,
      streamName: 'stone-1',
    });
  });
});

describe('an append in several messages', () => {
  it('is one append', async () => {
    const { client } = await standInAndClient();
    const events = ids(50).map((id) => happened(id));
    const appended = await client.appendToStream('stone-1', events, {
      expectedRevision: NO_STREAM,
      batchAppendSize: 400,
    });
    expect(appended.nextExpectedRevision).toBe(49n);
    expect(await all(client.readStream('stone-1'))).toHaveLength(50);
  });

  it('over the limit is answered once and its rest ignored', async () => {
    const { client } = await standInAndClient({ maxAppendSize: 1000 });
    const events = ids(200).map((id) => happened(id));
    await expect(
      client.appendToStream('stone-1', events, { batchAppendSize: 400 }),
    ).rejects.toMatchObject({ type: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED });
    await client.appendToStream('stone-1', happened());
  });
});

describe('appends not waited for', () => {
  it('keep the order of the calls on the batch call', async () => {
    const { client } = await standInAndClient();
    await client.appendToStream('stone-1', happened());
    const appends = Array.from({ length: 200 }, (_, n) =>
      client.appendToStream('stone-1', happened(undefined, n), { expectedRevision: BigInt(n) }),
    );
    const answers = await Promise.all(appends);
    expect(answers.map((answer) => answer.nextExpectedRevision)).toEqual(
      answers.map((_, n) => BigInt(n + 1)),
    );
  });
});

describe('a delete', () => {
  it('at the wrong revision is refused by trailers', async () => {
    const { client } = await standInAndClient();
    await client.appendToStream('stone-1', [happened(), happened()]);
    const wrong = { type: ErrorType.WRONG_EXPECTED_VERSION, code: 9, streamName: 'stone-1' };
    await expect(client.deleteStream('stone-1', { expectedRevision: 0n })).rejects.toMatchObject({
      ...wrong,
      expectedVersion: 0n,
      actualVersion: 1n,
    });
    await expect(client.tombstoneStream('stone-2', { expectedRevision: 3n })).rejects.toMatchObject(
      { ...wrong, streamName: 'stone-2', actualVersion: 'no_stream' },
    );
  });
});
