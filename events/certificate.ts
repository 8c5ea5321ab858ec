import type { Event } from '#events/event';
import type { ReliedOn } from '#events/relied-on';
import type { Money } from '#events/values';

/** Headings of rough under the Kimberley scheme: unsorted, industrial, non-industrial. */
export type RoughHs = '710210' | '710221' | '710231';

/**
 * Country of mining origin as a certificate gives it: one ISO 3166-1 alpha-2 code; asterisks for a
 * mixed parcel whose countries are not told; or, as states may since 2024, the list of them.
 */
export type MiningOrigin =
  | Readonly<{ kind: 'single'; country: string }>
  | Readonly<{ kind: 'mixed-undisclosed' }>
  | Readonly<{ kind: 'mixed-listed'; countries: readonly string[] }>;

/** Exporter or importer: who it is here, and how the paper names it. */
export type CertifiedParty = Readonly<{ party: string; name: string; address: string }>;

/** One heading of a certificate: weight in mct, value in US$. */
export type CertificateLine = Readonly<{
  hs: RoughHs;
  /** @asType integer */
  mct: number;
  value: Money;
}>;

/**
 * What stands on the paper (Annex I A of the Core Document; B where given). Days are YYYY-MM-DD.
 * `zone` is where in the country of origin the goods come from, where a participant may export
 * from some zones only. The title and the sentence of Annex I are the same on every certificate.
 */
export type CertificateContent = Readonly<{
  origin: MiningOrigin;
  zone?: string;
  issuedOn: string;
  expiresOn: string;
  exporter: CertifiedParty;
  importer: CertifiedParty;
  /** Country of provenance and of destination, ISO 3166-1 alpha-2. */
  exportingCountry: string;
  importingCountry: string;
  lines: readonly CertificateLine[];
  /** @asType integer */
  parcels: number;
  parcelNumbers?: readonly string[];
  /** The paper resists tampering and forgery; `securityFeatures` says by what. */
  tamperResistant: boolean;
  securityFeatures?: readonly string[];
  characteristics?: string;
}>;

/** What a decision on participation rested on: the verdict and the SHA-256 of the reference data. */
export type Judgement = Readonly<{ participant: string; verdict: 'yes' | 'unknown'; data: string }>;

/** The acting authority issued the certificate. Nobody has validated it yet. */
export type KpCertificateIssued = Event<
  'KpCertificateIssued',
  CertificateContent &
    Readonly<{
      number: string;
      /** The certificate that this one takes the place of. */
      replaces?: string;
      /** @asType integer */
      totalMct: number;
      totalValue: Money;
      judgement: Judgement;
      reliedOn: readonly ReliedOn[];
    }>
>;

/** Written anew before anybody validated it; from validation on its content is frozen. */
export type KpCertificateAmended = Event<
  'KpCertificateAmended',
  CertificateContent &
    Readonly<{
      reason: string;
      /** @asType integer */
      totalMct: number;
      totalValue: Money;
      judgement: Judgement;
      reliedOn: readonly ReliedOn[];
    }>
>;

/** The exporting authority compared content and container, had it sealed, signed and stamped. */
export type KpCertificateValidated = Event<
  'KpCertificateValidated',
  Readonly<{
    signatory: string;
    stampNo?: string;
    check: 'opened' | 'risk-analysis';
    sealNo: string;
    containerNo?: string;
    judgement: Judgement;
    reliedOn: readonly ReliedOn[];
  }>
>;

/** By policy: the certificate travels with this shipment and with no other ever after. */
export type KpCertificateUsed = Event<
  'KpCertificateUsed',
  /** `goods` are the streams that travel under it. */
  Readonly<{ shipment: string; cause: string; goods?: readonly string[] }>
>;

/** By policy: the certificate could not be used for this shipment. `code` is a refusal code. */
export type KpCertificateUseRefused = Event<
  'KpCertificateUseRefused',
  Readonly<{ shipment: string; cause: string; code: string }>
>;

/** The importing authority told the exporting one what arrived (Core Document, section III). */
export type ImportConfirmedToExporter = Event<
  'ImportConfirmedToExporter',
  Readonly<{
    number: string;
    /** @asType integer */
    parcels: number;
    /** @asType integer */
    mct: number;
    importer: string;
    exporter: string;
    receivedOn: string;
    judgement: Judgement;
    reliedOn: readonly ReliedOn[];
  }>
>;

export type KpCertificateVoided = Event<
  'KpCertificateVoided',
  Readonly<{ reason: string; reliedOn: readonly ReliedOn[] }>
>;

/** Another certificate of the same issuer, `replacement`, takes its place. */
export type KpCertificateReplaced = Event<
  'KpCertificateReplaced',
  Readonly<{ replacement: string; reason: string; reliedOn: readonly ReliedOn[] }>
>;

/** What may be wrong with a certificate that somebody presents. */
export type ForgeryCheck =
  | 'not-a-participant'
  | 'number-out-of-range'
  | 'number-used-before'
  | 'parcel-number-differs'
  | 'layout-differs'
  | 'content-differs'
  | 'other';

/**
 * An authority doubts a paper it was shown. The number may be one that nobody issued here: then
 * this is the first event of its stream. `shipment` is the one it travels with.
 */
export type CertificateForgerySuspected = Event<
  'CertificateForgerySuspected',
  Readonly<{
    number: string;
    check: ForgeryCheck;
    finding: string;
    shipment: string | null;
    /** The streams that travel or travelled under it. */
    goods?: readonly string[];
  }>
>;

/** The issuing authority answered: the paper is not its own. Final. */
export type CertificateForgeryConfirmed = Event<
  'CertificateForgeryConfirmed',
  Readonly<{
    reply: string;
    shipment: string | null;
    goods?: readonly string[];
    reliedOn: readonly ReliedOn[];
  }>
>;

/** The issuing authority answered: the paper is its own. The certificate is as it was. */
export type CertificateForgeryDismissed = Event<
  'CertificateForgeryDismissed',
  Readonly<{
    reply: string;
    shipment: string | null;
    goods?: readonly string[];
    reliedOn: readonly ReliedOn[];
  }>
>;

export type CertificateEvent =
  | KpCertificateIssued
  | KpCertificateAmended
  | KpCertificateValidated
  | KpCertificateUsed
  | KpCertificateUseRefused
  | ImportConfirmedToExporter
  | KpCertificateVoided
  | KpCertificateReplaced
  | CertificateForgerySuspected
  | CertificateForgeryConfirmed
  | CertificateForgeryDismissed;
