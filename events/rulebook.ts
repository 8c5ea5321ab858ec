import type { Event } from '#events/event';

/**
 * The ledger judges by these rules of one jurisdiction from this event on. `rules` is the whole
 * file as it was adopted, so that what was judged by it can be judged again; `sha256` is of its
 * RFC 8785 bytes, in lower-case hex.
 */
export type RuleBookAdopted = Event<
  'RuleBookAdopted',
  Readonly<{
    jurisdiction: string;
    version: string;
    sha256: string;
    rules: Readonly<Record<string, unknown>>;
  }>
>;

export type RuleBookEvent = RuleBookAdopted;
