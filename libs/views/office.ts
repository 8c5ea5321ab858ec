/**
 * What one of many processes does for all of them, while it holds the office; `token` grows with
 * each that takes it over.
 */
export type Office = Readonly<{
  name: string;
  token: bigint;
  /** Aborted when the office is lost: the server or the way to it is gone, or it was resigned. */
  lost: AbortSignal;
  resign: () => Promise<void>;
}>;
