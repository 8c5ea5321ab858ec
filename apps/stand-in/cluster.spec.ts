import { credentials, Metadata } from '@grpc/grpc-js';
import { ErrorType, NO_STREAM } from '@eventstore/db-client';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { describe, expect, it } from '@jest/globals';
import { all, clientOf, happened, standInAndClient } from '#test/support/stand-in';

const { VNodeState } = gossip.MemberInfo;

/** State and liveness of every node, as one of them tells it. */
async function told(port: number) {
  const client = new gossipServices.GossipClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const info = await new Promise<ClusterInfo>((resolve, reject) =>
    client.read(new shared.Empty(), new Metadata(), (error, answer) =>
      error ? reject(error) : resolve(answer),
    ),
  );
  client.close();
  return info.getMembersList().map((member) => ({
    port: member.getHttpEndPoint()?.getPort(),
    state: member.getState(),
    alive: member.getIsAlive(),
  }));
}

const demanding = { requiresLeader: true, expectedRevision: NO_STREAM } as const;

describe('a cluster', () => {
  it('tells of every node, its state and whether it lives', async () => {
    const { standIn } = await standInAndClient({ nodes: 3 });
    await standIn.kill(2);
    standIn.elect(1);
    expect(await told(standIn.ports[0] ?? 0)).toEqual([
      { port: standIn.ports[0], state: VNodeState.FOLLOWER, alive: true },
      { port: standIn.ports[1], state: VNodeState.LEADER, alive: true },
      { port: standIn.ports[2], state: VNodeState.FOLLOWER, alive: false },
    ]);
  });

  it('takes appends wherever the client was led to, and shows them on every node', async () => {
    const { client, standIn } = await standInAndClient({ nodes: 3 });
    await client.appendToStream('stone-1', happened(), demanding);
    for (const port of standIn.ports) {
      const other = clientOf(`esdb://127.0.0.1:${port}?tls=false`);
      expect(await all(other.readStream('stone-1'))).toHaveLength(1);
    }
  });

  it.each([
    ['batch', {}],
    ['unary', { credentials: { username: 'a', password: 'b' } }],
  ])('sends who demands the leader on to it (%s call)', async (_, path) => {
    const { standIn } = await standInAndClient({ nodes: 3 });
    const client = clientOf(`esdb://127.0.0.1:${standIn.ports[1]}?tls=false`);
    const append = () => client.appendToStream('stone-1', happened(), { ...demanding, ...path });
    await expect(append()).rejects.toMatchObject({
      type: ErrorType.NOT_LEADER,
      code: 5,
      leader: { address: '127.0.0.1', port: standIn.port },
    });
    expect(standIn.traffic().appends).toBe(0);
    expect(await append()).toMatchObject({ success: true });
  });

  it('passes on what a follower is told without demanding the leader', async () => {
    const { standIn } = await standInAndClient({ nodes: 2 });
    const client = clientOf(`esdb://127.0.0.1:${standIn.ports[1]}?tls=false`);
    expect(await client.appendToStream('stone-1', happened())).toMatchObject({ success: true });
    const reading = client.readStream('stone-1', { requiresLeader: true });
    await expect(all(reading)).rejects.toMatchObject({ type: ErrorType.NOT_LEADER });
  });

  it('fails an append call that is open when the leader changes, and takes the next one', async () => {
    const { client, standIn } = await standInAndClient({ nodes: 3 });
    await client.appendToStream('stone-1', happened(), demanding);
    standIn.elect(2);
    const append = () => client.appendToStream('stone-2', happened(), demanding);
    await expect(append()).rejects.toMatchObject({ type: ErrorType.NOT_LEADER });
    expect(await append()).toMatchObject({ success: true });
    expect(standIn.leader()).toBe(2);
  });

  it('has a new leader that remembers none of the ids the old one did', async () => {
    const { client, standIn } = await standInAndClient({ nodes: 2 });
    const event = happened();
    await client.appendToStream('stone-1', event);
    expect(await client.appendToStream('stone-1', event)).toMatchObject({
      nextExpectedRevision: 0n,
    });
    standIn.elect(1);
    expect(await client.appendToStream('stone-1', event)).toMatchObject({
      nextExpectedRevision: 1n,
    });
  });

  it('goes on when its leader is killed and another elected', async () => {
    const { client, standIn } = await standInAndClient({ nodes: 3 });
    const event = happened();
    await client.appendToStream('stone-1', event, { requiresLeader: true });
    await standIn.kill(0);
    standIn.elect(1);
    const append = () => client.appendToStream('stone-1', event, { requiresLeader: true });
    await expect(append()).rejects.toMatchObject({ code: 14 });
    expect(await append()).toMatchObject({ nextExpectedRevision: 1n });
    await standIn.revive(0);
    expect(await told(standIn.port)).toMatchObject([{ alive: true }, { alive: true }, {}]);
  });

  it('has followers that lag behind what was acknowledged', async () => {
    const { client, standIn } = await standInAndClient({ nodes: 2 });
    const follower = clientOf(`esdb://127.0.0.1:${standIn.ports[1]}?tls=false`);
    await client.appendToStream('stone-1', happened());
    standIn.freeze(1);
    await client.appendToStream('stone-1', happened());
    expect(await all(client.readStream('stone-1'))).toHaveLength(2);
    expect(await all(follower.readStream('stone-1'))).toHaveLength(1);
    const following = all(follower.readAll());
    expect((await following).at(-1)?.event?.revision).toBe(0n);
    const subscription = follower.subscribeToStream('stone-1');
    subscription.once('caughtUp', () => standIn.thaw(1));
    let events = 0;
    for await (const { event } of subscription) {
      events += 1;
      if (event?.revision === 1n) await subscription.unsubscribe();
    }
    expect(events).toBe(2);
  });

  it('without a leader takes no appends but serves reads', async () => {
    const { standIn } = await standInAndClient({ nodes: 2 });
    const client = clientOf(`esdb://127.0.0.1:${standIn.port}?tls=false`);
    await client.appendToStream('stone-1', happened());
    standIn.elect(undefined);
    await expect(client.appendToStream('stone-1', happened())).rejects.toMatchObject({
      message: 'Could not recognize Server Is Not Ready',
    });
    const path = { credentials: { username: 'a', password: 'b' } };
    await expect(client.appendToStream('stone-1', happened(), path)).rejects.toMatchObject({
      type: ErrorType.UNAVAILABLE,
    });
    expect(
      await all(clientOf(`esdb://127.0.0.1:${standIn.port}?tls=false`).readStream('stone-1')),
    ).toHaveLength(1);
  });
});
