import Database from 'better-sqlite3';
import { cpus, release, totalmem } from 'node:os';

/** One run of one arm. Times are in ms; `loop` is how long the event loop was held up. */
export type Run = Readonly<{
  events: number;
  perSecond: number;
  p50?: number;
  p99?: number;
  max?: number;
  loopP99?: number;
  loopMax?: number;
  /** Anything else worth keeping in the raw data. */
  extra?: Readonly<Record<string, number>>;
}>;

/** What was compared: `log` says the size of the log it ran on, `failed` why there are no runs. */
export type Arm = Readonly<{
  name: string;
  log: string;
  runs: readonly Run[];
  notes?: readonly string[];
  failed?: string;
}>;

/** A figure that is to be reached: met, missed, or not measured because an arm failed. */
export type Goal = Readonly<{
  name: string;
  target: string;
  reached: string;
  met: boolean | undefined;
}>;

/** Figures that follow from the arms: a name in the first column, then numbers. */
export type Table = Readonly<{
  title: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  notes?: readonly string[];
}>;

export type Report = Readonly<{
  bench: string;
  at: string;
  machine: ReturnType<typeof machine>;
  seed: string;
  settings: Readonly<Record<string, number | string>>;
  arms: readonly Arm[];
  goals: readonly Goal[];
  tables?: readonly Table[];
}>;

/** What a figure depends on besides the code. */
export function machine() {
  const db = new Database(':memory:');
  const sqlite = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
  db.close();
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch} ${release()}`,
    node: process.version,
    sqlite,
  };
}

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The median of one figure over an arm's runs; `NaN` when it has none. */
export function medianOf(arm: Arm | undefined, figure: 'perSecond' | 'p50' | 'p99'): number {
  return median((arm?.runs ?? []).map((run) => run[figure] ?? Number.NaN));
}

/** Whether `value` reaches the target; unknown when it was not measured. */
export function goal(
  name: string,
  target: string,
  value: number,
  met: boolean,
  unit: string,
): Goal {
  return Number.isNaN(value)
    ? { name, target, reached: 'not measured', met: undefined }
    : { name, target, reached: `${round(value)}${unit}`, met };
}

/** A report as lines for a reader; the raw data is `JSON.stringify` of it. */
export function printReport(report: Report): string {
  const { bench, at, seed, settings, arms, goals, tables = [] } = report;
  const { cpu, cores, memoryGb, system, node, sqlite } = report.machine;
  const set = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  return [
    `bench ${bench}, ${at}`,
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, SQLite ${sqlite}`,
    `seed ${seed}; ${set.join(', ')}`,
    'medians over the runs, (least-most)',
    '',
    ...arms.flatMap(armLines),
    ...tables.flatMap((table) => ['', ...tableLines(table)]),
    '',
    ...goals.map(({ name, target, reached, met }) => {
      const verdict = met === undefined ? 'open  ' : met ? 'met   ' : 'MISSED';
      return `${verdict} ${name}: ${reached} (target ${target})`;
    }),
  ].join('\n');
}

function armLines({ name, log, runs, notes = [], failed }: Arm): readonly string[] {
  const head = `${name} [${log}, ${runs.length} runs]`;
  if (failed !== undefined) return [`${head}: not measured: ${failed}`];
  const figures = (['perSecond', 'p50', 'p99', 'max', 'loopP99', 'loopMax'] as const).flatMap(
    (figure) => {
      const values = runs.flatMap((run) => run[figure] ?? []);
      return values.length === 0 ? [] : [`${words[figure]} ${spread(values, units[figure])}`];
    },
  );
  return [head, `  ${figures.join(', ')}`, ...notes.map((note) => `  ${note}`)];
}

function tableLines({ title, columns, rows, notes = [] }: Table): readonly string[] {
  const cells = [columns, ...rows.map((row) => row.map(cell))];
  const widths = columns.map((_, n) => Math.max(...cells.map((row) => row[n]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((text, n) => (n === 0 ? text.padEnd(widths[n] ?? 0) : text.padStart(widths[n] ?? 0)))
      .join('  ');
  return [
    title,
    ...cells.map((row) => `  ${line(row).trimEnd()}`),
    ...notes.map((note) => `  ${note}`),
  ];
}

function cell(value: string | number): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? value.toLocaleString('en-GB') : round(value);
}

const words = {
  perSecond: 'per second',
  p50: 'p50',
  p99: 'p99',
  max: 'longest',
  loopP99: 'event loop held up p99',
  loopMax: 'longest',
} as const;

const units = { perSecond: '', p50: ' ms', p99: ' ms', max: ' ms', loopP99: ' ms', loopMax: ' ms' };

function spread(values: readonly number[], unit: string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${round(median(values))}${unit} (${round(least)}-${round(most)})`;
}

function round(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-GB');
  return value.toPrecision(3);
}
