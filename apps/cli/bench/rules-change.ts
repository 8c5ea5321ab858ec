import { randomOf } from '#apps/cli/generate/random';
import type { Random } from '#apps/cli/generate/random';
import type { Run } from '#apps/cli/bench/report';
import { judge } from '#libs/rulebook/judge';
import { ruleBook } from '#libs/rulebook/rule-book';
import { adoptedRules } from '#libs/rulebook/rules-used';
import { factsOf } from '#projections/facts';
import type { Way } from '#projections/way';

/**
 * Judges `stones` kept rows anew by newly adopted rules of every jurisdiction, as a list does: each row
 * is read from its JSON, told to each jurisdiction and judged on one day. Reading the rows from a
 * database is not part of it. Memory is bounded by one row.
 */
export function reevaluate(seed: string, stones: number, day: string): Run {
  const rules = ruleBook().jurisdictions.map((jurisdiction) => ({
    version: 'adopted',
    jurisdiction: adoptedRules(`bench ${seed} ${jurisdiction.id}`, structuredClone(jurisdiction)),
  }));
  const random = randomOf(seed);
  const rows = Array.from({ length: 1_000 }, () => JSON.stringify(wayOf(random)));
  let clear = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let n = 0; n < stones; n++) {
    const way = JSON.parse(rows[n % rows.length] ?? '') as Way;
    for (const used of rules) {
      const { id } = used.jurisdiction;
      if (judge(factsOf(way, id), id, day, { rules: used }).outcome === 'CLEAR') clear += 1;
    }
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const perCpuSecond = stones / ((user + system) / 1e6);
  const { heapUsed } = process.memoryUsage();
  const perSecond = stones / seconds;
  return { events: stones, perSecond, extra: { clear, perCpuSecond, heapMb: heapUsed / 2 ** 20 } };
}

function wayOf(random: Random): Way {
  const mct = random.int(10, 3_000);
  const country = random.pick(['IN', 'AE', 'RU', 'BE']);
  const made = random.pick(['IN', 'RU', 'BE', 'BY']);
  const isRough = random.int(0, 2) === 0;
  return {
    form: isRough ? 'rough' : 'polished',
    hs: null,
    madeThere: null,
    first: null,
    grownIn: null,
    grownParts: {},
    each: null,
    parts: [],
    madeOn: null,
    setIn: null,
    worked: random.pick([[], [], ['RU']]),
    weight: { mct, qualifier: 'eq', basis: 'weighed' },
    mined: random.pick([['RU'], ['BW'], ['BW', 'CA'], ['AO', 'RU'], ['BW', 'ZZ'], ['ZZ']]),
    country,
    isThere: true,
    transited: random.pick([[], ['AE'], ['RU']]),
    leftRussiaOn: null,
    since: country === 'RU' ? {} : { [country]: random.pick(['2023-05-01', '2024-05-01']) },
    papers: random.pick<Way['papers']>([
      [],
      [
        {
          evidenceNo: 'EV-1',
          paper: { kind: 'supplier-declaration', supplier: 'KGK' },
          validFrom: null,
          validTo: null,
        },
      ],
    ]),
    kimberleyRefused: false,
    makingIn: null,
    processing: isRough
      ? { state: 'unprocessed' }
      : { state: 'processed', in: made, operation: 'polished' },
  };
}
