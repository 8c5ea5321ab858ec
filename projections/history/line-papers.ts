import type { CertificateEvent, MiningOrigin } from '#events/certificate';
import type { ReportEvent } from '#events/report';
import type { BorderRule, ShipmentEvent } from '#events/shipment';
import { ct, some } from '#projections/history/words';

/** What happened to Kimberley certificates, shipments and reports. */
export type PaperEvent = CertificateEvent | ShipmentEvent | ReportEvent;

const types: Readonly<Record<PaperEvent['type'], true>> = {
  KpCertificateIssued: true,
  KpCertificateAmended: true,
  KpCertificateValidated: true,
  KpCertificateUsed: true,
  KpCertificateUseRefused: true,
  ImportConfirmedToExporter: true,
  KpCertificateVoided: true,
  KpCertificateReplaced: true,
  CertificateForgerySuspected: true,
  CertificateForgeryConfirmed: true,
  CertificateForgeryDismissed: true,
  ShipmentCreated: true,
  GoodsLeftOut: true,
  CertificateAttached: true,
  CertificateDetached: true,
  ContainerSealed: true,
  SealVerified: true,
  SealBreachFound: true,
  ExportDeclared: true,
  ImportDeclared: true,
  CustomsReleased: true,
  ShipmentDispatched: true,
  TransitRecorded: true,
  ShipmentArrived: true,
  ShipmentRejected: true,
  ReturnedToExporter: true,
  ShipmentUnpacked: true,
  ShipmentQuarantined: true,
  QuarantineLifted: true,
  ReportOpened: true,
  ReportNumberReused: true,
  GradingReportSuperseded: true,
  GradingReportWithdrawn: true,
  ReportInHouse: true,
  ReportQuoted: true,
  ReportCompared: true,
};

export const paperEventTypes = Object.keys(types) as readonly PaperEvent['type'][];

export function isPaperEvent<E extends Readonly<{ type: string }>>(
  event: E,
): event is Extract<E, PaperEvent> {
  return Object.hasOwn(types, event.type);
}

/** What happened to a paper or a shipment, in the words of the trade. */
export function paperLine({ type, data, meta: { by } }: PaperEvent): string {
  switch (type) {
    case 'KpCertificateIssued': {
      const { number, totalMct, exportingCountry, importingCountry, origin, expiresOn } = data;
      const journey = `${exportingCountry} to ${importingCountry}, valid until ${expiresOn}`;
      return `${by} issued ${number} for ${ct(totalMct)} ct of ${minedIn(origin)}, ${journey}`;
    }
    case 'KpCertificateAmended':
      return `${by} wrote it anew for ${ct(data.totalMct)} ct: ${data.reason}`;
    case 'KpCertificateValidated':
      return `${by} validated it, content ${data.check === 'opened' ? 'opened' : 'judged by risk'}, seal ${data.sealNo}`;
    case 'KpCertificateUsed':
      return `travels with shipment ${data.shipment}`;
    case 'KpCertificateUseRefused':
      return `did not go with shipment ${data.shipment} (${data.code})`;
    case 'ImportConfirmedToExporter': {
      const { parcels, mct, receivedOn } = data;
      return `${by} confirmed the import of ${some(parcels, 'parcel')}, ${ct(mct)} ct, received ${receivedOn}`;
    }
    case 'KpCertificateVoided':
      return `${by} voided it: ${data.reason}`;
    case 'KpCertificateReplaced':
      return `${by} replaced it by ${data.replacement}: ${data.reason}`;
    case 'CertificateForgerySuspected':
      return `${by} suspects ${data.number} to be forged (${data.check}): ${data.finding}`;
    case 'CertificateForgeryConfirmed':
      return `${by} says it is forged: ${data.reply}`;
    case 'CertificateForgeryDismissed':
      return `${by} says it is genuine: ${data.reply}`;
    case 'ShipmentCreated': {
      const { goods, consignee, from, to } = data;
      return `${by} packed ${some(goods.length, 'item')} for ${consignee}, ${from} to ${to}`;
    }
    case 'GoodsLeftOut':
      return `${data.goods} could not go in (${data.code})`;
    case 'CertificateAttached':
      return `to travel under certificate ${data.number}`;
    case 'CertificateDetached':
      return `certificate ${data.number} came off (${data.code})`;
    case 'ContainerSealed':
      return `${by} sealed the container with ${data.sealNo}`;
    case 'SealVerified':
      return `${by} found seal ${data.sealNo} whole`;
    case 'SealBreachFound': {
      const found = data.foundNo === undefined ? '' : `, found ${data.foundNo}`;
      return `${by} found seal ${data.sealNo} not whole${found}: ${data.finding}`;
    }
    case 'ExportDeclared':
      return `declared for export at ${data.office}: ${data.mrn}`;
    case 'ImportDeclared':
      return `declared for import at ${data.office}: ${data.mrn}`;
    case 'CustomsReleased':
      return `customs at ${data.office} released ${data.mrn}`;
    case 'ShipmentDispatched':
      return `left with ${data.carrier}, ${borderWords(data.border)}`;
    case 'TransitRecorded':
      return `passed through ${data.country}`;
    case 'ShipmentArrived': {
      const wrong = data.findings.length === 0 ? '' : `: ${data.findings.join(', ')}`;
      return `${by} received it, ${some(data.parcels, 'parcel')}${wrong}`;
    }
    case 'ShipmentRejected':
      return `${by} rejected it: ${data.reason}`;
    case 'ReturnedToExporter':
      return `${by} has it back`;
    case 'ShipmentUnpacked':
      return `${by} unpacked it`;
    case 'ShipmentQuarantined':
      return `in quarantine: certificate ${data.number} is doubted by ${data.by}`;
    case 'QuarantineLifted':
      return `out of quarantine: certificate ${data.number} is genuine`;
    case 'ReportOpened':
      return `report ${data.reportNo} of ${data.laboratory} for ${data.stone}`;
    case 'ReportNumberReused':
      return `report number ${data.reportNo} used again, for ${data.stone}`;
    case 'GradingReportSuperseded': {
      const next = data.successor === undefined ? '' : ` by ${data.successor}`;
      return `report ${data.reportNo} superseded${next}: ${data.reason}`;
    }
    case 'GradingReportWithdrawn':
      return `${by} withdrew report ${data.reportNo}: ${data.reason}`;
    case 'ReportInHouse':
      return `the stone is ${data.inHouse ? 'at' : 'no longer at'} ${data.laboratory} for report ${data.reportNo}`;
    case 'ReportQuoted': {
      const goods = data.stone === undefined ? '' : ` for ${data.stone}`;
      return `${by} quoted report ${data.reportNo}${goods} on ${data.on}`;
    }
    case 'ReportCompared':
      return `${data.stone} ${data.matched ? 'is' : 'is not'} the stone of report ${data.reportNo}: ${data.finding}`;
  }
}

function minedIn(origin: MiningOrigin): string {
  switch (origin.kind) {
    case 'single':
      return origin.country;
    case 'mixed-undisclosed':
      return '***';
    case 'mixed-listed':
      return origin.countries.join(', ');
  }
}

function borderWords(border: BorderRule): string {
  return border.need === 'none'
    ? `no certificate needed: ${border.why}`
    : `under certificate ${border.number}`;
}
