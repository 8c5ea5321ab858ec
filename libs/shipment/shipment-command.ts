import type { DeclaredLine, ShippedGoods } from '#events/shipment';
import type { ReliedOn } from '#events/relied-on';
import type { Certificate } from '#libs/certificate/certificate-state';
import type { RefusalCode } from '#libs/decider/codes';
import type { CommandMeta } from '#libs/decider/decider';
import type { Range } from '#libs/trade/weight';

/** Goods as another stream has them now: heading, weight, and why they may not be packed, if so. */
export type GoodsKnown = Readonly<{
  stream: string;
  /** Headings such goods may bear. */
  hs: readonly string[];
  weight: Range;
  /** The id of the shipment they are in. */
  shipment: string | null;
  refusal: RefusalCode | null;
}>;

export type PackingKnown = Readonly<{
  goods: readonly GoodsKnown[];
  reliedOn: readonly ReliedOn[];
}>;

/** The certificate of the shipment as it stands now, `null` for none. */
export type CertificateKnown = Readonly<{
  certificate: Certificate | null;
  reliedOn: readonly ReliedOn[];
}>;

/** The custodian packs goods for a journey. */
export type CreateShipment = Readonly<{
  type: 'CreateShipment';
  consignee: string;
  from: string;
  to: string;
  goods: readonly ShippedGoods[];
  parcels: number;
  incoterm?: string;
  known?: PackingKnown;
  meta: CommandMeta;
}>;

/** By policy only: goods that could not go in are not part of the shipment. */
export type LeaveOutGoods = Readonly<{
  type: 'LeaveOutGoods';
  goods: string;
  cause: string;
  code: string;
  meta: CommandMeta;
}>;

/** The consignor attaches a validated certificate, which travels with this shipment only. */
export type AttachCertificate = Readonly<{
  type: 'AttachCertificate';
  number: string;
  known?: CertificateKnown;
  meta: CommandMeta;
}>;

/** By policy only: the certificate did not take the shipment. */
export type DetachCertificate = Readonly<{
  type: 'DetachCertificate';
  number: string;
  cause: string;
  code: string;
  meta: CommandMeta;
}>;

/** An authority, or the consignor, seals the container. */
export type SealContainer = Readonly<{
  type: 'SealContainer';
  sealNo: string;
  containerNo?: string;
  meta: CommandMeta;
}>;

/** Whoever has the container finds the seal whole. */
export type VerifySeal = Readonly<{ type: 'VerifySeal'; sealNo: string; meta: CommandMeta }>;

export type ReportSealBreach = Readonly<{
  type: 'ReportSealBreach';
  foundNo?: string;
  finding: string;
  meta: CommandMeta;
}>;

type Declaration = Readonly<{
  office: string;
  mrn: string;
  lines: readonly DeclaredLine[];
  countriesOfMining: readonly string[];
  meta: CommandMeta;
}>;

/** The consignor declares the goods for export. */
export type DeclareExport = Readonly<{ type: 'DeclareExport' }> & Declaration;

/** The consignee declares the goods for import. */
export type DeclareImport = Readonly<{ type: 'DeclareImport' }> & Declaration;

/** Customs let a declaration's goods go; stated by an authority. */
export type ReleaseByCustoms = Readonly<{
  type: 'ReleaseByCustoms';
  office: string;
  mrn: string;
  meta: CommandMeta;
}>;

/** The consignor lets the shipment leave. */
export type DispatchShipment = Readonly<{
  type: 'DispatchShipment';
  carrier: string;
  waybill?: string;
  /** `shipment` is this shipment's id. */
  known?: CertificateKnown & PackingKnown & Readonly<{ shipment: string }>;
  meta: CommandMeta;
}>;

export type RecordTransit = Readonly<{
  type: 'RecordTransit';
  country: string;
  office?: string;
  sealNo?: string;
  meta: CommandMeta;
}>;

/** The consignee has the container; what it counts and weighs is recorded with what differs. */
export type ArriveShipment = Readonly<{
  type: 'ArriveShipment';
  parcels: number;
  mct?: number;
  sealNo?: string;
  known?: CertificateKnown;
  meta: CommandMeta;
}>;

export type RejectShipment = Readonly<{
  type: 'RejectShipment';
  reason: string;
  meta: CommandMeta;
}>;

/** The consignor has a rejected shipment back. */
export type ReturnShipment = Readonly<{
  type: 'ReturnShipment';
  reason?: string;
  meta: CommandMeta;
}>;

/** Consignee after arrival, or consignor before dispatch and after return, takes the goods out. */
export type UnpackShipment = Readonly<{
  type: 'UnpackShipment';
  reason?: string;
  known?: PackingKnown & Readonly<{ shipment: string }>;
  meta: CommandMeta;
}>;

/** By policy only: the certificate with this number is suspected; `by` is who suspects it. */
export type QuarantineShipment = Readonly<{
  type: 'QuarantineShipment';
  number: string;
  cause: string;
  by: string;
  meta: CommandMeta;
}>;

/** By policy only: the suspicion was dismissed. */
export type LiftQuarantine = Readonly<{
  type: 'LiftQuarantine';
  number: string;
  cause: string;
  meta: CommandMeta;
}>;

export type ShipmentCommand =
  | CreateShipment
  | LeaveOutGoods
  | AttachCertificate
  | DetachCertificate
  | SealContainer
  | VerifySeal
  | ReportSealBreach
  | DeclareExport
  | DeclareImport
  | ReleaseByCustoms
  | DispatchShipment
  | RecordTransit
  | ArriveShipment
  | RejectShipment
  | ReturnShipment
  | UnpackShipment
  | QuarantineShipment
  | LiftQuarantine;
