import { createRequire } from 'node:module';
import type { Append } from '#apps/cli/bench/workload';
import { emptyStream, seal, type Head } from '#libs/store/envelope';

/** As much of `@eventstore/db-client` as is used. */
type BareClient = Readonly<{
  appendToStream: (
    stream: string,
    event: object,
    options: Readonly<{ expectedRevision: bigint | 'no_stream' }>,
  ) => Promise<unknown>;
  dispose: () => Promise<void>;
}>;
type Package = Readonly<{
  EventStoreDBClient: Readonly<{ connectionString: (url: string) => BareClient }>;
  jsonEvent: (event: object) => object;
}>;

/**
 * The control of our adapter: the same client and the same event bytes, appended at an expected
 * revision and nothing more: no chain, no comparison, no guard, no timeout.
 */
export function bareClient(
  url: string,
  ledger: string,
): Readonly<{ append: Append; close: () => Promise<void> }> {
  const require = createRequire(import.meta.url);
  const { EventStoreDBClient, jsonEvent } = require('@eventstore/db-client') as Package;
  const client = EventStoreDBClient.connectionString(url);
  const heads = new Map<string, Head>();
  return {
    append: async ({ stream, event }) => {
      const head = heads.get(stream) ?? emptyStream;
      const [entry] = seal(ledger, stream, head, '2026-11-22T09:00:00.000Z', [event]);
      if (!entry) return;
      const { statement, ...metadata } = JSON.parse(entry.leaf) as {
        statement: { data: object; type: string };
      };
      const { data, ...said } = statement;
      const expectedRevision = head.revision < 0 ? 'no_stream' : BigInt(head.revision);
      const { id } = event.meta;
      const proposed = { id, type: said.type, data, metadata: { ...metadata, statement: said } };
      await client.appendToStream(`bare-${stream}`, jsonEvent(proposed), { expectedRevision });
      heads.set(stream, { revision: entry.revision, hash: entry.hash });
    },
    close: () => client.dispose(),
  };
}
