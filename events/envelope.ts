import type { DocumentRef, Place, When } from '#events/event';

/**
 * What a party states (and signs). `ledger` is the log's name, `expectedRevision` the revision the
 * stream had (-1 when empty), so the event's own revision is one more; `prev` is the base64
 * SHA-256(0x00 ‖ leaf) of the stream's previous event, empty for the first.
 */
export type Statement = Readonly<{
  ledger: string;
  stream: string;
  /** @asType integer */
  expectedRevision: number;
  prev: string;
  type: string;
  at: When;
  by: string;
  place?: Place;
  documents?: readonly DocumentRef[];
  data: unknown;
  seen?: Readonly<{ size: number; root: string }>;
  correlationId?: string;
  causationId?: string;
}>;

/** What the ledger records and the tree hashes, as RFC 8785 bytes of at most 48 kB. */
export type Leaf = Readonly<{
  v: 1;
  id: string;
  recordedAt: string;
  statement: Statement;
  sigs: readonly string[];
}>;

/** The largest leaf in bytes; bigger documents are attached by hash. */
export const longestLeaf = 48 * 1024;
