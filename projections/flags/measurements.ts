import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { flagBounds } from '#libs/reference/flag-bounds';
import type { Table, ViewWriter } from '#libs/views/views';
import { isLive } from '#projections/flags/carats';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** A stone's weight in mct and its three measurements in micrometres, as somebody stated them. */
type Measured = Readonly<{ mct: number; size: Size; looks: Looks; said: FlaggedEvent }>;
type Size = readonly [number, number, number];
type Looks = Readonly<{ shape?: string; colour?: string; clarity?: string }>;

/** `twins` are stones that were flagged with this one. */
type StoneRow = Measured & Readonly<{ subject: string; cell: string; twins: readonly string[] }>;

const stones: Table<StoneRow> = {
  name: 'flag_measured',
  columns: {
    subject: 'text',
    mct: 'integer',
    size: 'json',
    looks: 'json',
    said: 'json',
    cell: 'text',
    twins: 'json',
  },
  key: ['subject'],
};

/** Stones by the cube of space their measurements fall into: neighbours are in one of eight. */
const cells: Table<Readonly<{ cell: string; stones: readonly string[] }>> = {
  name: 'flag_cells',
  columns: { cell: 'text', stones: 'json' },
  key: ['cell'],
};

const { mct: mctTolerance, micrometres: tolerance } = flagBounds.sameMeasurements;
const edge = 2 * tolerance;

/**
 * `same-measurements`: two live polished stones agree in weight and measurements within the policy's
 * tolerance, and nothing that is known of shape, colour and clarity speaks against it (among small
 * rounds alone every stone has its like): perhaps one stone with two records, or another cut to match
 * its report.
 */
export const measurements: FlagFold = {
  tables: [stones, cells],
  handles: ['StoneOpened', 'GradingReportIssued', 'StoneRecut', 'StoneRepolished'],
  project,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  const measured = measuredBy(event);
  if (!measured) return;
  const before = await views.get(stones, { subject });
  if (before) await leave(views, before);
  const twins = [...(before?.twins ?? [])];
  for (const cell of cellsAround(measured.size)) {
    for (const other of (await views.get(cells, { cell }))?.stones ?? []) {
      const row = await views.get(stones, { subject: other });
      if (!row || !isSame(row, measured) || twins.includes(other)) continue;
      if (!(await isLive(views, other))) continue;
      twins.push(other);
      views.put(stones, { ...row, twins: [...row.twins, subject] });
      const finding = `it weighs and measures as ${other} does: ${shown(measured)}`;
      await raise(views, 'same-measurements', event, finding, [row.said]);
    }
  }
  const cell = cellOf(measured.size);
  const there = (await views.get(cells, { cell }))?.stones ?? [];
  views.put(cells, { cell, stones: [...there, subject] });
  views.put(stones, { subject, ...measured, cell, twins });
}

async function leave(views: ViewWriter, { subject, cell }: StoneRow): Promise<void> {
  const there = (await views.get(cells, { cell }))?.stones ?? [];
  const left = there.filter((each) => each !== subject);
  if (left.length === 0) views.delete(cells, { cell });
  else views.put(cells, { cell, stones: left });
}

function measuredBy(event: Recorded<LedgerEvent>): Measured | undefined {
  switch (event.type) {
    case 'StoneOpened':
      if (event.data.form !== 'polished') return undefined;
      return of(event.data.weight.mct, event.data);
    case 'GradingReportIssued':
      return of(event.data.weight.mct, event.data);
    case 'StoneRecut':
    case 'StoneRepolished':
      return of(event.data.weightAfter.mct, event.data);
    default:
      return undefined;
  }

  function of(mct: number, data: Looks & Readonly<{ measurementsMm?: string }>) {
    const { measurementsMm: text, shape, colour, clarity } = data;
    const size = text === undefined ? undefined : sizeOf(text);
    const looks = {
      ...(shape && { shape }),
      ...(colour && { colour }),
      ...(clarity && { clarity }),
    };
    return size && { mct, size, looks, said: flaggedEvent(event) };
  }
}

/**
 * `6.50 - 6.53 x 4.01` of a round, `8.10 x 5.92 x 3.70` of a fancy shape: three numbers in mm;
 * `undefined` for any other text.
 */
export function sizeOf(text: string): Size | undefined {
  const found = [...text.replaceAll(',', '.').matchAll(/\d+(?:\.\d+)?/g)];
  const [a, b, c, ...more] = found.map(([mm]) => Math.round(Number(mm) * 1000));
  if (a === undefined || b === undefined || c === undefined || more.length > 0) return undefined;
  return a <= b ? [a, b, c] : [b, a, c];
}

function isSame(a: Measured, b: Measured): boolean {
  const isNear = a.size.every((length, i) => Math.abs(length - (b.size[i] ?? 0)) <= tolerance);
  return isNear && Math.abs(a.mct - b.mct) <= mctTolerance && !isContradicted(a.looks, b.looks);
}

function isContradicted(a: Looks, b: Looks): boolean {
  return (['shape', 'colour', 'clarity'] as const).some((trait) => {
    const [one, other] = [a[trait], b[trait]];
    return one !== undefined && other !== undefined && one.toLowerCase() !== other.toLowerCase();
  });
}

function cellOf(size: Size): string {
  return size.map((length) => Math.floor(length / edge)).join(':');
}

/** Every cell that holds a size within the tolerance. */
function cellsAround(size: Size): ReadonlySet<string> {
  const near = [-tolerance, tolerance];
  const found = new Set<string>();
  for (const a of near) {
    for (const b of near) {
      for (const c of near) found.add(cellOf([size[0] + a, size[1] + b, size[2] + c]));
    }
  }
  return found;
}

function shown({ mct, size }: Measured): string {
  return `${mct} mct, ${size.map((length) => (length / 1000).toFixed(2)).join(' x ')} mm`;
}
