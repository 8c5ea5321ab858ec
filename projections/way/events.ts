import type { LedgerEvent } from '#events/ledger-event';
import { jewelleryStream, parcelStream, stoneStream } from '#events/streams';

/** The events that a way is made of. */
export const wayEvents: readonly LedgerEvent['type'][] = [
  'RoughDiamondRecovered',
  'ProductionLotRecovered',
  'HistoryOpened',
  'StoneOpened',
  'ParcelOpened',
  'MixReceived',
  'ParcelSplit',
  'StoneSingledOut',
  'OriginDeclared',
  'OriginContestResolved',
  'OriginContestFollowed',
  'IdentitiesMerged',
  'ParcelHistoryOpened',
  'LaboratoryGrownDetected',
  'GoodsClassified',
  'StoneBruted',
  'StoneBlocked',
  'StoneRecut',
  'StoneRepolished',
  'StoneBroken',
  'RoughCleaned',
  'PolishedParcelProduced',
  'Recovered',
  'Seized',
  'RoughScanned',
  'ManufacturingStarted',
  'RoughSawn',
  'RoughCleaved',
  'PolishedDiamondProduced',
  'GradingReportIssued',
  'CustodyReleased',
  'CustodyAccepted',
  'CustodyRefused',
  'EvidenceAttached',
  'EvidenceRevoked',
  'GoodsTransited',
  'GoodsCertified',
  'GoodsDecertified',
  'JewelleryItemMade',
  'StoneSet',
  'SettingReturned',
  'StoneUnset',
  'StoneTakenIn',
  'MeleeTakenIn',
  'StoneLetGo',
  'ItemBrokenUp',
];

/** The stream of the other goods whose way an event tells of too. */
export function wayBehind(event: LedgerEvent): string | undefined {
  switch (event.type) {
    case 'StoneOpened':
    case 'ParcelOpened':
      return event.data.parent.stream;
    case 'MixReceived':
      return event.data.from.stream;
    case 'StoneTakenIn':
      return stoneStream(event.data.stone);
    case 'MeleeTakenIn':
      return parcelStream(event.data.parcel);
    case 'StoneUnset':
      return jewelleryStream(event.data.item);
    default:
      return undefined;
  }
}
