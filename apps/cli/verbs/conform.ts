import { conform, conformSuites } from '#apps/cli/conform/conform';
import { usage } from '#apps/cli/failure';
import { linesOf } from '#apps/cli/lines';
import type { Surroundings } from '#apps/cli/verb';
import { verb } from '#apps/cli/verb';

/**
 * Answers are JSON Lines whatever is asked for; each is written before the next line is read. Blank
 * lines ask nothing. The exit code is 1 once a line could not be read or judged.
 */
export function conformVerb({ terminal }: Surroundings) {
  return verb(
    'conform <suite>',
    `JSON Lines in, JSON Lines out, for outside test suites: ${conformSuites.join(', ')}`,
    'conform rulebook < cases.jsonl > answers.jsonl',
  ).action(async (suite: string) => {
    const answer = conform(suite);
    if (!answer) throw usage(`no suite “${suite}”: one of ${conformSuites.join(', ')}`);
    let line = 0;
    for await (const text of linesOf(process.stdin)) {
      line += 1;
      if (text?.trim() === '') continue;
      const found = answer(text, line);
      if (found.error !== undefined) process.exitCode = 1;
      terminal.data(JSON.stringify(found));
    }
  });
}
