import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { forgetId } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * A laboratory's report as it stands. Quoting is naming it; `matched` and `mismatched` are the
 * stones somebody compared with it. `reused_for` are further stones its number was given to.
 */
export type ReportRow = Readonly<{
  id: string;
  laboratory: string;
  report_no: string;
  status: 'unknown' | 'live' | 'superseded' | 'withdrawn';
  stone: string | null;
  in_house: number;
  successor: string | null;
  quoted: number;
  matched: readonly string[];
  mismatched: readonly string[];
  reused_for: readonly string[];
  revision: number;
}>;

const rows: Table<ReportRow> = {
  name: 'reports',
  columns: {
    id: 'text',
    laboratory: 'text',
    report_no: 'text',
    status: 'text',
    stone: 'text?',
    in_house: 'integer',
    successor: 'text?',
    quoted: 'integer',
    matched: 'json',
    mismatched: 'json',
    reused_for: 'json',
    revision: 'integer',
  },
  key: ['id'],
  indexes: [['stone']],
};

/** Every laboratory report that was issued, quoted or compared here. */
export const reports: Projection = {
  name: 'reports',
  version: 1,
  tables: [rows],
  handles: [
    'ReportOpened',
    'ReportNumberReused',
    'GradingReportSuperseded',
    'GradingReportWithdrawn',
    'ReportInHouse',
    'ReportQuoted',
    'ReportCompared',
  ],
  project,
  forget: forgetId('report', rows),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const id = parseStream(event.stream)?.id ?? event.stream;
  const { data } = event;
  if (!('reportNo' in data)) return;
  const { laboratory, reportNo } = data;
  const row = (await views.get(rows, { id })) ?? blank(id, laboratory, reportNo);
  views.put(rows, { ...row, ...changes(row, event), revision: event.revision });
}

function changes(row: ReportRow, event: Recorded<LedgerEvent>): Partial<ReportRow> {
  switch (event.type) {
    case 'ReportOpened':
      return { status: 'live', stone: event.data.stone };
    case 'ReportNumberReused':
      return { reused_for: [...row.reused_for, event.data.stone] };
    case 'GradingReportSuperseded': {
      const { successor = row.successor } = event.data;
      return { status: row.status === 'withdrawn' ? 'withdrawn' : 'superseded', successor };
    }
    case 'GradingReportWithdrawn':
      return { status: 'withdrawn' };
    case 'ReportInHouse':
      return { in_house: event.data.inHouse ? 1 : 0 };
    case 'ReportQuoted':
      return { quoted: row.quoted + 1 };
    case 'ReportCompared': {
      const { stone, matched } = event.data;
      if (matched) return { matched: [...row.matched, stone] };
      return { mismatched: [...row.mismatched, stone] };
    }
    default:
      return {};
  }
}

function blank(id: string, laboratory: string, reportNo: string): ReportRow {
  return {
    id,
    laboratory,
    report_no: reportNo,
    status: 'unknown',
    stone: null,
    in_house: 0,
    successor: null,
    quoted: 0,
    matched: [],
    mismatched: [],
    reused_for: [],
    revision: 0,
  };
}

export async function reportOf(views: ViewReader, id: string): Promise<ReportRow | undefined> {
  return views.get(rows, { id });
}
