import type { MiningOrigin } from '#events/certificate';
import type { DocumentRef, Event } from '#events/event';

/**
 * A paper that an import measure asks for, with the fields that decide. Days are `YYYY-MM-DD`,
 * countries ISO 3166-1 alpha-2.
 */
export type Paper =
  | Readonly<{ kind: 'kimberley-certificate'; number: string; origin: MiningOrigin }>
  | Readonly<{ kind: 'g7-certificate' | 'meti-confirmation'; number: string }>
  | Readonly<{ kind: 'due-diligence-statement' | 'cbsa-attestation'; signatory: string }>
  | Readonly<{
      kind: 'supplier-declaration' | 'invoice' | 'air-waybill' | 'packing-list';
      supplier: string;
    }>
  | Readonly<{
      kind: 'us-self-certification';
      statement: 'loose' | 'jewellery';
      entryNo?: string;
    }>
  | Readonly<{ kind: 'us-licence-statement'; licence: 'GL103' | 'GL104'; entryNo?: string }>
  | Readonly<{ kind: 'us-country-of-mining'; countries: readonly string[] }>
  /** The goods were there from the first day to the last; `to` is left out while they still are. */
  | Readonly<{ kind: 'location-proof'; country: string; from: string; to?: string }>
  | Readonly<{
      kind: 'processing-record';
      country: string;
      operation: 'sawn' | 'polished' | 'made';
      on: string;
      facility?: string;
    }>
  | Readonly<{ kind: 'licence'; number: string; scope: string }>;

/**
 * A paper is on file for these goods, by the hash of its bytes. It counts from `validFrom` to
 * `validTo`, both inclusive; left out, that end is open.
 */
export type EvidenceAttached = Event<
  'EvidenceAttached',
  Readonly<{
    evidenceNo: string;
    paper: Paper;
    document: DocumentRef;
    validFrom?: string;
    validTo?: string;
  }>
>;

/**
 * The paper counts no longer from the day `from` on. An `invalid` one never counted: it was forged,
 * or is of other goods.
 */
export type EvidenceRevoked = Event<
  'EvidenceRevoked',
  Readonly<{ evidenceNo: string; ground: 'withdrawn' | 'invalid'; from: string; reason: string }>
>;

export type EvidenceEvent = EvidenceAttached | EvidenceRevoked;
