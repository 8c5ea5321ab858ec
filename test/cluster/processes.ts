import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process of ours that runs until it is killed; `url` is where it listens. */
export type Process = Readonly<{
  url: string;
  kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Everything it said so far, for the message of a test that fails. */
  said: () => string;
}>;

const programs = {
  service: fileURLToPath(new URL('../../dist/apps/ledger/main.js', import.meta.url)),
  eventStore: fileURLToPath(new URL('../../dist/apps/stand-in/main.js', import.meta.url)),
};

/** Starts a built program and waits until it says where it listens. */
export async function start(
  program: keyof typeof programs,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Process> {
  const child = spawn(process.execPath, [programs[program], ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: variables,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const [, found] = /"url":"([^"]+)"/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the ${program} ended: ${lines.join('\n')}`)));
  });
  return {
    url,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
    said: () => lines.join('\n'),
  };
}
