import type { Question } from '#libs/views/as-known';
import { questionOf } from '#apps/cli/as-known';
import { today } from '#apps/cli/data-place';
import { inquire } from '#apps/cli/inquire';
import { facts } from '#apps/cli/show/facts';
import { json } from '#apps/cli/show/json';
import { notAdvice, verdictLine } from '#apps/cli/show/verdict';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { askedOf, verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf } from '#events/streams';
import { judge } from '#libs/rulebook/judge';

type Options = PlaceOptions & Readonly<{ validAt?: string; knownAt?: string }>;

export function stateVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'state <id>',
    'who owns and who holds a stone or parcel, where it was mined, what it came out of',
    'state new-sun',
    'state new-sun --known-at 40 --json',
  );
  return withQuestion(withPlace(command, config)).action(async (id: string, options: Options) => {
    const question: Question | undefined = questionOf(options);
    const dossier = await inquire(options, terminal, id, question);
    const { subject, sanctions } = dossier;
    const day = question?.validAt ?? today();
    const verdict = sanctions ? judge(sanctions.facts, 'EU', day) : null;
    if (options.json) {
      const { steps: _, ...state } = dossier;
      return terminal.data(json({ asked: question ?? null, ...state, verdict }));
    }
    terminal.say(terminal.paint('bold', idOf(subject)) + askedOf(question));
    for (const line of facts(dossier)) terminal.say(line);
    if (!verdict) return;
    terminal.say(verdictLine(verdict, `EU, ${day}`, terminal.paint));
    terminal.say(`  ${notAdvice} All of it: adamant sanctions ${idOf(subject)} --on ${day}`);
  });
}
