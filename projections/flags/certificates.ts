import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ArrivalFinding } from '#events/shipment';
import { certificateId, certificateNumber } from '#events/streams';
import { daysOf } from '#libs/decider/when';
import { eligibilityOfPrefix, numberFaults } from '#libs/reference/kimberley-eligibility';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent, Noted } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';
import { groups } from '#projections/flags/groups';
import type { FlagRule } from '#projections/flags/rules';

/** A shipment that the certificate with this number was attached to. */
type Attached = Noted & Readonly<{ number: string }>;

const attached = groups<Attached>('flag_certificates', 'certificate ', presented);

/** By which event a shipment left. */
const travelling: Table<Readonly<{ shipment: string; left: FlaggedEvent }>> = {
  name: 'flag_dispatched',
  columns: { shipment: 'text', left: 'json' },
  key: ['shipment'],
};

/**
 * Kimberley certificates. The deciders refuse at the door whatever this ledger can know of its own
 * papers; what arrives is a fact and is flagged, and so is what is only shown to the ledger: a paper
 * behind a claim of origin or on file for an import measure, a number an authority doubts.
 */
export const certificates: FlagFold = {
  tables: [attached.table, travelling],
  handles: [
    'KpCertificateIssued',
    'OriginEvidenceAttached',
    'EvidenceAttached',
    'CertificateForgerySuspected',
    'CertificateAttached',
    'ShipmentDispatched',
    'ShipmentArrived',
  ],
  project,
  forget: async (stream, views) => {
    views.delete(travelling, { shipment: stream });
    await attached.forget(stream, views);
  },
  settle: attached.settle,
};

const arrivals: Readonly<Record<ArrivalFinding, readonly [FlagRule, string] | null>> = {
  'certificate-expired': ['certificate-expired-on-arrival', 'the certificate had expired'],
  'certificate-not-valid': ['certificate-not-valid-on-arrival', 'the certificate was not valid'],
  'participant-not-eligible': ['certificate-not-valid-on-arrival', 'rough may not enter there'],
  'parcels-differ': ['shipment-differs', 'the number of parcels differs'],
  'carats-differ': ['shipment-differs', 'the carats differ'],
  'seal-differs': null,
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  const day = daysOf(event.meta.at).last;
  switch (event.type) {
    case 'KpCertificateIssued': {
      const { number, issuedOn, parcelNumbers } = event.data;
      return checkNumber(event, views, number, issuedOn, parcelNumbers);
    }
    case 'OriginEvidenceAttached': {
      const { kind, document } = event.data;
      if (kind !== 'kimberley-certificate' || document.number === undefined) return;
      return checkNumber(event, views, document.number, document.issuedOn ?? day);
    }
    case 'EvidenceAttached': {
      const { paper, document } = event.data;
      if (paper.kind !== 'kimberley-certificate') return;
      return checkNumber(event, views, paper.number, document.issuedOn ?? day);
    }
    case 'CertificateForgerySuspected': {
      const { number, check, finding } = event.data;
      const rule = doubts[check];
      if (rule) await raise(views, rule, event, `${number}, as an authority says: ${finding}`);
      return rule === undefined ? checkNumber(event, views, number, day) : undefined;
    }
    case 'CertificateAttached': {
      const { number } = event.data;
      return attached.say(event, views, certificateId(number), { number }, anew);
    }
    case 'ShipmentDispatched':
      views.put(travelling, { shipment: event.stream, left: flaggedEvent(event) });
      return depart(event, views);
    case 'ShipmentArrived':
      return arrive(event, views);
  }
}

const doubts: Readonly<Record<string, FlagRule | undefined>> = {
  'not-a-participant': 'certificate-from-non-participant',
  'number-out-of-range': 'certificate-number-out-of-range',
  'number-used-before': 'certificate-used-twice',
};

/** By what is known of the issuer's numbers and of the issuer on the day. */
async function checkNumber(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  number: string,
  issuedOn: string,
  parcelNumbers?: readonly string[],
): Promise<void> {
  const isForm = certificateNumber.test(number);
  const faults = isForm ? numberFaults(number, issuedOn, parcelNumbers) : ['no-such-form'];
  if (faults.length > 0) {
    const said = `${number}: ${faults.join(', ')}`;
    await raise(views, 'certificate-number-out-of-range', event, said);
  }
  const issuer = eligibilityOfPrefix(number.slice(0, 2), issuedOn, 'export');
  if (!isForm || issuer.verdict !== 'no' || issuer.reason.startsWith('zone')) return;
  const said = `${number} of ${issuedOn}: ${issuer.reason}`;
  await raise(views, 'certificate-from-non-participant', event, said);
}

/** The second shipment is refused, by the decider or by the certificate's own stream in a race. */
async function presented(
  views: ViewWriter,
  thing: string,
  said: readonly Attached[],
  nth: number,
): Promise<void> {
  const [first] = said;
  const own = said[nth];
  if (!own || !first || said.findIndex(({ stream }) => stream === own.stream) !== nth) return;
  if (nth === 0) return;
  const finding = `${own.number} was presented for ${first.stream} before`;
  await raise(views, 'certificate-used-twice', own, finding, [first], [], thing);
}

/** What the data does not tell is not refused, and not passed over either. */
async function depart(
  event: Extract<Recorded<LedgerEvent>, { type: 'ShipmentDispatched' }>,
  views: ViewWriter,
): Promise<void> {
  const { border } = event.data;
  if (border.need === 'none') return;
  const unknown = [border.exporting, border.importing]
    .filter(({ verdict }) => verdict === 'unknown')
    .map(({ participant }) => participant);
  if (unknown.length === 0) return;
  const said = `${border.number}: nothing is known of ${unknown.join(' and ')} on that day`;
  await raise(views, 'participation-unknown', event, said);
}

async function arrive(
  event: Extract<Recorded<LedgerEvent>, { type: 'ShipmentArrived' }>,
  views: ViewWriter,
): Promise<void> {
  const left = await views.get(travelling, { shipment: event.stream });
  const found = new Map<FlagRule, string[]>();
  for (const finding of event.data.findings) {
    const [rule, said] = arrivals[finding] ?? [];
    if (rule && said) found.set(rule, [...(found.get(rule) ?? []), said]);
  }
  for (const [rule, said] of found) {
    await raise(views, rule, event, said.join(', '), left ? [left.left] : []);
  }
}
