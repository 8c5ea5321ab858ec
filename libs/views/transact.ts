/** A statement of a transaction; `changesOne`: the whole is void unless it changes one row. */
export type Step = Readonly<{ sql: string; parameters: readonly unknown[]; changesOne?: true }>;

/**
 * Carries steps out in one transaction. Answers -1, or the number (from 0) of the first step that
 * should have changed one row and did not; then nothing was written.
 */
export type Transact = (steps: Iterable<Step>) => Promise<number>;
