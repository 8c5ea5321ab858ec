import { stories } from '#apps/cli/demo/stories';
import type { Story } from '#apps/cli/demo/story';
import { facts } from '#apps/cli/show/facts';
import { timeline } from '#apps/cli/show/timeline';
import { notAdvice, verdictLine } from '#apps/cli/show/verdict';
import type { Paint } from '#apps/cli/terminal';
import type { When } from '#events/event';
import { idOf, stoneStream } from '#events/streams';
import { daysOf } from '#libs/decider/when';
import { shownWhen } from '#libs/documents/words';
import type { Judgement } from '#libs/rulebook/judge';
import { judge } from '#libs/rulebook/judge';
import type { ViewReader } from '#libs/views/views';
import type { Dossier } from '#projections/dossier';
import { dossierOf } from '#projections/dossier';

/** A story as the views tell it, with the EU's verdict today and around its three stages. */
export type Told = Readonly<{
  story: Story;
  dossier: Dossier;
  judgements: readonly Readonly<{ label: string; judgement: Judgement }>[];
}>;

const stageDays = ['2024-02-29', '2024-03-01', '2024-09-01'];

export async function tell(views: ViewReader, today: string): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const story of stories) {
    const dossier = await dossierOf(views, stoneStream(story.hero));
    if (!dossier?.sanctions) throw new RangeError(`the views lack ${story.hero}`);
    const goods = dossier.sanctions.facts;
    const judgements = [today, ...stageDays].map((day, n) => ({
      label: n === 0 ? `today, ${day}` : day,
      judgement: judge(goods, 'EU', day),
    }));
    told.push({ story, dossier, judgements });
  }
  return told;
}

/** The whole demonstration, line by line. */
export function demoText(told: readonly Told[], paint: Paint): readonly string[] {
  return [
    paint('bold', 'Seven notable stones, replayed from an event-sourced ledger'),
    'Public facts stay as they are known: bounds are bounds, dates as precise as they are public.',
    `${paint('yellow', '~')} marks a step, or its date, that is not public knowledge and is made up to be told.`,
    '',
    ...told.flatMap((each, n) => [...storyText(each, n + 1, paint), '']),
    ...closing(paint),
  ];
}

function storyText(
  { story, dossier, judgements }: Told,
  n: number,
  paint: Paint,
): readonly string[] {
  const { names } = dossier.card;
  const others = names.filter((name) => name !== story.title);
  const also = others.length === 0 ? '' : ` (${others.join(', ')})`;
  return [
    paint('bold', `${n}. ${story.title}${also}`) + ` · ${idOf(dossier.subject)}`,
    ...timeline(dossier.steps, dossier.names, paint),
    '',
    ...facts(dossier),
    '  Import into the EU, with the facts known today:',
    ...judgements.map(({ label, judgement }) => {
      const early = notYet(dossier, judgement.day);
      return `${verdictLine(judgement, label, paint)}${early}`;
    }),
  ];
}

/** A law can be asked about a day before the stone was what it is. */
function notYet({ steps, subject }: Dossier, day: string): string {
  const began: When | undefined = steps.find((step) => step.subject === subject)?.at;
  if (!began || daysOf(began).first <= day) return '';
  return ` (it is there only since ${shownWhen(began)})`;
}

function closing(paint: Paint): readonly string[] {
  return [
    paint('bold', 'What Adamant does not claim'),
    'Integrity is not truth: the ledger proves who asserted what, when and on which evidence, and that',
    `it is unchanged since. It does not prove that a mine was named honestly. ${notAdvice}`,
  ];
}

/** What to try next with the ledger that was made: in a folder, or where LEDGER_URL says. */
export function nextCommands(data: string | undefined): readonly string[] {
  const place = data === undefined ? '' : ` --data ${quoted(data)}`;
  return [
    'history new-sun',
    'state firebird --valid-at 2018-12-31',
    'sanctions new-sun --on 2024-03-01',
    'find Рассвет',
    'serve',
  ].map((command) => `  npx adamant ${command}${place}`);
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** The same for machines. */
export function demoJson(told: readonly Told[]): readonly unknown[] {
  return told.map(({ story, dossier, judgements }) => ({
    stone: story.hero,
    notable: story.notable,
    name: story.title,
    ...dossier,
    verdicts: judgements.map(({ judgement }) => judgement),
  }));
}
