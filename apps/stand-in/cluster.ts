import type { handleUnaryCall, Metadata } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { Context } from '#apps/stand-in/context';

const { VNodeState } = gossip.MemberInfo;

export type Member = Readonly<{ id: string; host: string; port: number; alive: boolean }>;

/** Who leads whom. `leader` is undefined while there is an election. */
export type Cluster = {
  members: readonly Member[];
  leader: number | undefined;
};

/** What every node tells of all, to anyone. */
export function gossipCall(cluster: Cluster): handleUnaryCall<Empty, ClusterInfo> {
  return (_, callback) => {
    const members = cluster.members.map(({ id, host, port, alive }, index) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(id))
        .setTimeStamp(`${Date.now()}0000`)
        .setState(stateOf(cluster, index))
        .setIsAlive(alive)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port)),
    );
    callback(null, new gossip.ClusterInfo().setMembersList(members));
  };
}

function stateOf({ leader }: Cluster, index: number) {
  if (leader === undefined) return VNodeState.UNKNOWN;
  return leader === index ? VNodeState.LEADER : VNodeState.FOLLOWER;
}

/**
 * Followers serve reads, and pass writes on to the leader; but a caller that asks for the leader
 * itself (`requires-leader`) is told where it is.
 */
export function leadershipOf(cluster: Cluster, index: number): Context['leadership'] {
  return (metadata: Metadata, writes: boolean) => {
    const demands = String(metadata.get('requires-leader')[0]).toLowerCase() === 'true';
    const leader = cluster.members[cluster.leader ?? -1];
    if (!leader?.alive) return writes || demands ? 'no-leader' : 'serves';
    if (cluster.leader === index || !demands) return 'serves';
    return { host: leader.host, port: leader.port };
  };
}
