import type { Judgement } from '#events/certificate';
import type { Event } from '#events/event';
import type { ReliedOn } from '#events/relied-on';

/** Goods of a shipment as they were packed: weight in mct, six digits of the Harmonised System. */
export type ShippedGoods = Readonly<{
  /** The stone, parcel or piece of jewellery. */
  stream: string;
  hs: string;
  /** @asType integer */
  mct: number;
}>;

/** Weight in mct under one heading. */
export type DeclaredLine = Readonly<{
  hs: string;
  /** @asType integer */
  mct: number;
}>;

/** The acting party packed goods it holds, to go from one country to another or inside one. */
export type ShipmentCreated = Event<
  'ShipmentCreated',
  Readonly<{
    consignee: string;
    /** ISO 3166-1 alpha-2. */
    from: string;
    to: string;
    goods: readonly ShippedGoods[];
    /** @asType integer */
    parcels: number;
    incoterm?: string;
    reliedOn: readonly ReliedOn[];
  }>
>;

/** By policy: these goods could not go in, and are not part of the shipment. */
export type GoodsLeftOut = Event<
  'GoodsLeftOut',
  Readonly<{ goods: string; cause: string; code: string }>
>;

/** The shipment is to travel under this Kimberley certificate. */
export type CertificateAttached = Event<
  'CertificateAttached',
  Readonly<{ number: string; reliedOn: readonly ReliedOn[] }>
>;

/** By policy: the certificate did not take the shipment; it has none again. */
export type CertificateDetached = Event<
  'CertificateDetached',
  Readonly<{ number: string; cause: string; code: string }>
>;

export type ContainerSealed = Event<
  'ContainerSealed',
  Readonly<{ sealNo: string; containerNo?: string }>
>;

/** The seal is whole and bears the number it was sealed with. */
export type SealVerified = Event<'SealVerified', Readonly<{ sealNo: string }>>;

/** The seal is broken, missing, or another one: `foundNo`. */
export type SealBreachFound = Event<
  'SealBreachFound',
  Readonly<{ sealNo: string; foundNo?: string; finding: string }>
>;

/** Declared to customs for export; `countriesOfMining` are ISO codes, `***` for not told. */
export type ExportDeclared = Event<
  'ExportDeclared',
  Readonly<{
    office: string;
    mrn: string;
    lines: readonly DeclaredLine[];
    countriesOfMining: readonly string[];
  }>
>;

export type ImportDeclared = Event<
  'ImportDeclared',
  Readonly<{
    office: string;
    mrn: string;
    lines: readonly DeclaredLine[];
    countriesOfMining: readonly string[];
  }>
>;

export type CustomsReleased = Event<'CustomsReleased', Readonly<{ office: string; mrn: string }>>;

/** Why rough may leave without a certificate, or which one it leaves under (domain I9). */
export type BorderRule =
  | Readonly<{ need: 'none'; why: 'polished' | 'inside-one-country' | 'inside-one-participant' }>
  | Readonly<{
      need: 'certificate';
      number: string;
      exporting: Judgement;
      importing: Judgement;
    }>;

/** The shipment left. */
export type ShipmentDispatched = Event<
  'ShipmentDispatched',
  Readonly<{
    carrier: string;
    waybill?: string;
    border: BorderRule;
    reliedOn: readonly ReliedOn[];
  }>
>;

/** It passed through a country, sealed, without entering it. */
export type TransitRecorded = Event<
  'TransitRecorded',
  Readonly<{
    country: string;
    office?: string;
    sealNo?: string;
    /** What was in it. */
    goods?: readonly string[];
  }>
>;

/** What does not agree on arrival. Arrivals are facts: they are recorded with what is wrong. */
export type ArrivalFinding =
  | 'certificate-expired'
  | 'certificate-not-valid'
  | 'parcels-differ'
  | 'carats-differ'
  | 'seal-differs'
  | 'participant-not-eligible';

/** The consignee has the container. */
export type ShipmentArrived = Event<
  'ShipmentArrived',
  Readonly<{
    /** @asType integer */
    parcels: number;
    /** @asType integer */
    mct?: number;
    sealNo?: string;
    findings: readonly ArrivalFinding[];
    reliedOn: readonly ReliedOn[];
  }>
>;

/** The consignee or an importing authority did not let it in. */
export type ShipmentRejected = Event<'ShipmentRejected', Readonly<{ reason: string }>>;

/** The consignor has the container back. */
export type ReturnedToExporter = Event<'ReturnedToExporter', Readonly<{ reason?: string }>>;

/** The goods are out of it, and the shipment is over. */
export type ShipmentUnpacked = Event<
  'ShipmentUnpacked',
  Readonly<{ goods: readonly string[]; reason?: string; reliedOn: readonly ReliedOn[] }>
>;

/** By policy: the shipment's certificate is suspected to be forged. */
export type ShipmentQuarantined = Event<
  'ShipmentQuarantined',
  Readonly<{ number: string; cause: string; by: string; goods: readonly string[] }>
>;

/** By policy: the suspicion was dismissed. Holds on the goods are for officers to release. */
export type QuarantineLifted = Event<
  'QuarantineLifted',
  Readonly<{ number: string; cause: string }>
>;

export type ShipmentEvent =
  | ShipmentCreated
  | GoodsLeftOut
  | CertificateAttached
  | CertificateDetached
  | ContainerSealed
  | SealVerified
  | SealBreachFound
  | ExportDeclared
  | ImportDeclared
  | CustomsReleased
  | ShipmentDispatched
  | TransitRecorded
  | ShipmentArrived
  | ShipmentRejected
  | ReturnedToExporter
  | ShipmentUnpacked
  | ShipmentQuarantined
  | QuarantineLifted;
