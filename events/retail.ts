import type { Event } from '#events/event';
import type { Money } from '#events/values';

/**
 * A stone or a piece of jewellery was sold to a consumer. `buyerRef` is a pseudonym that only the seller can resolve: personal data
 * does not belong in a record that nobody can delete.
 */
export type RetailSold = Event<
  'RetailSold',
  Readonly<{ receiptNo: string; buyerRef: string; price?: Money }>
>;

/** The consumer brought it back to the seller, and the sale is undone. */
export type ReturnedByCustomer = Event<
  'ReturnedByCustomer',
  Readonly<{ receiptNo: string; buyerRef: string; reason?: string }>
>;

/** The acting trader bought it from a consumer. */
export type Repurchased = Event<
  'Repurchased',
  Readonly<{ sellerRef: string; price?: Money; reference?: string }>
>;

export type RetailEvent = RetailSold | ReturnedByCustomer | Repurchased;
