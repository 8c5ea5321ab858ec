import type { Command } from 'commander';
import { countOf } from '#apps/cli/count';
import { reading, today } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import { notAdvice, outcomeShown } from '#apps/cli/show/verdict';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions } from '#apps/cli/verb';
import { askedOf } from '#apps/cli/verb';
import { idOf, partyStream } from '#events/streams';
import type { CounterpartyStatus } from '#libs/rulebook/counterparty';
import { lawKnownAt } from '#libs/rulebook/evaluate';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { severity } from '#libs/rulebook/verdict';
import type { Outcome } from '#libs/rulebook/verdict';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import { listedAt, viewsAt } from '#libs/views/as-known';
import type { ViewReader } from '#libs/views/views';
import { holdersOn, statusesOf } from '#projections/counterparties';
import { refuseUnknown } from '#projections/parties';
import { ofSingleThings } from '#projections/projections';
import { listsBeside, rulesKnownAt, rulesOf } from '#projections/rulebooks';
import { goesOnAt, sanctionsPage } from '#projections/sanctions-list';
import type { SanctionsListed, SanctionsPage, WhichSanctions } from '#projections/sanctions-list';
import { foldedForSanctions, sanctionsPageThen } from '#projections/sanctions-then';

export type ListOptions = Readonly<{
  list?: true;
  outcome?: string;
  owner?: string;
  custodian?: string;
  limit: string;
  after?: string;
  rules?: string;
}>;

/** Adds the list of all goods, and what narrows it. */
export function withList(command: Command): Command {
  return command
    .option('--list', 'all goods that are there and the verdict on each')
    .option('--outcome <outcome>', 'with --list: PROHIBITED, UNDETERMINED, REQUIRES_EVIDENCE …')
    .option('--owner <party>', 'with --list: what that party owns')
    .option('--custodian <party>', 'with --list: what that party holds')
    .option('--limit <n>', 'with --list: at most so many', '1000')
    .option('--after <place>', 'with --list: go on where it ended');
}

const outcomes = Object.keys(severity) as readonly Outcome[];
const mostListed = 1_000_000;
const perPage = 500;

/** Prints the verdicts on all goods that are asked for, up to a limit, and where to go on. */
export async function listSanctions(
  options: PlaceOptions & ListOptions,
  jurisdictions: readonly string[],
  { on, question }: Readonly<{ on: string | undefined; question: Question | undefined }>,
  terminal: Terminal,
): Promise<void> {
  const [jurisdiction, ...more] = jurisdictions;
  if (jurisdiction === undefined || more.length > 0) throw usage('--list takes one --jurisdiction');
  const { outcome: wanted, owner, custodian, after } = options;
  const outcome = outcomes.find((each) => each === wanted?.toUpperCase());
  if (wanted !== undefined && !outcome) {
    throw usage(`no outcome “${wanted}”: one of ${outcomes.join(', ')}`);
  }
  if (!goesOnAt(after, question === undefined)) {
    throw usage('--after takes what --list told of the same times');
  }
  const limit = countOf('--limit', options.limit, mostListed);
  const now = new Date().toISOString();
  const which = { jurisdiction, now, on, outcome, owner, custodian, after, limit };
  const found = await pagesOf(options, which, options.rules, question, terminal);
  if (options.json) {
    return terminal.data(json({ asked: question ?? null, ...found }));
  }
  for (const item of found.items) terminal.say(lineOf(item, terminal));
  for (const { party, outcome: said, rule, citation } of found.counterparties) {
    terminal.say(
      `Counterparty ${party}: ${outcomeShown(said, terminal.paint)} ${rule}, ${citation}`,
    );
  }
  const coming = found.coming === null ? '' : `, ${found.coming} coming`;
  const { day, ruleBookVersion, items, next } = found;
  terminal.say(
    `${items.length} goods for ${jurisdiction} on ${day}, rules ${ruleBookVersion}${coming}${askedOf(question)}`,
  );
  if (next !== null) terminal.say(`there are more: --after ${next}`);
  terminal.say(notAdvice);
}

type Listed = SanctionsPage & Readonly<{ counterparties: readonly CounterpartyStatus[] }>;

/** Pages put together, up to the limit, and beside them who owns and who holds what is listed. */
async function pagesOf(
  place: PlaceOptions,
  which: WhichSanctions,
  version: string | undefined,
  question: Question | undefined,
  terminal: Terminal,
): Promise<Listed> {
  return reading(
    place,
    terminal,
    async ({ store, views }) => {
      const { owner, custodian } = which;
      await refuseUnknown(views, { owner, custodian });
      const named = version === undefined ? undefined : { version };
      const rules = named && (await rulesOf(views, which.jurisdiction, named));
      const asked = { ...which, rules };
      const pageOf = question ? await thenIn(store, views, question, rules) : sanctionsPage;
      let page = await pageOf(views, { ...asked, limit: Math.min(which.limit, perPage) });
      const items = [...page.items];
      while (page.next !== null && items.length < which.limit) {
        const limit = Math.min(which.limit - items.length, perPage);
        page = await pageOf(views, { ...asked, after: page.next, limit });
        items.push(...page.items);
      }
      const { jurisdiction, day } = page;
      const parties = holdersOn(items);
      const streams = parties.map(partyStream);
      const known = question
        ? await viewsAt(store, ofSingleThings, streams, question, today())
        : views;
      const asKnown = rulesKnownAt(question?.knownAt);
      const used = rules ?? (await rulesOf(views, jurisdiction, asKnown));
      const lists = await listsBeside(views, used, asKnown);
      const counterparties = await statusesOf(known, parties, jurisdiction, day, lists);
      return { ...page, items, counterparties };
    },
    question,
  );

  async function thenIn(
    store: EventStore,
    views: ViewReader,
    asked: Question,
    rules: RulesUsed | undefined,
  ) {
    const then = {
      readerFor: (subjects: readonly string[]) =>
        listedAt(store, foldedForSanctions, subjects, asked, today()),
      rules: rules ?? (await rulesOf(views, which.jurisdiction, rulesKnownAt(asked.knownAt))),
      law: lawKnownAt(asked.knownAt),
    };
    return (now: ViewReader, page: WhichSanctions) => sanctionsPageThen(now, page, then);
  }
}

/** `new-sun             PROHIBITED        EU-R2, Art. 3p(1); of alrosa, with malca-amit` */
function lineOf(
  { subject, setIn, owner, custodian, outcome, rule, citation, nextChangeOn }: SanctionsListed,
  { paint }: Terminal,
): string {
  const change = nextChangeOn === null ? '' : `; may change on ${nextChangeOn}`;
  const whose =
    custodian === null
      ? 'sold to a consumer'
      : `of ${owner ?? 'no sole known owner'}, with ${custodian}`;
  const set = setIn === null ? '' : `; set in ${setIn}, judged as that`;
  return `${idOf(subject).padEnd(24)} ${outcomeShown(outcome, paint)} ${rule}, ${citation}; ${whose}${set}${change}`;
}
