import { Refused } from '#libs/decider/decider';
import { isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';
import { participantOfPrefix } from '#libs/reference/kimberley-eligibility';
import type { ViewReader } from '#libs/views/views';
import { firstDayOf, holds, straddles } from '#projections/statistics/period';
import type { Figure, Flow } from '#projections/statistics/totals';
import { figuresOf } from '#projections/statistics/totals';

/** One line of the form: carats in mct, value by currency in minor units. */
export type FilingLine = Readonly<{
  flow: Flow;
  hs: string;
  partner: string;
  mct: number;
  values: Readonly<Record<string, number>>;
  certificates: number;
}>;

/**
 * What a country (or, as `EU`, a participant of several) reports for a period. `unplaced` is what
 * happened in a longer period that the asked one is part of, and is in no other line: nobody knows on
 * which side. `carats` of a weight that is a bound are the bound.
 */
export type Filing = Readonly<{
  country: string;
  period: string;
  lines: readonly FilingLine[];
  unplaced: readonly (FilingLine & Readonly<{ period: string }>)[];
}>;

const flows: readonly Flow[] = ['production', 'import', 'export', 'issued', 'voided', 'replaced'];

/**
 * What a country, or a participant of several states, files for a period. `today` is `YYYY-MM-DD`. Refuses
 * `bad-country`, `bad-date` and, for a period that has not begun, `in-the-future`.
 */
export async function filingOf(
  views: ViewReader,
  country: string,
  period: string,
  today: string,
): Promise<Filing> {
  refuseNone(country, period, today);
  const members = participantOfPrefix(country)?.memberStates ?? [country];
  const own = new Set(members);
  const found: Figure[] = [];
  for (const each of members) {
    for (const figure of await figuresOf(views, each)) {
      // Between its own states a participant imports and exports nothing.
      if (!own.has(figure.partner) || figure.partner === country) found.push(figure);
    }
  }
  const unplaced = [...new Set(found.map((each) => each.period))]
    .filter((other) => straddles(period, other))
    .flatMap((other) => {
      const there = found.filter((figure) => figure.period === other);
      return linesOf(there).map((line) => ({ period: other, ...line }));
    });
  return {
    country,
    period,
    lines: linesOf(found.filter((each) => holds(period, each.period))),
    unplaced,
  };
}

function refuseNone(country: string, period: string, today: string): void {
  if (!isCountry(country) && !participantOfPrefix(country)) {
    throw new Refused('bad-country', `${country} is no country`, { field: 'country' });
  }
  const begins = firstDayOf(period);
  if (!isDay(begins)) {
    throw new Refused('bad-date', `no calendar has ${period}`, { field: 'period' });
  }
  if (begins > today) {
    throw new Refused('in-the-future', `${period} has not begun`, { field: 'period' });
  }
}

function linesOf(found: readonly Figure[]): readonly FilingLine[] {
  const lines = new Map<string, FilingLine>();
  for (const { flow, hs, partner, unit, amount } of found) {
    const key = `${flows.indexOf(flow)} ${hs} ${partner}`;
    const before = lines.get(key) ?? { flow, hs, partner, mct: 0, values: {}, certificates: 0 };
    lines.set(key, added(before, unit, amount));
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function added(line: FilingLine, unit: string, amount: number): FilingLine {
  if (unit === 'mct') return { ...line, mct: line.mct + amount };
  if (unit === 'certificates') return { ...line, certificates: line.certificates + amount };
  const values = { ...line.values, [unit]: (line.values[unit] ?? 0) + amount };
  return { ...line, values };
}

const header = 'country,period,flow,hs,partner,carats,currency,value_minor,certificates';

/**
 * RFC 4180, a line for each currency: carats with three decimals and certificates stand in the first
 * line of a heading only, values are minor units.
 */
export function asCsv({ country, period, lines, unplaced }: Filing): string {
  const all = [...lines.map((line) => ({ period, ...line })), ...unplaced];
  const rows = all.flatMap((line) => {
    const { flow, hs, partner, mct, certificates } = line;
    const values = Object.entries(line.values).sort(([a], [b]) => (a < b ? -1 : 1));
    const first = [caratsOf(mct), certificates] as const;
    return (values.length === 0 ? [['', 0] as const] : values).map(([currency, minor], n) => {
      const [carats, count] = n === 0 ? first : ['', ''];
      const value = currency === '' ? '' : minor;
      return [country, line.period, flow, hs, partner, carats, currency, value, count].join(',');
    });
  });
  return [header, ...rows].map((row) => `${row}\r\n`).join('');
}

function caratsOf(mct: number): string {
  const digits = String(mct).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
