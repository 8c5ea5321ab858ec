import type { Question } from '#libs/views/as-known';
import { questionOf } from '#apps/cli/as-known';
import { reading, today } from '#apps/cli/data-place';
import { inquire } from '#apps/cli/inquire';
import { facts, itemFacts } from '#apps/cli/show/facts';
import { json } from '#apps/cli/show/json';
import { paperTold } from '#apps/cli/show/paper';
import { counterpartyLine, listed, notAdvice, verdictLine } from '#apps/cli/show/verdict';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf } from '#events/streams';
import { counterpartyStatus } from '#libs/rulebook/counterparty';
import { lawKnownAt } from '#libs/rulebook/evaluate';
import { judge } from '#libs/rulebook/judge';
import type { ViewReader } from '#libs/views/views';
import { dossierOf, goodsSaid } from '#projections/dossier';
import type { Dossier } from '#projections/dossier';
import { paperFileOf } from '#projections/paper-file';
import { rulesKnownAt, rulesOf } from '#projections/rulebooks';

type Options = PlaceOptions & Readonly<{ validAt?: string; knownAt?: string }>;

export function stateVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'state <id>',
    'who owns and who holds a stone or parcel, where it was mined, what it came out of; how a piece of jewellery or a paper stands',
    'state new-sun',
    'state new-sun --known-at 40 --json',
    'state certificate-ru0012345 --valid-at 2025-04-30',
  );
  return withQuestion(withPlace(command, config)).action(async (id: string, options: Options) => {
    const question: Question | undefined = questionOf(options);
    const day = question?.validAt ?? today();
    const read = (views: ViewReader, of: string) => fileOf(views, of, day);
    const dossier = await inquire(read, options, terminal, id, question);
    if ('row' in dossier) return tell(terminal, dossier, options, question);
    const { subject, sanctions, names } = dossier;
    const asOf = rulesKnownAt(question?.knownAt);
    const rules = await reading(options, terminal, ({ views }) => rulesOf(views, 'EU', asOf));
    const law = { ...lawKnownAt(question?.knownAt), rules };
    const verdict = sanctions ? judge(sanctions.facts, 'EU', day, law) : null;
    const counterparties = dossier.dealings.parties.map(({ party, as }) => ({
      ...counterpartyStatus(party, dossier.dealings.known, 'EU', day, rules),
      as,
    }));
    if (options.json) {
      const { steps: _, ...state } = dossier;
      return terminal.data(json({ asked: question ?? null, ...state, verdict, counterparties }));
    }
    terminal.say(terminal.paint('bold', idOf(subject)) + askedOf(question));
    for (const line of facts(dossier)) terminal.say(line);
    if (!verdict) return;
    terminal.say(verdictLine(verdict, `EU, ${day}`, terminal.paint));
    for (const line of listed(
      'Counterparties',
      counterparties.map((each) => counterpartyLine(each, names, terminal.paint)),
    )) {
      terminal.say(line);
    }
    terminal.say(`  ${notAdvice} All of it: adamant sanctions ${idOf(subject)} --on ${day}`);
  });
}

async function fileOf(views: ViewReader, subject: string, day: string) {
  const dossier = await dossierOf(views, subject);
  if (dossier) return dossier;
  const file = await paperFileOf(views, subject, day);
  const said = file && (await goodsSaid(views, subject));
  return file && { ...file, item: said && 'item' in said ? said : null };
}

type Paper = Exclude<NonNullable<Awaited<ReturnType<typeof fileOf>>>, Dossier>;

function tell(
  terminal: Terminal,
  { subject, row, item }: Paper,
  { json: asJson }: Options,
  question: Question | undefined,
): void {
  if (asJson) return terminal.data(json({ asked: question ?? null, subject, ...row }));
  terminal.say(terminal.paint('bold', subject) + askedOf(question));
  for (const line of item ? itemFacts(item) : paperTold(row)) terminal.say(line);
}
