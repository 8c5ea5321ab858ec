import { setTimeout as sleep } from 'node:timers/promises';
import { END, ErrorType, NO_STREAM, START } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { command } from '#apps/stand-in/command';
import type { AppendFault } from '#apps/stand-in/fault';
import { all, happened, standInAndClient } from '#test/support/stand-in';

const paths = {
  batch: {},
  unary: { credentials: { username: 'a', password: 'b' } },
};

describe.each(Object.entries(paths))('an append by the %s call that meets a fault', (_, path) => {
  async function meet(does: AppendFault) {
    const { client, standIn } = await standInAndClient();
    await client.appendToStream('parcel-1', happened(), path);
    standIn.faults.add({ on: 'append', does });
    const event = happened();
    const append = async () =>
      client.appendToStream('stone-1', event, { ...path, expectedRevision: NO_STREAM });
    const error: unknown = await append().then(
      () => 'acknowledged',
      (thrown: unknown) => thrown,
    );
    const stored = standIn.log.events().some(({ id }) => id === event.id);
    expect(await append()).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await all(client.readStream('stone-1'))).toHaveLength(1);
    return { error, stored };
  }

  it.each([
    ['cut', false, { type: ErrorType.UNAVAILABLE, code: 14 }],
    ['cut-after-store', true, { type: ErrorType.UNAVAILABLE, code: 14 }],
    ['unavailable', false, { type: ErrorType.UNAVAILABLE, code: 14 }],
  ] as const)('%s: stored %s, and a retry is recorded once', async (does, stored, error) => {
    expect(await meet(does)).toMatchObject({ stored, error });
  });

  it.each([
    ['not-ready', false],
    ['time-out', false],
    ['time-out-after-store', true],
  ] as const)('%s: stored %s, and a retry is recorded once', async (does, stored) => {
    const met = await meet(does);
    expect(met.stored).toBe(stored);
    expect(met.error).toBeInstanceOf(Error);
  });

  it('is answered late when the reply is delayed', async () => {
    const { client, standIn } = await standInAndClient();
    standIn.faults.add({ on: 'append', does: 'delay-reply', ms: 200 });
    const append = client.appendToStream('stone-1', happened(), path);
    expect(await Promise.race([append, sleep(100, 'nothing')])).toBe('nothing');
    expect(standIn.log.events().at(-1)?.stream).toBe('stone-1');
    expect(await append).toMatchObject({ success: true });
  });

  it('is never answered when the reply is lost', async () => {
    const { client, standIn } = await standInAndClient();
    standIn.faults.add({ on: 'append', does: 'lose-reply' });
    const append = client.appendToStream('stone-1', happened(), path).catch(() => 'failed');
    expect(await Promise.race([append, sleep(300, 'nothing')])).toBe('nothing');
    expect(standIn.log.events().at(-1)?.stream).toBe('stone-1');
  });
});

describe('the answers of the server in trouble', () => {
  it('differ between the batch call and the unary one', async () => {
    const { client, standIn } = await standInAndClient();
    const answer = (does: AppendFault, path: object) => {
      standIn.faults.add({ on: 'append', does });
      return client.appendToStream('stone-1', happened(), path);
    };
    await expect(answer('time-out', paths.unary)).rejects.toMatchObject({ code: 10 });
    await expect(answer('time-out', paths.batch)).rejects.toMatchObject({
      type: ErrorType.DEADLINE_EXCEEDED,
    });
    await expect(answer('not-ready', paths.batch)).rejects.toMatchObject({
      type: ErrorType.UNKNOWN,
      message: 'Could not recognize Server Is Not Ready',
    });
    await expect(answer('not-ready', paths.unary)).rejects.toMatchObject({
      type: ErrorType.UNAVAILABLE,
    });
  });
});

describe('faults', () => {
  it('spare the calls to skip, then come as often as asked', async () => {
    const { client, standIn } = await standInAndClient();
    standIn.faults.add({ on: 'append', does: 'time-out', skip: 1, times: 2 });
    const outcomes: boolean[] = [];
    for (let n = 0; n < 4; n += 1) {
      const append = client.appendToStream('stone-1', happened());
      outcomes.push(await append.then(() => true).catch(() => false));
    }
    expect(outcomes).toEqual([true, false, false, true]);
    expect(standIn.faults.left()).toBe(0);
  });

  it('kill a read after some events', async () => {
    const { client, standIn } = await standInAndClient();
    await client.appendToStream('stone-1', [happened(), happened(), happened()]);
    standIn.faults.add({ on: 'read', does: 'cut-after-events', events: 2 });
    let events = 0;
    const read = async () => {
      for await (const event of client.readStream('stone-1')) events += event.event ? 1 : 0;
    };
    await expect(read()).rejects.toMatchObject({ code: 14 });
    expect(events).toBeLessThan(3);
    expect(await all(client.readStream('stone-1'))).toHaveLength(3);
  });

  it('keep a subscription from starting', async () => {
    const { client, standIn } = await standInAndClient();
    standIn.faults.add({ on: 'subscribe', does: 'not-ready' });
    await expect(all(client.subscribeToAll({ fromPosition: START }))).rejects.toMatchObject({
      type: ErrorType.UNAVAILABLE,
    });
  });
});

describe('a server that goes away', () => {
  it('by GOAWAY ends long calls after a while; the next append finds a new connection', async () => {
    const { client, standIn } = await standInAndClient();
    await client.appendToStream('stone-1', happened());
    const ended = all(client.subscribeToAll({ fromPosition: END })).then(
      () => 'ended',
      () => 'failed',
    );
    while (standIn.traffic().openSubscriptions === 0) await sleep(5);
    standIn.goAway(0, 50);
    await ended;
    while (standIn.traffic().openSubscriptions > 0) await sleep(5);
    const append = () => client.appendToStream('stone-1', happened());
    expect(await append().catch(append)).toMatchObject({ success: true });
  });

  it('by a kill loses nothing, and forgets the ids it remembered', async () => {
    const { client, standIn } = await standInAndClient();
    const event = happened();
    await client.appendToStream('stone-1', event);
    await standIn.kill();
    await expect(client.appendToStream('stone-1', event)).rejects.toMatchObject({ code: 14 });
    await standIn.revive();
    expect(await client.appendToStream('stone-1', event)).toMatchObject({
      nextExpectedRevision: 1n,
    });
  });

  it('leaves no call behind', async () => {
    const { client, standIn } = await standInAndClient();
    await client.appendToStream('stone-1', [happened(), happened()]);
    const subscription = client.subscribeToStream('stone-1');
    for await (const { event } of subscription) {
      if (event?.revision === 1n) await subscription.unsubscribe();
    }
    await all(client.readStream('stone-1'));
    while (standIn.traffic().openSubscriptions > 0) await sleep(5);
    expect(standIn.traffic()).toMatchObject({ openReads: 0, openSubscriptions: 0 });
  });
});

describe('a command', () => {
  it('adds faults and acts; what it does not know it refuses', async () => {
    const { standIn } = await standInAndClient({ nodes: 2 });
    const fault = { on: 'read', does: 'delay-reply', ms: 5, times: 3 };
    expect(await command(standIn, JSON.stringify({ fault }))).toMatchObject({ faults: 3 });
    expect(await command(standIn, '{"do":"clear-faults"}')).toMatchObject({ faults: 0 });
    expect(await command(standIn, '{"do":"elect","node":1}')).toMatchObject({ leader: 1 });
    expect(await command(standIn, '{"do":"elect"}')).toMatchObject({ leader: null });
    const refused = [
      '{"fault":{"on":"append","does":"cut-after-events"}}',
      '{"fault":{"on":"append","does":"cut","times":-1}}',
      '{"fault":{"on":"append","does":"toString"}}',
      '{"do":"elect","node":2}',
      '{"do":"explode"}',
      '7',
      'null',
    ];
    for (const line of refused) await expect(command(standIn, line)).rejects.toThrow(TypeError);
    await expect(command(standIn, '{')).rejects.toThrow(SyntaxError);
    expect(standIn.faults.left()).toBe(0);
  });
});
