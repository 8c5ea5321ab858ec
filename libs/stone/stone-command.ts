import type {
  GradingReportIssued,
  LaserInscriptionApplied,
  ManufacturingLossRecorded,
  ReportMismatchFound,
  RoughScanMatched,
  StoneForm,
  StoneMatchedToReport,
  StoneOpened,
} from '#events/stone';
import type { Origin, Weight } from '#events/values';
import type { Command, CommandMeta } from '#libs/decider/decider';
import type { IdentityCommand } from '#libs/stone/identity-command';
import type { LaboratoryCommand } from '#libs/stone/laboratory-command';
import type { SettingCommand } from '#libs/stone/setting-command';
import type { UniqueCommand } from '#libs/stone/unique-command';
import type { BlockStone, BruteStone, WorkCommand } from '#libs/stone/work-command';
import type { RetailCommand } from '#libs/trade/retail-command';
import type { RoughCommand } from '#libs/trade/rough-command';
import type { PackingCommand } from '#libs/trade/packing';
import type { DeclareOrigin, TradeCommand } from '#libs/trade/trade-command';

/** A producer recovered a single stone; it becomes its first custodian and owner. */
export type RecoverRough = Readonly<{
  type: 'RecoverRough';
  mineId: string;
  plant?: string;
  weight: Weight;
  colour?: string;
  dimensionsMm?: string;
  meta: CommandMeta;
}>;

/** The holder starts the record of an older stone. Without `owner` the title is unknown. */
export type OpenHistory = Readonly<{
  type: 'OpenHistory';
  form: StoneForm;
  weight: Weight;
  origin: Origin;
  owner?: string;
  basis: string;
  meta: CommandMeta;
}>;

/** By policy only: opens the stream of a stone that came out of another stone or a parcel. */
export type OpenStone = Readonly<{ type: 'OpenStone'; meta: CommandMeta }> & StoneOpened['data'];

/** The custodian or the owner gives the stone a name: an alias, never an identity. */
export type NameStone = Readonly<{
  type: 'NameStone';
  name: string;
  language?: string;
  meta: CommandMeta;
}>;

/** The custodian scanned the rough. `scanSha256` is lower-case hex. */
export type ScanRough = Readonly<{
  type: 'ScanRough';
  provider: string;
  scanId: string;
  scanSha256: string;
  deviceId?: string;
  meta: CommandMeta;
}>;

/** The custodian had two scans of this stone by one provider compared. */
export type MatchRoughScan = Command<'MatchRoughScan'> & RoughScanMatched['data'];

/** The custodian, a cutter or producer, begins cutting. */
export type StartManufacturing = Readonly<{
  type: 'StartManufacturing';
  orderNo: string;
  factory?: string;
  craftsmen?: number;
  meta: CommandMeta;
}>;

/** The party that began cutting says what it means to make; planned weights in mct. */
export type ApproveCuttingPlan = Readonly<{
  type: 'ApproveCuttingPlan';
  planNo: string;
  outputs: readonly Readonly<{ shape: string; plannedMct: number }>[];
  meta: CommandMeta;
}>;

/** Saws all of what is left into at least two pieces; `loss` may be 0 mct. */
export type SawRough = Readonly<{
  type: 'SawRough';
  method: 'blade' | 'laser';
  pieces: readonly Readonly<{ weight: Weight }>[];
  loss: Weight;
  meta: CommandMeta;
}>;

/** Cleaves all of what is left into at least two pieces; `loss` may be 0 mct. */
export type CleaveRough = Readonly<{
  type: 'CleaveRough';
  pieces: readonly Readonly<{ weight: Weight }>[];
  loss: Weight;
  meta: CommandMeta;
}>;

/** One finished stone came out of this rough or piece. */
export type ProducePolished = Readonly<{
  type: 'ProducePolished';
  planNo?: string;
  weight: Weight;
  shape?: string;
  colour?: string;
  clarity?: string;
  name?: string;
  measurementsMm?: string;
  meta: CommandMeta;
}>;

export type RecordLoss = Readonly<{
  type: 'RecordLoss';
  weight: Weight;
  cause: ManufacturingLossRecorded['data']['cause'];
  meta: CommandMeta;
}>;

/** The order is done: outputs and losses must account for the weight. */
export type CloseManufacturing = Readonly<{ type: 'CloseManufacturing'; meta: CommandMeta }>;

/** A laboratory issues its grading report; the laboratory is the party that acts. */
export type IssueReport = Command<'IssueReport'> & Omit<GradingReportIssued['data'], 'laboratory'>;

/** The custodian compared the stone with a report, and it is that stone. */
export type MatchReport = Command<'MatchReport'> & StoneMatchedToReport['data'];

/** The custodian compared the stone with a report, and it is another stone. */
export type FindReportMismatch = Command<'FindReportMismatch'> & ReportMismatchFound['data'];

/** The custodian inscribed the polished stone. */
export type InscribeStone = Readonly<{
  type: 'InscribeStone';
  text: string;
  location: LaserInscriptionApplied['data']['location'];
  meta: CommandMeta;
}>;

export type StoneCommand =
  | TradeCommand
  | PackingCommand
  | RecoverRough
  | OpenHistory
  | OpenStone
  | NameStone
  | DeclareOrigin
  | ScanRough
  | MatchRoughScan
  | StartManufacturing
  | ApproveCuttingPlan
  | SawRough
  | CleaveRough
  | ProducePolished
  | RecordLoss
  | CloseManufacturing
  | IssueReport
  | MatchReport
  | FindReportMismatch
  | InscribeStone
  | BruteStone
  | BlockStone
  | RoughCommand
  | RetailCommand
  | WorkCommand
  | LaboratoryCommand
  | UniqueCommand
  | SettingCommand
  | IdentityCommand;
