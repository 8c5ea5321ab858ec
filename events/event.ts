/**
 * When something happened, as precisely as it is known. `time` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD`
 * or an ISO 8601 UTC instant (`2025-04-04T09:00:00Z`), as `precision` says. Never a guessed day.
 */
export type When = Readonly<{ time: string; precision: 'year' | 'month' | 'day' | 'instant' }>;

/**
 * Where it happened. `country` is ISO 3166-1 alpha-2, `unlocode` a UN/LOCODE, `mineId` an id of
 * the reference data, `gln` a GS1 Global Location Number. At least one is given.
 */
export type Place = Readonly<{
  country?: string;
  unlocode?: string;
  mineId?: string;
  gln?: string;
  text?: string;
}>;

/**
 * A paper or file behind a statement; the bytes stay outside, `sha256` is lower-case hex. `note`
 * says in plain words what the reader should know of it.
 */
export type DocumentRef = Readonly<{
  type: string;
  number?: string;
  issuer?: string;
  issuedOn?: string;
  sha256?: string;
  mediaType?: string;
  note?: string;
}>;

/**
 * Who states it, when it happened, on which papers. `id` is a UUID (v7 from callers, v5 for what a
 * policy derives). A document of type `illustrative` marks a step that is not public knowledge.
 * `seen` is the tree head the stating party had seen (RFC 6962 size and base64 root).
 * `correlationId` is the stating party's own mark of all acts that belong together, on whatever streams,
 * and of what follows from them; `causationId` its mark of what made it act, a message or an order.
 */
export type Meta = Readonly<{
  id: string;
  by: string;
  at: When;
  place?: Place;
  documents?: readonly DocumentRef[];
  seen?: Readonly<{ size: number; root: string }>;
  correlationId?: string;
  causationId?: string;
}>;

/** A fact in the past tense. `type` is a storage format: it is never renamed. */
export type Event<T extends string = string, D = unknown> = Readonly<{
  type: T;
  data: D;
  meta: Meta;
}>;

/** What a decider returns: the envelope adds `meta` in one place. */
export type Draft<E extends Event = Event> = E extends Event ? Pick<E, 'type' | 'data'> : never;

/**
 * An event as the ledger gives it back. `revision` counts from 0 in its stream, `position` only
 * grows over the whole ledger (compare it, never compute with it), `recordedAt` is the ledger's
 * ISO 8601 UTC instant, `leaf` the exact RFC 8785 bytes the tree of hashes stands on.
 */
export type Recorded<E extends Event = Event> = E &
  Readonly<{
    stream: string;
    revision: number;
    position: bigint;
    recordedAt: string;
    leaf: string;
  }>;
