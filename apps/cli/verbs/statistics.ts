import { reading, today } from '#apps/cli/data-place';
import { Failure, usage } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';
import type { Amendments } from '#libs/decider/effective';
import { amended, amendmentsIn, isCorrection } from '#libs/decider/effective';
import { correctionsIn } from '#libs/store/corrections';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { moneyText } from '#libs/trade/price';
import type { Filing, FilingLine } from '#projections/statistics/filing';
import { asCsv, filingOf } from '#projections/statistics/filing';
import { periodForm } from '#projections/statistics/period';
import type { Reconciliation } from '#projections/statistics/reconcile';
import { reconciliation } from '#projections/statistics/reconcile';
import type { Figure } from '#projections/statistics/totals';
import { allFigures } from '#projections/statistics/totals';

type Options = PlaceOptions &
  Readonly<{ country?: string; period?: string; csv?: true; reconcile?: true }>;

export function statisticsVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'statistics',
    'what a Kimberley authority files: production and trade by heading, carats and value, and the ' +
      'certificates; or whether the whole ledger reconciles',
    'statistics --country BW --period 2025-H1 --csv',
    'statistics --reconcile',
  )
    .option('--country <code>', 'ISO 3166-1 alpha-2, or EU')
    .option('--period <period>', 'a year, half-year or quarter: 2025, 2025-H1, 2025-Q2')
    .option('--csv', 'print CSV')
    .option('--reconcile', 'check in = out + stock + loss over every event; exits with 1 if not');
  return withPlace(command, config).action(async (options: Options) => {
    const { country, period, csv, reconcile } = options;
    if (reconcile && (country ?? period ?? csv) !== undefined) {
      throw usage('--reconcile is of the whole ledger: it goes with --json alone');
    }
    if (reconcile) return check(options, terminal);
    if (country === undefined || !/^[A-Z]{2}$/.test(country)) {
      throw usage(
        '--country CODE and --period PERIOD, or --reconcile: CODE is two capital letters',
      );
    }
    if (period === undefined || !periodForm.test(period)) {
      throw usage('--period takes a year, half-year or quarter: 2025, 2025-H1, 2025-Q2');
    }
    await reading(options, terminal, async ({ views }) => {
      const filing = await filingOf(views, country, period, today());
      if (options.json) terminal.data(json(filing));
      else if (csv) terminal.data(asCsv(filing).trimEnd());
      else tell(terminal, filing);
    });
  });
}

function tell({ say, note }: Terminal, { lines, unplaced }: Filing): void {
  if (lines.length === 0) note('nothing of that period');
  for (const line of lines) say(told(line));
  for (const { period, ...line } of unplaced) say(`some time in ${period}: ${told(line)}`);
}

function told({ flow, hs, partner, mct, values, certificates }: FilingLine): string {
  const money = Object.entries(values).map(([currency, minor]) => moneyText({ minor, currency }));
  const papers = certificates === 0 ? [] : [`${certificates} certificates`];
  const carats = mct === 0 ? [] : [`${mct / 1000} ct`];
  const where = [flow, hs, partner].filter((part) => part !== '').join(' ');
  return `${where}  ${[...carats, ...money, ...papers].join(', ')}`;
}

async function check(options: Options, terminal: Terminal): Promise<void> {
  await reading(options, terminal, async ({ store, views }) => {
    const found = await reconciled(store, await allFigures(views));
    if (options.json) terminal.data(json(found));
    else tellBooks(terminal, found);
    const { length } = found.differences;
    if (length > 0) throw new Failure('does-not-reconcile', `${length} differences`);
  });
}

/** Every event, as it reads now. */
async function reconciled(store: EventStore, figures: readonly Figure[]): Promise<Reconciliation> {
  const corrections = new Map<string, RecordedEvent[]>();
  for await (const batch of correctionsIn(store, 0n)) {
    for (const event of batch) {
      corrections.set(event.stream, [...(corrections.get(event.stream) ?? []), event]);
    }
  }
  const amendments = new Map<string, Amendments | undefined>();
  for (const [stream, events] of corrections) amendments.set(stream, amendmentsIn(events));
  const books = reconciliation();
  for await (const batch of store.readAll(0n)) {
    for (const event of batch) {
      const said = amendments.get(event.stream);
      const reads = said && !isCorrection(event) ? amended(event, said) : event;
      if (reads) books.take(reads);
    }
  }
  return books.close(figures);
}

function tellBooks({ say, paint }: Terminal, books: Reconciliation): void {
  const { scales, goods, differences, ...sides } = books;
  for (const [side, { least, most }] of Object.entries(sides)) {
    const name = side === 'broughtIn' ? 'brought in' : side;
    const upper =
      most === least ? '' : ` to ${most === null ? 'no known bound' : `${most / 1000} ct`}`;
    say(`${name.padEnd(10)} ${least / 1000} ct${upper}`);
  }
  say(`${goods} goods; the scales may err by ${scales / 1000} ct together`);
  for (const { of, what, mct } of differences) say(paint('red', `${of}: ${what} ${mct} mct`));
}
