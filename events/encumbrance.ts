import type { Event } from '#events/event';
import type { Money, Warranty } from '#events/values';

/**
 * The owner let the consignee have the goods to find a buyer, until `dueOn` (`YYYY-MM-DD`). Title
 * stays; custody moves by release and acceptance. `filingRef` names where the owner's interest is
 * registered against the consignee's creditors.
 */
export type MemoIssued = Event<
  'MemoIssued',
  Readonly<{
    memoNo: string;
    consignee: string;
    dueOn: string;
    price?: Money;
    filingRef?: string;
    warranties: readonly Warranty[];
  }>
>;

/** The goods may stay until a later day. */
export type MemoExtended = Event<'MemoExtended', Readonly<{ memoNo: string; dueOn: string }>>;

/** The memo ended without a sale; the consignee gives the goods back. */
export type MemoReturned = Event<'MemoReturned', Readonly<{ memoNo: string }>>;

/** The memo ended with a sale to the consignee; `TitleTransferred` follows at once. */
export type MemoConvertedToSale = Event<
  'MemoConvertedToSale',
  Readonly<{ memoNo: string; buyer: string; price?: Money; invoiceNo?: string }>
>;

/** The due day passed and the goods did not come back; from now on they can only be returned. */
export type MemoExpired = Event<'MemoExpired', Readonly<{ memoNo: string; dueOn: string }>>;

/**
 * The owner pledged the goods to a lender. `priority` 1 is satisfied first; `filingRef` names the
 * register of pledges.
 */
export type PledgeRegistered = Event<
  'PledgeRegistered',
  Readonly<{
    pledgeNo: string;
    lender: string;
    filingRef: string;
    /** @asType integer */
    priority: number;
    amount?: Money;
  }>
>;

/** The lender lets the title move to one party; the pledge stays on the goods. */
export type PledgeConsentGiven = Event<
  'PledgeConsentGiven',
  Readonly<{ pledgeNo: string; to: string }>
>;

/**
 * The lender lets the goods be cut, sorted or otherwise divided; its pledge goes on to every part,
 * and so does this consent.
 */
export type CuttingConsentGiven = Event<'CuttingConsentGiven', Readonly<{ pledgeNo: string }>>;

/** A pledge that parts of pledged goods bear from their first day on. */
export type PledgeBorne = Readonly<{
  pledgeNo: string;
  lender: string;
  /** @asType integer */
  priority: number;
}>;

/** The lender gave the pledge up. */
export type PledgeReleased = Event<'PledgeReleased', Readonly<{ pledgeNo: string }>>;

/**
 * The lender took its security: it and every pledge ranking after it end, and `TitleTransferred`
 * to `to` follows at once.
 */
export type PledgeEnforced = Event<'PledgeEnforced', Readonly<{ pledgeNo: string; to: string }>>;

export type MemoEvent =
  MemoIssued | MemoExtended | MemoReturned | MemoConvertedToSale | MemoExpired;

export type PledgeEvent =
  PledgeRegistered | PledgeConsentGiven | CuttingConsentGiven | PledgeReleased | PledgeEnforced;
