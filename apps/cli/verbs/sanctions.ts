import { dayOf, questionOf } from '#apps/cli/as-known';
import { circumstancesOf, withCircumstances } from '#apps/cli/circumstances';
import type { CircumstanceOptions } from '#apps/cli/circumstances';
import { reading } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import { inquire } from '#apps/cli/inquire';
import { json } from '#apps/cli/show/json';
import { shipmentJson, shipmentLines } from '#apps/cli/show/shipment-verdict';
import { fullVerdict, judgedIn } from '#apps/cli/show/verdict';
import type { GoodsJudged } from '#apps/cli/show/verdict';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace } from '#apps/cli/verb';
import { listSanctions, withList } from '#apps/cli/verbs/sanctions-list';
import type { ListOptions } from '#apps/cli/verbs/sanctions-list';
import { idOf } from '#events/streams';
import { localDay } from '#libs/rulebook/clock';
import { counterpartyStatus, listsOf } from '#libs/rulebook/counterparty';
import { lawKnownAt } from '#libs/rulebook/evaluate';
import type { Circumstances, Facts } from '#libs/rulebook/facts';
import { judge } from '#libs/rulebook/judge';
import type { JudgeOptions } from '#libs/rulebook/judge';
import { askable } from '#libs/rulebook/rules-used';
import { standingsFor } from '#projections/dossier';
import type { Standing } from '#projections/dossier';
import { factsOf } from '#projections/way/facts';
import { rulesKnownAt, rulesOf } from '#projections/rulebooks';
import type { RulesFound, WhichRules } from '#projections/rulebooks';

type Options = PlaceOptions &
  CircumstanceOptions &
  ListOptions &
  Readonly<{
    jurisdiction: string;
    on?: string;
    validAt?: string;
    knownAt?: string;
    rules?: string;
  }>;

export function sanctionsVerb({ config, terminal }: Surroundings) {
  const known = askable;
  const command = verb(
    'sanctions [id]',
    'may goods, or all of a shipment, be imported, and why: rules, facts used, evidence missing, what was not checked',
    'sanctions new-sun --jurisdiction EU --on 2024-03-01',
    'sanctions --list --jurisdiction US --outcome PROHIBITED --owner alrosa',
    'sanctions shipment-kgk-2025-04 --jurisdiction EU,US',
  )
    .option('--jurisdiction <list>', `one or more of ${known.join(', ')}`, 'EU')
    .option(
      '--on <day>',
      'the day of import, YYYY-MM-DD (default: --valid-at, else today by its own clock)',
    )
    .option('--rules <version>', 'judge by that version of the rules (default: the one in use)')
    .option('--valid-at <day>', 'with what had happened by that day, YYYY-MM-DD')
    .option(
      '--known-at <day|position>',
      'with the facts and the rules the ledger knew then and, for a day, the law of then',
    );
  return withPlace(withList(withCircumstances(command)), config).action(
    async (id: string | undefined, options: Options) => {
      const { act, circumstances } = circumstancesOf(options);
      const question = questionOf(options);
      const said = options.on === undefined ? question?.validAt : dayOf('--on', options.on);
      const on = said ?? new Date().toISOString();
      const wanted = options.jurisdiction.split(',').map((each) => each.trim().toUpperCase());
      for (const each of wanted) {
        if (!known.includes(each)) throw usage(`no rules of “${each}”: one of ${known.join(', ')}`);
      }
      const isPlain = act === 'import' && Object.keys(circumstances).length === 0;
      if (options.list && (id !== undefined || !isPlain)) {
        throw usage(
          '--list judges imports of all goods for commerce: it takes no id, --act, --use, --procedure or --contract',
        );
      }
      if (options.list) return listSanctions(options, wanted, { on: said, question }, terminal);
      if (id === undefined) throw usage('sanctions of what? an id, or --list');
      const { outcome, owner, custodian, after } = options;
      if ([outcome, owner, custodian, after].some((each) => each !== undefined)) {
        throw usage('--outcome, --owner, --custodian and --after go with --list');
      }
      const { subject, goods } = await inquire(standingsFor, options, terminal, id, question);
      const rules = await rulesAsked(options, wanted, rulesKnownAt(question?.knownAt), terminal);
      const law = { ...lawKnownAt(question?.knownAt), act };
      const told = goods.map((each) => judged(each, wanted, rules, { on, circumstances, law }));
      const asked = { subject, asked: question ?? null, act };
      const [only] = told;
      const isShipment = subject.startsWith('shipment-');
      if (options.json && (isShipment || !only)) {
        return terminal.data(json({ ...asked, ...shipmentJson(told, wanted) }));
      }
      if (options.json && only) {
        const { setIn, facts, judgements, counterparties } = only;
        const beside = counterparties.flat();
        return terminal.data(json({ ...asked, setIn, facts, judgements, counterparties: beside }));
      }
      terminal.say(terminal.paint('bold', idOf(subject)) + askedOf(question));
      const { setIn = null } = only ?? {};
      if (!isShipment && setIn !== null) terminal.say(`  ${judgedIn(setIn)}`);
      const lines =
        isShipment || !only
          ? shipmentLines(told, wanted, terminal.paint)
          : only.judgements.flatMap((judgement, n) =>
              fullVerdict(judgement, only, only.counterparties[n] ?? [], terminal.paint),
            );
      for (const line of lines) terminal.say(line);
      return undefined;
    },
  );
}

/** The rules of each jurisdiction asked for, and those its lists of persons stand in. */
function rulesAsked(
  options: Options,
  wanted: readonly string[],
  asOf: WhichRules,
  terminal: Terminal,
): Promise<ReadonlyMap<string, RulesFound>> {
  const version = options.rules;
  return reading(options, terminal, async ({ views }) => {
    const found = new Map<string, RulesFound>();
    for (const each of new Set([...wanted, ...wanted.map(listsOf)])) {
      const one = version !== undefined && wanted.includes(each) ? { version } : asOf;
      found.set(each, await rulesOf(views, each, one));
    }
    return found;
  });
}

type Asked = Readonly<{ on: string; circumstances: Circumstances; law: JudgeOptions }>;

/** What each jurisdiction says of goods, and of those who have them. */
function judged(
  { subject, sanctions, dealings, names }: Standing,
  wanted: readonly string[],
  rules: ReadonlyMap<string, RulesFound>,
  { on, circumstances, law }: Asked,
): GoodsJudged {
  const judgements = wanted.map((each) =>
    judgeBy(rules.get(each), factsOf(sanctions.way, each, circumstances), each, on, law),
  );
  const counterparties = judgements.map(({ jurisdiction, day }) =>
    dealings.parties.map(({ party, as }) => ({
      ...counterpartyStatus(
        party,
        dealings.known,
        jurisdiction,
        day,
        rules.get(listsOf(jurisdiction)),
      ),
      as,
    })),
  );
  const facts = factsOf(sanctions.way, wanted[0] ?? 'EU', circumstances);
  return { subject, setIn: sanctions.setIn, facts, judgements, counterparties, names };
}

function judgeBy(
  rules: RulesFound | undefined,
  facts: Facts,
  jurisdiction: string,
  on: string,
  law: JudgeOptions,
) {
  if (!rules) throw new RangeError(`no rules of ${jurisdiction}`);
  return judge(facts, jurisdiction, localDay(rules.jurisdiction.clock, on), { ...law, rules });
}
