import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { soleOwner } from '#libs/trade/holding';
import { usesUp, usingUp } from '#projections/used-up';

/**
 * Who owns goods alone and who holds them; `isThere` is false once they were cut or used up.
 */
export type Holders = Readonly<{
  owner: string | null;
  custodian: string | null;
  isThere: boolean;
}>;

/** The events by which any of it changes. */
export const holderEvents = [
  'RoughDiamondRecovered',
  'JewelleryItemMade',
  'ProductionLotRecovered',
  'HistoryOpened',
  'ParcelHistoryOpened',
  'StoneOpened',
  'ParcelOpened',
  'MixReceived',
  'MixReturned',
  'TitleTransferred',
  'TitleShareTransferred',
  'TitleContestResolved',
  'Forfeited',
  'RetailSold',
  'ReturnedByCustomer',
  'Repurchased',
  'StoneUnset',
  'CustodyAccepted',
  'Recovered',
  'Seized',
  'IdentityRestored',
  ...usingUp,
] as const satisfies readonly LedgerEvent['type'][];

/**
 * As title and custody have it, without how it came about; what a consumer bought nobody of the
 * trade owns or holds. `before` is unknown for new goods.
 */
export function evolveHolders(
  before: Holders | undefined,
  { type, data, meta }: Recorded<LedgerEvent>,
): Holders | undefined {
  switch (type) {
    case 'RoughDiamondRecovered':
    case 'JewelleryItemMade':
    case 'ProductionLotRecovered':
      return { owner: meta.by, custodian: meta.by, isThere: true };
    case 'HistoryOpened':
    case 'ParcelHistoryOpened':
      return { owner: data.owner ?? null, custodian: meta.by, isThere: true };
    case 'StoneOpened':
    case 'ParcelOpened':
      return { owner: data.owner, custodian: data.custodian, isThere: true };
    case 'MixReceived':
      return before ?? { owner: data.owner, custodian: data.custodian, isThere: true };
  }
  if (!before) return undefined;
  switch (type) {
    case 'TitleTransferred':
    case 'Forfeited':
      return { ...before, owner: data.to };
    case 'TitleShareTransferred':
      return { ...before, owner: soleOwner(data.shares) };
    case 'TitleContestResolved':
      return data.passed ? { ...before, owner: data.passed.to } : before;
    case 'RetailSold':
      return { ...before, owner: null, custodian: null };
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return { ...before, owner: meta.by, custodian: meta.by };
    case 'StoneUnset':
      return { ...before, owner: data.owner, custodian: data.custodian };
    case 'CustodyAccepted':
      return { ...before, custodian: data.to };
    case 'Recovered':
    case 'Seized':
      return { ...before, custodian: data.custodian };
    case 'IdentityRestored':
    case 'MixReturned':
      return { ...before, isThere: true };
    default:
      return usesUp(type) ? { ...before, isThere: false } : before;
  }
}
