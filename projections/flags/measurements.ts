import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { flagBounds } from '#libs/reference/flag-bounds';
import type { Table, ViewWriter } from '#libs/views/views';
import { wasLive } from '#projections/flags/carats';
import type { FlagFold, Noted } from '#projections/flags/flag';
import { dropGrounds, noted, raise } from '#projections/flags/flag';

/** A stone's weight in mct and its three measurements in micrometres, as somebody stated them. */
type Measured = Readonly<{ mct: number; size: Size; looks: Looks; said: Noted }>;
type Size = readonly [number, number, number];
type Dimensions = Pick<Measured, 'mct' | 'size'>;
type Looks = Readonly<{ shape?: string; colour?: string; clarity?: string }>;

/** What was measured of a stone, in the order of the ledger; the last is what it is now. */
type StoneRow = Readonly<{ subject: string; measured: readonly Measured[] }>;

const stones: Table<StoneRow> = {
  name: 'flag_measured',
  columns: { subject: 'text', measured: 'json' },
  key: ['subject'],
};

/** A stone and what it weighed when it measured so. */
type Placed = Readonly<{ stone: string }> & Dimensions;

/** Stones by the cubes of space their measurements fell into: neighbours are in one of eight. */
const cells: Table<Readonly<{ cell: string; stones: readonly Placed[] }>> = {
  name: 'flag_cells',
  columns: { cell: 'text', stones: 'json' },
  key: ['cell'],
};

/** Stones that were once flagged with one another, both ways. */
const pairs: Table<Readonly<{ subject: string; twin: string }>> = {
  name: 'flag_twins',
  columns: { subject: 'text', twin: 'text' },
  key: ['subject', 'twin'],
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
  tables: [stones, cells, pairs],
  handles: ['StoneOpened', 'GradingReportIssued', 'StoneRecut', 'StoneRepolished'],
  project,
  forget,
  settle,
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  const { stream: subject } = event;
  const now = measuredBy(event);
  if (!now) return;
  const before = (await views.get(stones, { subject }))?.measured ?? [];
  const row = { subject, measured: [...before, now] };
  if (!anew) await compare(views, row, now);
  views.put(stones, row);
  const cell = cellOf(now.size);
  const { mct, size } = now;
  const there = (await views.get(cells, { cell }))?.stones ?? [];
  if (there.some((each) => each.stone === subject && isEqual(each, now))) return;
  views.put(cells, { cell, stones: [...there, { stone: subject, mct, size }].toSorted(byStone) });
}

/** With every stone that ever measured about the same. */
async function compare(views: ViewWriter, row: StoneRow, measured: Measured): Promise<void> {
  const near = new Set<string>();
  for (const cell of cellsAround(measured.size)) {
    for (const each of (await views.get(cells, { cell }))?.stones ?? []) {
      if (each.stone !== row.subject && isNear(each, measured)) near.add(each.stone);
    }
  }
  for (const subject of near) {
    const other = await views.get(stones, { subject });
    if (other?.measured.some((each) => isSame(each, measured))) await pair(views, row, other);
  }
}

/** Two stones are flagged once, by the first measuring that shows it while the other is there. */
async function pair(views: ViewWriter, one: StoneRow, other: StoneRow): Promise<void> {
  const named = [one.subject, other.subject].toSorted();
  const owner = `twins ${named.join(' ')}`;
  const latest = new Map<string, Measured>();
  const acts = [...one.measured, ...other.measured].toSorted(byPosition);
  for (const now of acts) {
    const { stream, position } = now.said;
    const twin = named.find((subject) => subject !== stream) ?? '';
    const its = latest.get(twin);
    latest.set(stream, now);
    if (!its || !isSame(its, now) || !(await wasLive(views, twin, position))) continue;
    const finding = `it weighs and measures as ${twin} does: ${shown(now)}`;
    await raise(views, 'same-measurements', now.said, finding, [its.said], [], owner);
    views.put(pairs, { subject: stream, twin });
    views.put(pairs, { subject: twin, twin: stream });
    return;
  }
}

async function forget(subject: string, views: ViewWriter): Promise<void> {
  for (const { twin } of await views.list(pairs, { subject })) {
    await dropGrounds(views, `twins ${[subject, twin].toSorted().join(' ')}`);
    views.delete(pairs, { subject, twin });
    views.delete(pairs, { subject: twin, twin: subject });
  }
  for (const { size } of (await views.get(stones, { subject }))?.measured ?? []) {
    const cell = cellOf(size);
    const there = (await views.get(cells, { cell }))?.stones ?? [];
    const left = there.filter(({ stone }) => stone !== subject);
    if (left.length === 0) views.delete(cells, { cell });
    else views.put(cells, { cell, stones: left });
  }
  views.delete(stones, { subject });
}

async function settle(subject: string, views: ViewWriter): Promise<void> {
  const row = await views.get(stones, { subject });
  for (const measured of row?.measured ?? []) if (row) await compare(views, row, measured);
}

function byPosition(a: Measured, b: Measured): number {
  return BigInt(a.said.position) < BigInt(b.said.position) ? -1 : 1;
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
    return size && { mct, size, looks, said: noted(event) };
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
  return isNear(a, b) && traits.every((trait) => isAlike(a.looks[trait], b.looks[trait]));
}

function isNear(a: Dimensions, b: Dimensions): boolean {
  if (Math.abs(a.mct - b.mct) > mctTolerance) return false;
  return axes.every((axis) => Math.abs(a.size[axis] - b.size[axis]) <= tolerance);
}

function isEqual(a: Dimensions, b: Dimensions): boolean {
  return a.mct === b.mct && axes.every((axis) => a.size[axis] === b.size[axis]);
}

/** In an order that does not tell which came first. */
function byStone(a: Placed, b: Placed): number {
  if (a.stone !== b.stone) return a.stone < b.stone ? -1 : 1;
  return a.mct - b.mct || a.size[0] - b.size[0] || a.size[1] - b.size[1] || a.size[2] - b.size[2];
}

const axes = [0, 1, 2] as const;
const traits = ['shape', 'colour', 'clarity'] as const;

/** What is not known of one speaks against nothing. */
function isAlike(one: string | undefined, other: string | undefined): boolean {
  if (one === other || one === undefined || other === undefined) return true;
  return one.toLowerCase() === other.toLowerCase();
}

function cellOf([a, b, c]: Size): string {
  return `${Math.floor(a / edge)}:${Math.floor(b / edge)}:${Math.floor(c / edge)}`;
}

/** Every cell that holds a size within the tolerance. */
function cellsAround([a, b, c]: Size): readonly string[] {
  const found: string[] = [];
  for (const i of around(a)) {
    for (const j of around(b)) for (const k of around(c)) found.push(cellOf([i, j, k]));
  }
  return found;
}

/** A cell is as long as from the least to the most, so these are in two. */
function around(length: number): readonly number[] {
  return [length - tolerance, length + tolerance];
}

function shown({ mct, size }: Measured): string {
  return `${mct} mct, ${size.map((length) => (length / 1000).toFixed(2)).join(' x ')} mm`;
}
