import type { LedgerEvent } from '#events/ledger-event';

/** The events by which goods are no more: they became others, or were broken. */
export const usingUp = [
  'RoughSawn',
  'RoughCleaved',
  'ManufacturingClosed',
  'ParcelSorted',
  'ParcelMixed',
  'StoneBroken',
  'ItemBrokenUp',
  'IdentityGivenUp',
] as const satisfies readonly LedgerEvent['type'][];

const types: ReadonlySet<LedgerEvent['type']> = new Set(usingUp);

/** True for these; `MixReturned` and `IdentityRestored` bring goods back. */
export function usesUp(type: LedgerEvent['type']): boolean {
  return types.has(type);
}
