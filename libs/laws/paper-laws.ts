import type { LedgerEvent } from '#events/ledger-event';
import type { Warranty } from '#events/values';
import { daysOf } from '#libs/decider/when';
import { prefixOn } from '#libs/reference/kimberley-eligibility';
import { warrantyText } from '#libs/reference/warranties';
import { isRough } from '#libs/shipment/shipment-border';
import {
  bothErrors,
  canWeigh,
  parcelError,
  rangeOf,
  reduced,
  scaleOf,
  untouched,
  weighed,
} from '#libs/trade/weight';
import type { Balance } from '#libs/trade/weight';

/** A report is printed to 0.01 ct, up only on a 9 (domain §0.6). */
const reportRounding = 9;

/** Papers: certificates at borders, statements on invoices and memos, reports (domain I9–I11). */
export function paperLaws() {
  let paper: Extract<LedgerEvent, { type: 'KpCertificateIssued' }>['data'] | null = null;
  let journey: Extract<LedgerEvent, { type: 'ShipmentCreated' }>['data'] | null = null;
  let attached: string | null = null;
  let stone: Balance | null = null;

  /** What the next event in force does not fit in with, in words; empty when it does. */
  return function* take(event: LedgerEvent): Generator<string> {
    const { type, data, meta } = event;
    switch (type) {
      case 'InvoiceIssued':
        if (data.market === 'trade' && !isWarranted(data.warranties)) {
          yield `I10: invoice ${data.invoiceNo} without a System of Warranties statement`;
        }
        return;
      case 'MemoIssued':
        if (!isWarranted(data.warranties)) {
          yield `I10: memo ${data.memoNo} without a System of Warranties statement`;
        }
        return;
      case 'StoneOpened':
      case 'HistoryOpened':
        stone = untouched(rangeOf(data.weight), scaleOf(data.weight));
        return;
      case 'CustodyReleased':
      case 'CustodyAccepted':
        stone &&= weighed(stone, data.weight);
        return;
      case 'StoneRecut':
      case 'StoneRepolished':
        stone &&= reduced(stone, data.weightAfter);
        return;
      case 'GradingReportIssued': {
        if (!stone) return;
        const error = bothErrors(stone, data.weight) + reportRounding;
        if (!canWeigh(data.weight, stone.whole, error)) {
          const most = Math.max(stone.whole.min, Math.min(stone.whole.max, data.weight.mct));
          yield `I11: report ${data.reportNo} of ${data.weight.mct} mct, the stone has ${most}`;
        }
        return;
      }
      case 'KpCertificateIssued':
      case 'KpCertificateAmended':
        paper = { ...paper, ...data } as typeof paper;
        return;
      case 'ImportConfirmedToExporter':
        if (paper) yield* confirmed(paper, data);
        return;
      case 'ShipmentCreated':
        journey = data;
        return;
      case 'CertificateAttached':
        attached = data.number;
        return;
      case 'CertificateDetached':
        attached = null;
        return;
      case 'ShipmentDispatched': {
        if (!journey?.goods.some(isRough)) return;
        const day = daysOf(meta.at).first;
        const [from, to] = [prefixOn(journey.from, day), prefixOn(journey.to, day)];
        if (journey.from === journey.to || (from !== undefined && from === to)) return;
        const { border } = data;
        if (border.need !== 'certificate' || border.number !== attached) {
          yield `I9: rough from ${journey.from} to ${journey.to} without its certificate`;
        }
        return;
      }
      default:
    }
  };
}

type Issued = Extract<LedgerEvent, { type: 'KpCertificateIssued' }>['data'];
type Confirmed = Extract<LedgerEvent, { type: 'ImportConfirmedToExporter' }>['data'];

function* confirmed(paper: Issued, data: Confirmed): Generator<string> {
  const { number, receivedOn, parcels, mct } = data;
  if (receivedOn < paper.issuedOn || receivedOn > paper.expiresOn) {
    yield `I9: certificate ${number} was received on ${receivedOn}, outside its days`;
  }
  if (parcels !== paper.parcels) yield `I9: certificate ${number} is for ${paper.parcels} parcels`;
  const { totalMct } = paper;
  if (Math.abs(mct - totalMct) > parcelError({ min: totalMct, max: totalMct })) {
    yield `I9: certificate ${number} is for ${totalMct} mct, ${mct} came`;
  }
}

function isWarranted(warranties: readonly Warranty[]): boolean {
  return warranties.some(({ version }) => warrantyText(version)?.isSystemOfWarranties ?? true);
}
