import {
  certificateId,
  certificateStream,
  jewelleryStream,
  parseStream,
  reportId,
  reportStream,
  shipmentStream,
  stoneStream,
  parcelStream,
} from '#events/streams';
import type { Certificate } from '#libs/certificate/certificate-state';
import { uinId } from '#libs/jewellery/uin';
import { certified, decertified } from '#libs/ledger/certify';
import { metaOfEffect, onGoods, type Unsaid } from '#libs/ledger/effect-commands';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { ReportCommand } from '#libs/report/report-command';
import type { ShipmentCommand } from '#libs/shipment/shipment-command';
import type { Shipment } from '#libs/shipment/shipment-state';
import type { Stone } from '#libs/stone/stone-state';
import type { RecordedEvent } from '#libs/store/store';
import { heldAs } from '#libs/trade/holding';

/** The events of papers, shipments and settings that something follows from on other streams. */
export const effectual: ReadonlySet<string> = new Set([
  'StoneSet',
  'MeleeSet',
  'StoneNotTakenIn',
  'MeleeNotTakenIn',
  'StoneLetGo',
  'ItemBrokenUp',
  'HallmarkApplied',
  'UinRefused',
  'GradingReportIssued',
  'StoneMatchedToReport',
  'ReportMismatchFound',
  'StoneRecut',
  'StoneRepolished',
  'ShipmentCreated',
  'PackingRefused',
  'CertificateAttached',
  'KpCertificateUseRefused',
  'ShipmentUnpacked',
  'TransitRecorded',
  'KpCertificateUsed',
  'CertificateForgeryConfirmed',
  'CertificateForgerySuspected',
  'CertificateForgeryDismissed',
  'ShipmentQuarantined',
]);

/** What an event met in its stream: the state, and the stream's first event. */
export type Context = Readonly<{ state: unknown; first: RecordedEvent | undefined }>;

/**
 * What follows from such an event in its context. Every command is
 * one of those that are decided once for each `cause` and never refused.
 */
export function effects(
  event: RecordedEvent,
  { state: met, first }: Context,
  now: string,
): readonly DecidedCommand[] {
  const id = parseStream(event.stream)?.id ?? '';
  const cause = event.meta.id;
  switch (event.type) {
    case 'StoneSet': {
      const { item, ...set } = event.data;
      const state = met as Stone | null;
      if (!state) return [];
      const held = heldAs(state.holding);
      const meta = metaOfEffect(event, jewelleryStream(item), now);
      const command = { ...set, type: 'TakeInStone', stone: id, cause, ...held, meta } as const;
      return [{ category: 'jewellery', id: item, command }];
    }
    case 'MeleeSet': {
      const { item, ...set } = event.data;
      const state = met as Parcel | null;
      if (!state) return [];
      const held = heldAs(state.holding);
      const meta = metaOfEffect(event, jewelleryStream(item), now);
      const command = { ...set, type: 'TakeInMelee', parcel: id, cause, ...held, meta } as const;
      return [{ category: 'jewellery', id: item, command }];
    }
    case 'StoneNotTakenIn': {
      const { stone: set, ...told } = event.data;
      const meta = metaOfEffect(event, stoneStream(set), now);
      const command = { type: 'ReturnSetting', item: id, ...told, meta } as const;
      return [{ category: 'stone', id: set, command }];
    }
    case 'MeleeNotTakenIn': {
      const { parcel: set, cause: from, code } = event.data;
      const meta = metaOfEffect(event, parcelStream(set), now);
      const command = { type: 'ReturnMelee', item: id, cause: from, code, meta } as const;
      return [{ category: 'parcel', id: set, command }];
    }
    case 'StoneLetGo':
    case 'ItemBrokenUp': {
      const { custodian, owner, shares } = event.data;
      const held = { custodian, owner, ...(shares && { shares }) };
      const stones = event.type === 'StoneLetGo' ? [event.data.stone] : event.data.stones;
      return stones.map((each) => {
        const meta = metaOfEffect(event, stoneStream(each), now);
        const command = { type: 'UnsetStone', item: id, cause, ...held, meta } as const;
        return { category: 'stone', id: each, command };
      });
    }
    case 'HallmarkApplied': {
      const { uin } = event.data;
      if (uin === undefined) return [];
      const meta = metaOfEffect(event, jewelleryStream(uinId(uin)), now);
      const command = { type: 'AssignUin', uin, item: id, cause, meta } as const;
      return [{ category: 'jewellery', id: uinId(uin), command }];
    }
    case 'UinRefused': {
      const { item, uin, cause: from, code } = event.data;
      const meta = metaOfEffect(event, jewelleryStream(item), now);
      const command = { type: 'ReturnHallmark', uin, cause: from, code, meta } as const;
      return [{ category: 'jewellery', id: item, command }];
    }
    case 'GradingReportIssued':
    case 'StoneMatchedToReport':
    case 'ReportMismatchFound':
    case 'StoneRecut':
    case 'StoneRepolished':
      return ofReports(event, id, now);
    case 'ShipmentCreated':
      return event.data.goods.map(({ stream }) =>
        onGoods(event, stream, now, { type: 'PackGoods', shipment: id, cause }),
      );
    case 'ShipmentUnpacked':
      return event.data.goods.map((stream) =>
        onGoods(event, stream, now, { type: 'UnpackGoods', shipment: id, cause }),
      );
    case 'PackingRefused': {
      const { shipment, cause: from, code } = event.data;
      const told = { type: 'LeaveOutGoods', goods: event.stream, cause: from, code } as const;
      return [onShipment(event, shipment, now, told)];
    }
    case 'CertificateAttached': {
      const certificate = certificateId(event.data.number);
      const meta = metaOfEffect(event, certificateStream(certificate), now);
      const goods = (met as Shipment | null)?.goods.map(({ stream }) => stream) ?? [];
      const command = { type: 'UseCertificate', shipment: id, cause, goods, meta } as const;
      return [{ category: 'certificate', id: certificate, command }];
    }
    case 'TransitRecorded': {
      const { country, goods = [] } = event.data;
      const told = { type: 'PassGoods', shipment: id, country, cause } as const;
      return goods.map((stream) => onGoods(event, stream, now, told));
    }
    case 'KpCertificateUsed':
      return certified(event, met as Certificate | null, now);
    case 'KpCertificateUseRefused': {
      const { shipment, cause: from, code } = event.data;
      const number = numberIn(first);
      if (number === undefined) return [];
      const told = { type: 'DetachCertificate', number, cause: from, code } as const;
      return [onShipment(event, shipment, now, told)];
    }
    case 'CertificateForgerySuspected': {
      const { number, shipment } = event.data;
      const lost = decertified(event, number, now);
      if (shipment === null) return lost;
      const { by } = event.meta;
      const told = { type: 'QuarantineShipment', number, cause, by } as const;
      return [...lost, onShipment(event, shipment, now, told)];
    }
    case 'CertificateForgeryDismissed': {
      const { shipment } = event.data;
      const number = numberIn(first);
      if (shipment === null || number === undefined) return [];
      const told = { type: 'LiftQuarantine', number, cause } as const;
      return [
        onShipment(event, shipment, now, told),
        ...certified(event, met as Certificate | null, now),
      ];
    }
    case 'CertificateForgeryConfirmed': {
      const number = numberIn(first);
      return number === undefined ? [] : decertified(event, number, now);
    }
    case 'ShipmentQuarantined': {
      const { number, goods } = event.data;
      const reason = `Kimberley certificate ${number} is suspected to be forged`;
      return goods.map((stream) =>
        onGoods(event, stream, now, { type: 'QuarantineGoods', holdNo: `kp-${cause}`, reason }),
      );
    }
    default:
      return [];
  }
}

/** A report's own stream is told what happens to the stone. */
function ofReports(
  event: Extract<
    RecordedEvent,
    {
      type:
        | 'GradingReportIssued'
        | 'StoneMatchedToReport'
        | 'ReportMismatchFound'
        | 'StoneRecut'
        | 'StoneRepolished';
    }
  >,
  id: string,
  now: string,
): readonly DecidedCommand[] {
  const cause = event.meta.id;
  if (event.type === 'StoneRecut' || event.type === 'StoneRepolished') {
    const { superseded, reason } = event.data;
    return superseded.flatMap((ended) =>
      onReport(event, now, { type: 'OutdateReport', ...ended, reason, cause }),
    );
  }
  const { laboratory, reportNo } = event.data;
  const named = { laboratory, reportNo, stone: id, cause };
  if (event.type === 'GradingReportIssued') {
    const { weight, superseded = [] } = event.data;
    const next = { successor: reportNo, reason: 'the stone was graded anew', cause };
    return [
      ...onReport(event, now, { type: 'OpenReport', ...named, weight }),
      ...superseded.flatMap((ended) =>
        onReport(event, now, { type: 'OutdateReport', ...ended, ...next }),
      ),
    ];
  }
  const matched = event.type === 'StoneMatchedToReport';
  const finding = matched ? event.data.method : event.data.finding;
  return onReport(event, now, { type: 'CompareReport', ...named, matched, finding });
}

/** A number that no stream can be named after has no stream. */
function onReport(
  event: RecordedEvent,
  now: string,
  command: Unsaid<ReportCommand>,
): readonly DecidedCommand[] {
  const id = reportId(command.laboratory, command.reportNo);
  if (!parseStream(reportStream(id))) return [];
  const meta = metaOfEffect(event, reportStream(id), now);
  return [{ category: 'report', id, command: { ...command, meta } } as DecidedCommand];
}

function onShipment(
  event: RecordedEvent,
  id: string,
  now: string,
  said: Unsaid<ShipmentCommand>,
): DecidedCommand {
  const command = {
    ...said,
    meta: metaOfEffect(event, shipmentStream(id), now),
  } as ShipmentCommand;
  return { category: 'shipment', id, command };
}

/** The number of the certificate whose stream this is: its first event says it. */
function numberIn(first: RecordedEvent | undefined): string | undefined {
  return first?.type === 'KpCertificateIssued' || first?.type === 'CertificateForgerySuspected'
    ? first.data.number
    : undefined;
}
