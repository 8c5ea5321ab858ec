import { readConfig } from '#apps/cli/config';
import { runIn } from '#apps/cli/program';
import { plain } from '#apps/cli/terminal';

/** Runs a command line in this process, with an environment and an exit code of its own. */
export async function runCli(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Readonly<{ code: number; out: string; err: readonly string[] }>> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    say: (text: string) => void out.push(text),
    data: (text: string) => void out.push(text),
    note: (text: string) => void err.push(text),
    paint: plain,
    progress: () => ({ at: () => undefined, end: () => undefined }),
  };
  const before = process.exitCode;
  process.exitCode = undefined;
  const code = await runIn(words, { config: readConfig(variables), terminal });
  process.exitCode = before;
  return { code, out: out.join('\n'), err };
}
