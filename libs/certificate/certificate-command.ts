import type { CertificateContent, ForgeryCheck } from '#events/certificate';
import type { ReliedOn } from '#events/relied-on';
import type { CommandMeta } from '#libs/decider/decider';

/** What the one way in looked up for a command: the country of the acting authority. */
export type AuthorityKnown = Readonly<{ country: string; reliedOn: readonly ReliedOn[] }>;

/** An authority of the participant that the number names issues a certificate. */
export type IssueCertificate = Readonly<{
  type: 'IssueCertificate';
  number: string;
  replaces?: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}> &
  CertificateContent;

/** The issuer writes it anew before it is validated. */
export type AmendCertificate = Readonly<{
  type: 'AmendCertificate';
  reason: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}> &
  CertificateContent;

/** The exporting authority compared content and container and sealed it. */
export type ValidateCertificate = Readonly<{
  type: 'ValidateCertificate';
  signatory: string;
  stampNo?: string;
  check: 'opened' | 'risk-analysis';
  sealNo: string;
  containerNo?: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}>;

/** By policy only: the shipment with this id takes the certificate, or is told that it cannot. */
export type UseCertificate = Readonly<{
  type: 'UseCertificate';
  shipment: string;
  cause: string;
  goods?: readonly string[];
  meta: CommandMeta;
}>;

/** The importing authority confirms to the exporting one what arrived on `receivedOn`. */
export type ConfirmImport = Readonly<{
  type: 'ConfirmImport';
  number: string;
  parcels: number;
  mct: number;
  importer: string;
  exporter: string;
  receivedOn: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}>;

export type VoidCertificate = Readonly<{
  type: 'VoidCertificate';
  reason: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}>;

/** The issuer lets the certificate `replacement`, which it issued to replace this one, stand for it. */
export type ReplaceCertificate = Readonly<{
  type: 'ReplaceCertificate';
  replacement: string;
  reason: string;
  /** `replaces` is what the replacement says that it replaces, `null` when there is none such. */
  known?: AuthorityKnown & Readonly<{ replaces: string | null }>;
  meta: CommandMeta;
}>;

/** An authority doubts the paper with this number. */
export type SuspectForgery = Readonly<{
  type: 'SuspectForgery';
  number: string;
  check: ForgeryCheck;
  finding: string;
  meta: CommandMeta;
}>;

/** The issuing authority answers a suspicion: not its paper. */
export type ConfirmForgery = Readonly<{
  type: 'ConfirmForgery';
  reply: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}>;

/** The issuing authority answers a suspicion: its paper. */
export type DismissSuspicion = Readonly<{
  type: 'DismissSuspicion';
  reply: string;
  known?: AuthorityKnown;
  meta: CommandMeta;
}>;

export type CertificateCommand =
  | IssueCertificate
  | AmendCertificate
  | ValidateCertificate
  | UseCertificate
  | ConfirmImport
  | VoidCertificate
  | ReplaceCertificate
  | SuspectForgery
  | ConfirmForgery
  | DismissSuspicion;
