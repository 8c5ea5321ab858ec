import type { Table } from '#apps/cli/bench/report';
import {
  costOf,
  partOf,
  type Cost,
  type Each,
  type Rates,
  type Sample,
} from '#apps/cli/bench/year-model';
import { type Scope, type World } from '#apps/cli/bench/year-world';

export type Scoped = Readonly<{ scope: Scope; cost: Cost }>;

const gigabyte = 1e9;

/** What is shown: the sample, the year by scope, and one scope as a ledger for each country. */
export function tablesOf(
  world: World,
  sample: Sample,
  rates: Rates,
  scoped: readonly Scoped[],
): readonly Table[] {
  return [
    sampleTable(world, sample),
    loadTable(world, scoped),
    logTable(scoped),
    workTable(scoped),
    ...scoped
      .filter(({ scope }) => scope.from === split)
      .map((one) => countryTable(world, sample, rates, one)),
  ];
}

/** The scope that is shown by country: what laboratories grade singly. */
const split = 300;

function sampleTable({ classes }: World, { stones, parcel, uncut, bytes, events }: Sample): Table {
  const row = (name: string, { pieces, events: each, bytes: of }: Each) => [
    name,
    pieces,
    each,
    each === 0 ? 0 : of / each,
  ];
  return {
    title: 'The sample, by what the events are of',
    columns: ['polished stones with their rough', 'how many', 'events each', 'bytes an event'],
    rows: [
      ...classes.map(({ name, from }) =>
        row(
          name,
          stones.find((one) => one.from === from)?.each ?? { pieces: 0, events: 0, bytes: 0 },
        ),
      ),
      row('rough still being cut', uncut),
      row('parcels', parcel),
      ['all', '', events, bytes / events],
    ],
    notes: ['a class with fewer than 20 stones is taken to be like the next heavier one'],
  };
}

function loadTable(world: World, scoped: readonly Scoped[]): Table {
  const { roughCarats, classes, roughParcelCarats, polishedParcelCarats } = world;
  const polished = classes.reduce((sum, { pieces }) => sum + pieces, 0);
  return {
    title: `A year: ${millions(roughCarats)} million carats of rough, ${millions(polished)} million polished stones`,
    columns: [
      'followed one by one',
      'stones',
      'parcels',
      'events',
      'leaves GB',
      'ledger file GB',
      'views GB',
    ],
    rows: scoped.map(({ scope, cost }) => [
      scope.name,
      cost.load.stones,
      cost.load.parcels,
      cost.load.events,
      cost.load.bytes / gigabyte,
      cost.ledgerBytes / gigabyte,
      cost.viewBytes / gigabyte,
    ]),
    notes: [
      `assumed: the stones of each class, and parcels of ${roughParcelCarats} ct of rough and ${polishedParcelCarats} ct of polished`,
    ],
  };
}

function logTable(scoped: readonly Scoped[]): Table {
  const deepest = Math.max(...scoped.map(({ cost }) => cost.log.levels.length));
  const levels = Array.from({ length: deepest }, (_, level) => level);
  return {
    title: 'Its signed log: tiles of 256 hashes (C2SP tlog-tiles)',
    columns: [
      'followed one by one',
      ...levels.map((level) => `tiles level ${level}`),
      'tiles GB',
      'bundles GB',
      'hashes in a proof',
    ],
    rows: scoped.map(({ scope, cost: { log } }) => [
      scope.name,
      ...levels.map((level) => {
        const { full, partial } = log.levels[level] ?? { full: 0, partial: 0 };
        return full + Math.sign(partial);
      }),
      log.tileBytes / gigabyte,
      log.bundleBytes / gigabyte,
      log.proof,
    ]),
  };
}

function workTable(scoped: readonly Scoped[]): Table {
  return {
    title: 'Work at the rates measured above; hours are those of one core',
    columns: [
      'followed one by one',
      'events/s mean',
      'events/s busiest',
      'ledgers for that',
      'hash h',
      'examine h',
      'signatures h',
      'cores to verify in a day',
      'rebuild views h',
      'cores to rebuild in a day',
    ],
    rows: scoped.map(({ scope, cost }) => [
      scope.name,
      cost.average,
      cost.peak,
      cost.ledgers,
      cost.hashHours,
      cost.auditHours,
      cost.signatureHours,
      cost.verifyCores,
      cost.rebuildHours,
      cost.rebuildCores,
    ]),
    notes: [
      'assumed: trade on 250 days of 8 hours, at the busiest three times as fast; a ledger at half of what it can append',
      'rates are of the sample: examining and rebuilding get slower in a log that does not fit in memory',
    ],
  };
}

function countryTable(world: World, sample: Sample, rates: Rates, { scope, cost }: Scoped): Table {
  return {
    title: `A ledger for each country of mining, ${scope.name}`,
    columns: [
      'country',
      'share of carats %',
      'events',
      'events/s busiest',
      'ledger file GB',
      'verify h, one core',
    ],
    rows: world.countries.map(({ name, share }) => {
      const part = costOf(partOf(cost.load, share), sample, rates);
      return [
        name,
        share * 100,
        part.load.events,
        part.peak,
        part.ledgerBytes / gigabyte,
        part.auditHours + part.signatureHours,
      ];
    }),
    notes: ['assumed: a country has the same share of stones as of carats'],
  };
}

function millions(value: number): string {
  return (value / 1e6).toLocaleString('en-GB');
}
