import { questionOf } from '#apps/cli/as-known';
import { Failure } from '#apps/cli/failure';
import { inquire } from '#apps/cli/inquire';
import { lineageTold } from '#apps/cli/show/facts';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { lineageOf } from '#projections/lineage';

type Options = PlaceOptions & Readonly<{ validAt?: string; knownAt?: string }>;

export function lineageVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'lineage <id>',
    'what a stone or parcel came out of and what came out of it, with weights and yields',
    'lineage new-sun',
    'lineage dawn --valid-at 2024-01-01 --known-at 40 --json',
  );
  return withQuestion(withPlace(command, config)).action(async (id: string, options: Options) => {
    const question = questionOf(options);
    const { subject, ...lineage } = await inquire(read, options, terminal, id, question);
    if (options.json) {
      return terminal.data(json({ subject, asked: question ?? null, ...lineage }));
    }
    terminal.say(terminal.paint('bold', idOf(subject)) + askedOf(question));
    for (const line of lineageTold(lineage)) terminal.say(`  ${line}`);
  });
}

async function read(views: ViewReader, subject: string) {
  if (!/^(?:stone|parcel)-/.test(subject)) {
    throw new Failure('no-lineage', `${idOf(subject)} is neither a stone nor a parcel`);
  }
  const found = await lineageOf(views, subject);
  return found && { subject, ...found };
}
