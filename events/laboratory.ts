import type { Event } from '#events/event';
import type { Content } from '#events/parcel';

/** What was done to a diamond besides cutting (ISO 18323 “treated”). */
export type TreatmentKind =
  'hpht' | 'laser-drilling' | 'fracture-filling' | 'irradiation' | 'coating' | 'other';

/** Whoever knows of a treatment says so; the stone and what is cut of it are treated for life. */
export type TreatmentDisclosed = Event<
  'TreatmentDisclosed',
  Readonly<{ kind: TreatmentKind; permanent: boolean; note?: string }>
>;

/** The custodian sends the stone to a laboratory; custody moves by release and acceptance. */
export type SubmittedToLaboratory = Event<
  'SubmittedToLaboratory',
  Readonly<{ laboratory: string; service: string }>
>;

/** The laboratory is done and lets the stone go again. */
export type ReturnedFromLaboratory = Event<
  'ReturnedFromLaboratory',
  Readonly<{ laboratory: string; to: string }>
>;

/**
 * Laboratory-grown, by an instrument's finding. On a stone's stream it is the stone; on a parcel's
 * it is `part`, which leaves the natural goods for a parcel of its own, `partId(parcel, part.n)`.
 */
export type LaboratoryGrownDetected = Event<
  'LaboratoryGrownDetected',
  Readonly<{
    instrument: string;
    finding?: string;
    /** Where the stone was grown, ISO 3166-1 alpha-2, as is stated; no instrument tells. */
    grownIn?: string;
    part?: Readonly<{
      /** @asType integer */
      n: number;
      content: Content;
    }>;
  }>
>;

/** The inscription was read on the stone. */
export type LaserInscriptionVerified = Event<
  'LaserInscriptionVerified',
  Readonly<{ text: string; method: string }>
>;

/** The inscription is gone, polished away or removed. */
export type LaserInscriptionRemoved = Event<
  'LaserInscriptionRemoved',
  Readonly<{ text: string; reason: string }>
>;

/** What laboratories, and those who send them stones, say of a single stone. */
export type LaboratoryEvent =
  | TreatmentDisclosed
  | SubmittedToLaboratory
  | ReturnedFromLaboratory
  | LaboratoryGrownDetected
  | LaserInscriptionVerified
  | LaserInscriptionRemoved;
