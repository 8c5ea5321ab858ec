/** Stream categories: what stands before the first dash of a stream's name. */
export const categories = ['party', 'stone', 'parcel'] as const;
export type Category = (typeof categories)[number];

/**
 * An id a caller may choose: lower-case letters, digits and single dashes, 1 … 60 characters.
 * `.` and `~` are kept for ids the ledger derives: `dawn.1` is the first piece or polished stone
 * made of `dawn`, `lot-7~1` the first stone singled out of parcel `lot-7`.
 */
export const chosenId = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Any id, chosen or derived. */
export const anyId = /^[a-z0-9]+(?:[-.~][a-z0-9]+)*$/;

export const longestChosenId = 60;
export const longestId = 200;

export const partyStream = (partyId: string) => `party-${partyId}` as const;
export const stoneStream = (stoneId: string) => `stone-${stoneId}` as const;
export const parcelStream = (parcelId: string) => `parcel-${parcelId}` as const;

/** The id of the n-th (from 1) piece, polished stone or part made of a stone or parcel. */
export const partId = (parentId: string, n: number) => `${parentId}.${n}`;

/** The id of the n-th (from 1) stone singled out of a parcel. */
export const singledOutId = (parcelId: string, n: number) => `${parcelId}~${n}`;

/** Takes a stream's name apart; `undefined` for one that is not a ledger stream. */
export function parseStream(stream: string): { category: Category; id: string } | undefined {
  const dash = stream.indexOf('-');
  const category = categories.find((each) => each === stream.slice(0, dash));
  const id = stream.slice(dash + 1);
  if (!category) return undefined;
  return id.length <= longestId && anyId.test(id) ? { category, id } : undefined;
}
