import type { CertificateLine, MiningOrigin } from '#events/certificate';
import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import type { Money } from '#events/values';
import { forgetId } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * A Kimberley certificate as it stands. `status` is what was recorded of it; on a day after
 * `expires_on` one that is issued or validated has expired. A number that was only ever doubted has
 * status `never-issued` and nothing printed. `id` is the stream's, derived from the number.
 */
export type CertificateRow = Readonly<{
  id: string;
  number: string;
  participant: string;
  status: string;
  doubt: string | null;
  issued_on: string | null;
  expires_on: string | null;
  authority: string | null;
  exporter: string | null;
  importer: string | null;
  exporting_country: string | null;
  importing_country: string | null;
  origin: MiningOrigin | null;
  lines: readonly CertificateLine[];
  parcels: number | null;
  total_mct: number | null;
  total_value: Money | null;
  seal_no: string | null;
  shipment: string | null;
  replaces: string | null;
  replaced_by: string | null;
  received_on: string | null;
  revision: number;
}>;

const rows: Table<CertificateRow> = {
  name: 'certificates',
  columns: {
    id: 'text',
    number: 'text',
    participant: 'text',
    status: 'text',
    doubt: 'text?',
    issued_on: 'text?',
    expires_on: 'text?',
    authority: 'text?',
    exporter: 'text?',
    importer: 'text?',
    exporting_country: 'text?',
    importing_country: 'text?',
    origin: 'json?',
    lines: 'json',
    parcels: 'integer?',
    total_mct: 'integer?',
    total_value: 'json?',
    seal_no: 'text?',
    shipment: 'text?',
    replaces: 'text?',
    replaced_by: 'text?',
    received_on: 'text?',
    revision: 'integer',
  },
  key: ['id'],
  indexes: [['status'], ['participant'], ['shipment']],
};

/** Every Kimberley certificate and where it stands. */
export const certificates: Projection = {
  name: 'certificates',
  version: 1,
  tables: [rows],
  handles: [
    'KpCertificateIssued',
    'KpCertificateAmended',
    'KpCertificateValidated',
    'KpCertificateUsed',
    'KpCertificateUseRefused',
    'ImportConfirmedToExporter',
    'KpCertificateVoided',
    'KpCertificateReplaced',
    'CertificateForgerySuspected',
    'CertificateForgeryConfirmed',
    'CertificateForgeryDismissed',
  ],
  project,
  forget: forgetId('certificate', rows),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const id = parseStream(event.stream)?.id ?? event.stream;
  const before = await views.get(rows, { id });
  const after = changed(before, event, id);
  if (after) views.put(rows, { ...after, revision: event.revision });
}

function changed(
  row: CertificateRow | undefined,
  event: Recorded<LedgerEvent>,
  id: string,
): CertificateRow | undefined {
  switch (event.type) {
    case 'KpCertificateIssued': {
      const { number, replaces = null } = event.data;
      const { by } = event.meta;
      return { ...blank(id, number), ...printed(event), status: 'issued', authority: by, replaces };
    }
    case 'CertificateForgerySuspected':
      return { ...(row ?? blank(id, event.data.number)), doubt: 'suspected' };
  }
  if (!row) return undefined;
  switch (event.type) {
    case 'KpCertificateAmended':
      return { ...row, ...printed(event) };
    case 'KpCertificateValidated':
      return { ...row, status: 'validated', seal_no: event.data.sealNo };
    case 'KpCertificateUsed':
      return { ...row, status: 'in-use', shipment: event.data.shipment };
    case 'ImportConfirmedToExporter':
      return { ...row, status: 'import-confirmed', received_on: event.data.receivedOn };
    case 'KpCertificateVoided':
      return { ...row, status: 'voided' };
    case 'KpCertificateReplaced':
      return { ...row, status: 'replaced', replaced_by: event.data.replacement };
    case 'CertificateForgeryConfirmed':
      return { ...row, doubt: 'forged' };
    case 'CertificateForgeryDismissed':
      return { ...row, doubt: null };
    default:
      return row;
  }
}

type Printed = Extract<LedgerEvent, { type: 'KpCertificateIssued' | 'KpCertificateAmended' }>;

function printed({ data }: Printed) {
  return {
    issued_on: data.issuedOn,
    expires_on: data.expiresOn,
    exporter: data.exporter.party,
    importer: data.importer.party,
    exporting_country: data.exportingCountry,
    importing_country: data.importingCountry,
    origin: data.origin,
    lines: data.lines,
    parcels: data.parcels,
    total_mct: data.totalMct,
    total_value: data.totalValue,
  };
}

function blank(id: string, number: string): CertificateRow {
  return {
    id,
    number,
    participant: number.slice(0, 2),
    status: 'never-issued',
    doubt: null,
    issued_on: null,
    expires_on: null,
    authority: null,
    exporter: null,
    importer: null,
    exporting_country: null,
    importing_country: null,
    origin: null,
    lines: [],
    parcels: null,
    total_mct: null,
    total_value: null,
    seal_no: null,
    shipment: null,
    replaces: null,
    replaced_by: null,
    received_on: null,
    revision: 0,
  };
}

export async function certificateOf(
  views: ViewReader,
  id: string,
): Promise<CertificateRow | undefined> {
  return views.get(rows, { id });
}

/** Certificates by status or participant, the last id first; `before` is where the page before ended. */
export async function certificatesBy(
  views: ViewReader,
  where: Readonly<{ status?: string } | { participant?: string }>,
  limit: number,
  before?: string,
): Promise<readonly CertificateRow[]> {
  const below = before === undefined ? {} : ({ below: { column: 'id', value: before } } as const);
  return views.list(rows, where, { orderBy: ['id'], descending: true, limit, ...below });
}

/** Its standing on a day, `YYYY-MM-DD`: an open certificate expires without an event. */
export function standingOn({ status, expires_on: expires, doubt }: CertificateRow, on: string) {
  const isOpen = status === 'issued' || status === 'validated';
  return doubt ?? (isOpen && expires !== null && on > expires ? 'expired' : status);
}
