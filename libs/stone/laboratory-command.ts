import type {
  LaserInscriptionRemoved,
  LaserInscriptionVerified,
  SubmittedToLaboratory,
  TreatmentDisclosed,
} from '#events/laboratory';
import type { Command } from '#libs/decider/decider';

/** The owner, the custodian or a laboratory says what was done to the stone. */
export type DiscloseTreatment = Command<'DiscloseTreatment'> & TreatmentDisclosed['data'];

/** The custodian releases the stone to a laboratory. */
export type SubmitToLaboratory = Command<'SubmitToLaboratory'> & SubmittedToLaboratory['data'];

/** The laboratory releases the stone again. */
export type ReturnFromLaboratory = Command<'ReturnFromLaboratory'> & Readonly<{ to: string }>;

/** The custodian's instrument found the stone to be laboratory-grown. */
export type DetectLaboratoryGrown = Command<'DetectLaboratoryGrown'> &
  Readonly<{ instrument: string; finding?: string; grownIn?: string }>;

/** The custodian read an inscription on the stone. */
export type VerifyInscription = Command<'VerifyInscription'> & LaserInscriptionVerified['data'];

/** The custodian removed an inscription, or found it gone. */
export type RemoveInscription = Command<'RemoveInscription'> & LaserInscriptionRemoved['data'];

export type LaboratoryCommand =
  | DiscloseTreatment
  | SubmitToLaboratory
  | ReturnFromLaboratory
  | DetectLaboratoryGrown
  | VerifyInscription
  | RemoveInscription;
