import type { Recorded } from '#events/event';
import type { CustodyPurpose, TradeEvent } from '#events/trade';
import type { SaleChannel } from '#events/values';

/** Let go and not yet accepted or refused. */
export type Release = Readonly<{ to: string; purpose: CustodyPurpose }>;

/**
 * Who holds goods and who owns them: two facts that move apart. `owner` is `null` while nobody is
 * known to hold the title. `offer` and `buyer` are of the current owner.
 */
export type Holding = Readonly<{
  custodian: string;
  release: Release | null;
  owner: string | null;
  offer: SaleChannel | null;
  buyer: string | null;
}>;

export function heldBy(custodian: string, owner: string | null): Holding {
  return { custodian, release: null, owner, offer: null, buyer: null };
}

export function evolveHolding(holding: Holding, event: TradeEvent | Recorded<TradeEvent>): Holding {
  switch (event.type) {
    case 'CustodyReleased':
      return { ...holding, release: { to: event.data.to, purpose: event.data.purpose } };
    case 'CustodyAccepted':
      return { ...holding, custodian: event.data.to, release: null };
    case 'CustodyRefused':
      return { ...holding, release: null };
    case 'OfferedForSale':
      return { ...holding, offer: event.data.channel };
    case 'LotAwarded':
      return { ...holding, offer: null, buyer: event.data.buyer };
    case 'TitleTransferred':
      return { ...holding, owner: event.data.to, offer: null, buyer: null };
  }
}
