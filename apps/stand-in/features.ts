import type { handleUnaryCall } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';

const methods: readonly (readonly [service: string, method: string, features: string[]])[] = [
  ['event_store.client.streams.streams', 'read', ['position', 'events']],
  ['event_store.client.streams.streams', 'append', []],
  ['event_store.client.streams.streams', 'batchappend', ['deadline_duration']],
  ['event_store.client.streams.streams', 'delete', []],
  ['event_store.client.streams.streams', 'tombstone', []],
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
];

/** Open to everyone, as the server has it: clients ask before they show credentials. */
export function supportedMethodsCall(): handleUnaryCall<Empty, SupportedMethods> {
  const supported = new features.SupportedMethods()
    .setEventStoreServerVersion('23.10.7')
    .setMethodsList(
      methods.map(([service, method, names]) =>
        new features.SupportedMethod()
          .setServiceName(service)
          .setMethodName(method)
          .setFeaturesList([...names]),
      ),
    );
  return (_, callback) => callback(null, supported);
}
