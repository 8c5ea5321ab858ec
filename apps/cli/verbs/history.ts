import { today } from '#apps/cli/data-place';
import { questionOf } from '#apps/cli/as-known';
import { inquire } from '#apps/cli/inquire';
import { json } from '#apps/cli/show/json';
import { timeline } from '#apps/cli/show/timeline';
import type { Question } from '#libs/views/as-known';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf } from '#events/streams';
import { daysOf } from '#libs/decider/when';
import type { ViewReader } from '#libs/views/views';
import { dossierOf } from '#projections/dossier';
import { paperFileOf } from '#projections/paper-file';

type Options = PlaceOptions & Readonly<{ validAt?: string; knownAt?: string }>;

export function historyVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'history <id>',
    'replay a stone or parcel from the mine on, a piece of jewellery or a paper; ID is any identifier it ever bore',
    'history new-sun',
    'history new-sun --valid-at 2024-03-01',
    'history certificate-ru0012345 --known-at 2025-06-01',
  );
  return withQuestion(withPlace(command, config)).action(async (id: string, options: Options) => {
    const question: Question | undefined = questionOf(options);
    const told = await inquire(read, options, terminal, id, question);
    const { subject, steps, names } = told;
    if (options.json)
      return terminal.data(json({ subject, asked: question ?? null, steps, names }));
    const borne = 'card' in told ? told.card.names : [];
    const called = borne.length === 0 ? '' : ` (${borne.join(', ')})`;
    terminal.say(terminal.paint('bold', `${idOf(subject)}${called}`) + askedOf(question));
    for (const line of timeline(steps, names, terminal.paint)) terminal.say(line);
    const { validAt } = question ?? {};
    const unsure = steps.filter(({ at }) => validAt !== undefined && daysOf(at).last > validAt);
    if (unsure.length > 0) {
      terminal.say(
        `${unsure.length} of these are dated by month or year only: perhaps later than ${validAt}`,
      );
    }
    if (steps.some(({ illustrative }) => illustrative === 1)) {
      terminal.say('~ illustrative: not public knowledge, made up or dated by a bound');
    }
  });
}

async function read(views: ViewReader, subject: string) {
  return (await dossierOf(views, subject)) ?? paperFileOf(views, subject, today());
}
