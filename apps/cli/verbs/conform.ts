import { createInterface } from 'node:readline';
import { conform, conformSuites } from '#apps/cli/conform/conform';
import { usage } from '#apps/cli/failure';
import type { Surroundings } from '#apps/cli/verb';
import { verb } from '#apps/cli/verb';

/** Answers are JSON Lines whatever is asked for; each is written before the next line is read. */
export function conformVerb({ terminal }: Surroundings) {
  return verb(
    'conform <suite>',
    `JSON Lines in, JSON Lines out, for outside test suites: ${conformSuites.join(', ')}`,
    'conform rulebook < cases.jsonl > answers.jsonl',
  ).action(async (suite: string) => {
    const answer = conform(suite);
    if (!answer) throw usage(`no suite “${suite}”: one of ${conformSuites.join(', ')}`);
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line.trim() !== '') terminal.data(answer(line));
    }
  });
}
