import { dayOf, questionOf } from '#apps/cli/as-known';
import { circumstancesOf, withCircumstances } from '#apps/cli/circumstances';
import type { CircumstanceOptions } from '#apps/cli/circumstances';
import { reading } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import { inquire } from '#apps/cli/inquire';
import { json } from '#apps/cli/show/json';
import { fullVerdict } from '#apps/cli/show/verdict';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace } from '#apps/cli/verb';
import { listSanctions, withList } from '#apps/cli/verbs/sanctions-list';
import type { ListOptions } from '#apps/cli/verbs/sanctions-list';
import { idOf } from '#events/streams';
import { localDay } from '#libs/rulebook/clock';
import { counterpartyStatus, listsOf } from '#libs/rulebook/counterparty';
import { lawKnownAt } from '#libs/rulebook/evaluate';
import type { Facts } from '#libs/rulebook/facts';
import { judge } from '#libs/rulebook/judge';
import type { JudgeOptions } from '#libs/rulebook/judge';
import { ruleBook } from '#libs/rulebook/rule-book';
import { standingFor } from '#projections/dossier';
import { factsOf } from '#projections/facts';
import { rulesKnownAt, rulesOf } from '#projections/rulebooks';
import type { RulesFound } from '#projections/rulebooks';

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
  const known = ruleBook().jurisdictions.map(({ id }) => id);
  const command = verb(
    'sanctions [id]',
    'may the goods be imported, and why: rules, facts used, evidence missing, what was not checked',
    'sanctions new-sun --jurisdiction EU --on 2024-03-01',
    'sanctions --list --jurisdiction US --outcome PROHIBITED --owner alrosa',
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
      const isOther = question ?? options.rules ?? (act === 'import' ? undefined : act);
      const isNow = isOther === undefined && Object.keys(circumstances).length === 0;
      if (options.list && (id !== undefined || !isNow)) {
        throw usage('--list is of importing all goods now: it goes with --on and its own options');
      }
      if (options.list) return listSanctions(options, wanted, options.on, terminal);
      if (id === undefined) throw usage('sanctions of what? an id, or --list');
      const { subject, sanctions, dealings, names } = await inquire(
        standingFor,
        options,
        terminal,
        id,
        question,
      );
      const law = lawKnownAt(question?.knownAt);
      const version = options.rules;
      const asOf = rulesKnownAt(question?.knownAt);
      const rules = await reading(options, terminal, async ({ views }) => {
        const found = new Map<string, RulesFound>();
        for (const each of new Set([...wanted, ...wanted.map(listsOf)])) {
          const one = version !== undefined && wanted.includes(each) ? { version } : asOf;
          found.set(each, await rulesOf(views, each, one));
        }
        return found;
      });
      const judgements = wanted.map((each) =>
        judgeBy(rules.get(each), factsOf(sanctions.way, each, circumstances), each, on, {
          ...law,
          act,
        }),
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
      if (options.json) {
        const facts = factsOf(sanctions.way, wanted[0] ?? 'EU', circumstances);
        return terminal.data(
          json({
            subject,
            asked: question ?? null,
            act,
            facts,
            judgements,
            counterparties: counterparties.flat(),
          }),
        );
      }
      terminal.say(terminal.paint('bold', idOf(subject)) + askedOf(question));
      judgements.forEach((judgement, n) => {
        const beside = counterparties[n] ?? [];
        for (const line of fullVerdict(judgement, beside, names, terminal.paint))
          terminal.say(line);
      });
    },
  );
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
