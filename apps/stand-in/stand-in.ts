import { randomUUID } from 'node:crypto';
import type { Metadata, ServiceError } from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { batchAppendCall } from '#apps/stand-in/batch-append';
import { gossipCall, leadershipOf, type Cluster } from '#apps/stand-in/cluster';
import type { Context, Traffic } from '#apps/stand-in/context';
import { faults, type Faults } from '#apps/stand-in/faults';
import { supportedMethodsCall } from '#apps/stand-in/features';
import { openLog, type Log } from '#apps/stand-in/log';
import { listen, type Node, type Service } from '#apps/stand-in/node';
import type { StandInOptions } from '#apps/stand-in/options';
import { readCall } from '#apps/stand-in/read-call';
import { timedOut } from '#apps/stand-in/refusal';
import { appendCall, deleteCall, tombstoneCall } from '#apps/stand-in/unary-calls';

/** A running stand-in: one node or a cluster on one log. Nodes are numbered from 0. */
export type StandIn = Readonly<{
  /** Names every node and `tls`; credentials and the CA file are the caller's to add. */
  url: string;
  /** Of the first node. */
  port: number;
  ports: readonly number[];
  faults: Faults;
  log: Log;
  traffic: () => Readonly<Traffic>;
  /** Whom all nodes name as the leader. */
  leader: () => number | undefined;
  /** Makes a node the leader; undefined: an election that goes on. The old one forgets its ids. */
  elect: (node: number | undefined) => void;
  /** Ends every subscription, as a server does with consumers that are too slow. */
  dropSubscriptions: () => void;
  /** A node, or all, shows its readers nothing newer until thawed, like a follower that lags. */
  freeze: (node?: number) => void;
  thaw: (node?: number) => void;
  /** Kills the connections of a node, or of all; it stays up. */
  cut: (node?: number) => void;
  /** Says GOAWAY on the connections of a node, or of all; calls may go on for `graceMs` (100). */
  goAway: (node?: number, graceMs?: number) => void;
  /** Kills a node, or all: no reply, no listening. The log stays as it is. */
  kill: (node?: number) => Promise<void>;
  /** Starts killed nodes again on their ports. */
  revive: (node?: number) => Promise<void>;
  /** Kills all and closes the log. */
  stop: () => Promise<void>;
}>;

const host = '127.0.0.1';

/** Starts a stand-in. Throws what the system says when the port is taken or the file unreadable. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { tls, maxAppendSize = 1024 * 1024, port = 0, nodes = 1 } = options;
  const log = await openLog(options);
  const pending = faults();
  const subscriptions = new Set<(error: ServiceError) => void>();
  const traffic: Traffic = { appends: 0, sent: 0, openReads: 0, openSubscriptions: 0 };
  const cluster: Cluster = { members: [], leader: 0 };
  const running: (Node | undefined)[] = [];
  /** How much a frozen node shows. */
  const frozen = new Map<number, number>();
  const access = accessBy(options.credentials);

  function services(index: number): readonly Service[] {
    const view = log.view(() => frozen.get(index) ?? Infinity);
    const context: Context = {
      log: { ...log, read: view },
      faults: pending,
      maxAppendSize,
      access,
      leadership: leadershipOf(cluster, index),
      cut: (peer) => running[index]?.cut(peer),
      subscriptions,
      traffic,
    };
    const { StreamsService } = streamServices;
    const read = { ...StreamsService.read, responseSerialize: asBuffer };
    return [
      [
        { ...StreamsService, read },
        {
          read: readCall(context),
          append: appendCall(context),
          delete: deleteCall(context),
          tombstone: tombstoneCall(context),
          batchAppend: batchAppendCall(context),
        },
      ],
      [gossipServices.GossipService, { read: gossipCall(cluster) }],
      [featureServices.ServerFeaturesService, { getSupportedMethods: supportedMethodsCall() }],
    ];
  }

  async function start(index: number, on: number): Promise<void> {
    running[index] = await listen(on, tls, services(index));
  }

  function setAlive(index: number, alive: boolean): void {
    cluster.members = cluster.members.map((member, i) =>
      i === index ? { ...member, alive } : member,
    );
  }

  for (let index = 0; index < nodes; index += 1) {
    await start(index, port === 0 ? 0 : port + index);
    const id = randomUUID();
    cluster.members = [
      ...cluster.members,
      { id, host, port: running[index]?.port ?? 0, alive: true },
    ];
  }
  const ports = cluster.members.map((member) => member.port);

  const chosen = (node: number | undefined) => (node === undefined ? [...ports.keys()] : [node]);

  async function kill(node?: number): Promise<void> {
    for (const index of chosen(node)) {
      setAlive(index, false);
      if (cluster.leader === index) log.forgetIds();
      await running[index]?.kill();
      running[index] = undefined;
    }
  }

  return {
    url: `esdb://${ports.map((each) => `${host}:${each}`).join(',')}?tls=${tls !== undefined}`,
    port: ports[0] ?? 0,
    ports,
    faults: pending,
    log,
    traffic: () => traffic,
    leader: () => cluster.leader,
    elect(node) {
      cluster.leader = node;
      log.forgetIds();
    },
    dropSubscriptions() {
      const slow = 'Consumer too slow to handle event while live. Client resubscription required.';
      for (const drop of subscriptions) drop(timedOut(slow));
    },
    freeze: (node) => chosen(node).forEach((index) => frozen.set(index, log.read.size())),
    thaw(node) {
      for (const index of chosen(node)) frozen.delete(index);
      log.wake();
    },
    cut: (node) => chosen(node).forEach((index) => running[index]?.cut()),
    goAway: (node, graceMs = 100) =>
      chosen(node).forEach((index) => running[index]?.goAway(graceMs)),
    kill,
    async revive(node) {
      for (const index of chosen(node)) {
        if (running[index]) continue;
        await start(index, ports[index] ?? 0);
        setAlive(index, true);
      }
    },
    async stop() {
      await kill();
      await log.close();
    },
  };
}

/** Responses to reads are bytes already. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function accessBy(credentials: StandInOptions['credentials']): Context['access'] {
  if (!credentials) return () => 'granted';
  const { username, password } = credentials;
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return (metadata: Metadata) => {
    const [given] = metadata.get('authorization');
    if (given === undefined) return 'denied';
    return given === expected ? 'granted' : 'unauthenticated';
  };
}
