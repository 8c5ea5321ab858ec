import type { RecordCorrected } from '#events/correction';
import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ReportNamed } from '#events/stone-work';
import { parseStream, reportId, reportStream } from '#events/streams';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * An event whose consequences on other streams are not all recorded yet. `cause` is the id of the
 * event that began it, `stream` and `revision` the event to be followed now, `missing` how many
 * effects are still to come.
 */
export type Unfinished = Readonly<{
  cause: string;
  stream: string;
  revision: number;
  missing: number;
}>;

const table: Table<Unfinished> = {
  name: 'unfinished',
  columns: { cause: 'text', stream: 'text', revision: 'integer', missing: 'integer' },
  key: ['cause'],
};

/** Whatever is decided on papers, shipments and settings is answered by an event with its cause. */
const acrossStreams = [
  'StoneSet',
  'StoneTakenIn',
  'SettingReturned',
  'MeleeSet',
  'MeleeTakenIn',
  'MeleeReturned',
  'StoneLetGo',
  'ItemBrokenUp',
  'StoneUnset',
  'HallmarkApplied',
  'UinAssigned',
  'HallmarkReturned',
  'GradingReportIssued',
  'StoneMatchedToReport',
  'ReportMismatchFound',
  'StoneRecut',
  'StoneRepolished',
  'ReportOpened',
  'ReportNumberReused',
  'ReportCompared',
  'GradingReportSuperseded',
  'ShipmentCreated',
  'GoodsPacked',
  'GoodsLeftOut',
  'ShipmentUnpacked',
  'GoodsUnpacked',
  'TransitRecorded',
  'GoodsTransited',
  'GoodsCertified',
  'GoodsDecertified',
  'CertificateForgeryConfirmed',
  'CertificateAttached',
  'KpCertificateUsed',
  'CertificateDetached',
  'CertificateForgerySuspected',
  'CertificateForgeryDismissed',
  'ShipmentQuarantined',
  'QuarantineLifted',
  'HoldPlaced',
] as const;

/**
 * What a crash between an event and its effects would leave open: parts not yet opened, mixes not
 * yet answered or given back. Empty whenever nothing is under way.
 */
export const unfinished: Projection = {
  name: 'unfinished',
  version: 4,
  tables: [table],
  handles: [
    'RoughSawn',
    'RoughCleaved',
    'PolishedDiamondProduced',
    'ParcelSorted',
    'ParcelSplit',
    'StoneSingledOut',
    'ParcelMixed',
    'StoneBroken',
    'IdentityGivenUp',
    'IdentitySplit',
    'PolishedParcelProduced',
    'LaboratoryGrownDetected',
    'StoneOpened',
    'ParcelOpened',
    'MixReceived',
    'MixRefused',
    'MixReturned',
    'IdentitiesMerged',
    'IdentityMergeRefused',
    'IdentityRestored',
    'OriginContestResolved',
    'OriginContestFollowed',
    'RecordCorrected',
    'EventAnnulled',
    ...acrossStreams,
  ],
  project,
};

/** At most `limit` of them, for a follower that carries them out. */
export function unfinishedNow(views: ViewReader, limit: number): Promise<readonly Unfinished[]> {
  return views.list(table, {}, { limit });
}

function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> | void {
  switch (event.type) {
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return begin(event, event.data.pieces.length, views);
    case 'ParcelSorted':
    case 'ParcelSplit':
      return begin(event, event.data.parts.length, views);
    case 'PolishedDiamondProduced':
    case 'StoneSingledOut':
    case 'ParcelMixed':
    case 'IdentityGivenUp':
    case 'IdentitySplit':
    case 'PolishedParcelProduced':
      return begin(event, 1, views);
    case 'LaboratoryGrownDetected':
      return begin(event, event.data.part ? 1 : 0, views);
    case 'StoneSet':
    case 'MeleeSet':
    case 'StoneLetGo':
      return begin(event, 1, views);
    case 'StoneMatchedToReport':
    case 'ReportMismatchFound':
      return begin(event, [event.data].filter(isNameable).length, views);
    case 'GradingReportIssued': {
      const { superseded = [] } = event.data;
      return begin(event, [event.data, ...superseded].filter(isNameable).length, views);
    }
    case 'CertificateAttached':
      return begin(event, 1, views);
    case 'ItemBrokenUp':
      return begin(event, event.data.stones.length, views);
    case 'HallmarkApplied':
      return begin(event, event.data.uin === undefined ? 0 : 1, views);
    case 'StoneRecut':
    case 'StoneRepolished':
      return begin(event, event.data.superseded.filter(isNameable).length, views);
    case 'ShipmentCreated':
    case 'ShipmentUnpacked':
      return begin(event, event.data.goods.length, views);
    case 'CertificateForgerySuspected':
    case 'CertificateForgeryDismissed': {
      const { shipment, goods = [] } = event.data;
      return begin(event, (shipment === null ? 0 : 1) + goods.length, views);
    }
    case 'TransitRecorded':
    case 'CertificateForgeryConfirmed':
      return begin(event, event.data.goods?.length ?? 0, views);
    case 'KpCertificateUsed':
      views.delete(table, { cause: event.data.cause });
      return begin(event, event.data.goods?.length ?? 0, views);
    case 'ShipmentQuarantined':
      begin(event, event.data.goods.length, views);
      return countDown(event.data.cause, views);
    case 'HoldPlaced': {
      const [, cause] = /^kp-(.+)$/.exec(event.data.holdNo) ?? [];
      return cause === undefined ? undefined : countDown(cause, views);
    }
    case 'StoneUnset':
    case 'ReportOpened':
    case 'ReportNumberReused':
    case 'ReportCompared':
    case 'GoodsPacked':
    case 'GoodsLeftOut':
    case 'GoodsUnpacked':
    case 'GoodsTransited':
    case 'GoodsCertified':
    case 'GoodsDecertified':
    case 'QuarantineLifted':
      return countDown(event.data.cause, views);
    case 'GradingReportSuperseded': {
      const { cause } = event.data;
      return cause === undefined ? undefined : countDown(cause, views);
    }
    case 'StoneTakenIn':
    case 'SettingReturned':
    case 'MeleeTakenIn':
    case 'MeleeReturned':
    case 'UinAssigned':
    case 'HallmarkReturned':
    case 'CertificateDetached':
      return views.delete(table, { cause: event.data.cause });
    case 'StoneOpened':
    case 'ParcelOpened':
      return countDown(event.data.cause, views);
    case 'MixReceived':
    case 'MixReturned':
    case 'IdentitiesMerged':
    case 'IdentityRestored':
      return views.delete(table, { cause: event.data.cause });
    case 'OriginContestResolved':
      return begin(event, event.data.reached ?? 0, views);
    case 'OriginContestFollowed':
      begin(event, event.data.reached ?? 0, views);
      return countDown(event.data.cause, views);
    case 'EventAnnulled':
      return begin(event, event.data.reached, views);
    case 'RecordCorrected':
      begin(event, event.data.reached, views);
      return followed(event, views);
    case 'IdentityMergeRefused':
    case 'MixRefused': {
      const { stream, revision } = event;
      return views.put(table, { cause: event.data.cause, stream, revision, missing: 1 });
    }
  }
}

/** A report whose number no stream can be named after has no stream to be told. */
function isNameable({ laboratory, reportNo }: ReportNamed): boolean {
  return parseStream(reportStream(reportId(laboratory, reportNo))) !== undefined;
}

function begin({ meta, stream, revision }: Recorded, missing: number, views: ViewWriter): void {
  if (missing > 0) views.put(table, { cause: meta.id, stream, revision, missing });
}

/** What follows from a correction in its own stream was recorded with it. */
async function followed(
  { stream, data }: Recorded<RecordCorrected>,
  views: ViewWriter,
): Promise<void> {
  const { cause } = data;
  if (cause === undefined) return;
  const row = await views.get(table, { cause });
  if (row && row.stream !== stream) await countDown(cause, views);
}

async function countDown(cause: string, views: ViewWriter): Promise<void> {
  const row = await views.get(table, { cause });
  if (!row) return;
  if (row.missing > 1) views.put(table, { ...row, missing: row.missing - 1 });
  else views.delete(table, { cause });
}
