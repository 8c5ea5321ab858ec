import { randomOf } from '#apps/cli/generate/random';
import type { Random } from '#apps/cli/generate/random';
import { goal, machine, median } from '#apps/cli/bench/report';
import type { Report, Run } from '#apps/cli/bench/report';
import { reevaluate, rulesChanged } from '#apps/cli/bench/rules-change';
import { dayAfter } from '#libs/reference/calendar';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { EvidenceKind, Facts } from '#libs/rulebook/facts';
import { ruleBook } from '#libs/rulebook/rule-book';

export type RulesBenchOptions = Readonly<{
  seed: string;
  runs: number;
  /** Different goods judged in turn. */
  goods: number;
  /** Verdicts in one run. */
  verdicts: number;
  /** Goods kept in views, judged anew in every jurisdiction after a change of the rules: once. */
  stones: number;
  onProgress: (what: string) => void;
}>;

const defaults: RulesBenchOptions = {
  seed: 'new-sun',
  runs: 5,
  goods: 10_000,
  verdicts: 400_000,
  stones: 1_000_000,
  onProgress: () => undefined,
};

type Question = Readonly<{ facts: Facts; jurisdiction: string; day: string }>;

/**
 * Whole verdicts (reasons, exceptions, papers missing) on one thread: made-up goods of all codes
 * and origins, on days from 2022 to 2027, in every jurisdiction in turn.
 */
export async function benchRules(options: Partial<RulesBenchOptions> = {}): Promise<Report> {
  const { seed, runs, goods, verdicts, stones, onProgress } = { ...defaults, ...options };
  const questions = questionsOf(randomOf(seed), goods);
  const rates = new Map<string, Run[]>();
  const { jurisdictions, version } = ruleBook();
  const arms = ['all jurisdictions', ...jurisdictions.map(({ id }) => id)];
  for (let round = 0; round < runs; round++) {
    onProgress(`round ${round + 1} of ${runs}`);
    for (const arm of arms) {
      const asked = questions.filter(({ jurisdiction }) => arm === arms[0] || jurisdiction === arm);
      const count = arm === arms[0] ? verdicts : Math.ceil(verdicts / jurisdictions.length);
      rates.set(arm, [...(rates.get(arm) ?? []), judge(asked, count)]);
    }
  }
  onProgress(`keeping ${stones} stones, and changing the rules`);
  const changed = await reevaluate(seed, stones);
  const slowest = Math.max(...rulesChanged.map((each) => changed[each].extra?.['seconds'] ?? 0));
  const rate = median((rates.get('all jurisdictions') ?? []).map(({ perSecond }) => perSecond));
  return {
    bench: 'rules',
    at: new Date().toISOString(),
    machine: machine(),
    seed,
    settings: { 'rule book': version, goods, verdicts, stones },
    arms: [
      ...[...rates].map(([name, each]) => ({
        name,
        log: `${goods} goods`,
        runs: each,
        notes: [cpuNote(each)],
      })),
      ...rulesChanged.map((each) => ({
        name: `stones in all jurisdictions after other ${each} were adopted`,
        log: `${stones} stones`,
        runs: [changed[each]],
        notes: changeNotes(changed[each]),
      })),
    ],
    goals: [
      goal('verdicts a second on one core', 'at least 200,000', rate, rate >= 200_000, ''),
      goal(
        'stones judged anew in all jurisdictions, seconds per 1,000,000',
        'at most 60',
        (slowest * 1_000_000) / stones,
        (slowest * 1_000_000) / stones <= 60,
        '',
      ),
    ],
  };
}

function judge(questions: readonly Question[], count: number): Run {
  let reasons = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let n = 0; n < count; n++) {
    const { facts, jurisdiction, day } = questions[n % questions.length] ?? noQuestion();
    reasons += evaluate(facts, jurisdiction, day, 'import').reasons.length;
  }
  const perSecond = count / ((performance.now() - began) / 1000);
  const { user, system } = process.cpuUsage(cpu);
  const perCpuSecond = count / ((user + system) / 1e6);
  return { events: count, perSecond, extra: { reasons, perCpuSecond } };
}

function changeNotes({ extra = {} }: Run): readonly string[] {
  const { seconds = 0, cpu = 0, peakMb = 0, kinds = 0 } = extra;
  return [
    `${seconds.toFixed(1)} s, of processor time ${cpu.toFixed(1)} s; ${kinds} kinds of goods`,
    `memory of the process at its peak: ${Math.round(peakMb)} MB`,
  ];
}

/** Tells a slow rule book from a machine whose cores others held meanwhile. */
function cpuNote(runs: readonly Run[]): string {
  const rate = median(runs.map(({ extra }) => extra?.['perCpuSecond'] ?? Number.NaN));
  return `${Math.round(rate).toLocaleString('en-GB')} per second of processor time`;
}

function noQuestion(): never {
  throw new Error('there is nothing to judge');
}

const codes = ['710210', '710231', '710239', '710239', '710239', '710491', '7113'] as const;
const origins = [['RU'], ['BW'], ['CA', 'BW'], ['RU', 'AO'], ['BW', 'ZZ'], null] as const;
const papers: readonly EvidenceKind[] = [
  'kimberley-single',
  'documentary-evidence',
  'location-proof',
  'us-statement-loose',
];

function questionsOf(random: Random, goods: number): readonly Question[] {
  const ids = ruleBook().jurisdictions.map(({ id }) => id);
  const days = ['2022-01-01'];
  while (days.length < 6 * 365) days.push(dayAfter(days.at(-1) ?? ''));
  return Array.from({ length: goods }, (_, n) => ({
    facts: factsOf(random),
    jurisdiction: ids[n % ids.length] ?? 'EU',
    day: random.pick(days),
  }));
}

function factsOf(random: Random): Facts {
  const hs = random.pick(codes);
  const mct = random.int(10, 3000);
  const isRough = hs === '710210' || hs === '710231';
  return {
    ...nothingElseKnown,
    hs,
    material: hs === '710491' ? 'synthetic' : 'natural',
    stoneMct: { min: mct, max: mct },
    minedIn: random.pick<Facts['minedIn']>(origins),
    processing: isRough
      ? { state: 'unprocessed' }
      : { state: 'processed', in: random.pick(['IN', 'RU', 'BE', 'BY']) },
    shippedFrom: random.pick(['IN', 'AE', 'RU', 'BE']),
    inThirdCountrySince: random.pick<string | null>([null, '2023-05-01', '2024-05-01']),
    evidence: papers
      .filter(() => random.int(0, 1) === 1)
      .map((kind) => ({ kind, validFrom: null, validTo: null })),
  };
}
