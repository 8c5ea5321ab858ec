import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * When to kill: `ms` after the process was started, or after so many lines of its output, but
 * `atLatest` ms after it said that it is at work.
 */
export type Moment = Readonly<{ after: 'start' | number; ms: number; atLatest?: number }>;

const files = {
  corrector: import.meta.resolve('#test/crash/corrector'),
  copier: import.meta.resolve('#test/crash/copier'),
  appender: import.meta.resolve('#test/crash/appender'),
  projector: import.meta.resolve('#test/crash/projector'),
};

/**
 * Runs a file of test/crash/, kills it with SIGKILL at the moment and answers the lines it printed
 * until then. `cache` is a folder for compiled code, to start sooner. Throws when it ended before
 * by itself.
 */
export async function runAndKill(
  name: keyof typeof files,
  args: readonly string[],
  { after, ms, atLatest }: Moment,
  cache: string,
): Promise<readonly string[]> {
  const file = fileURLToPath(files[name]);
  const child = spawn(process.execPath, ['--conditions=source', file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => resolve(signal));
  });
  const lines: string[] = [];
  let rest = '';
  let complaint = '';
  reached('start');
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const [last = '', ...whole] = (rest + text).split('\n').reverse();
    rest = last;
    for (const line of whole.reverse()) {
      if (line !== 'ready') reached(lines.push(line));
      else if (atLatest !== undefined) killIn(atLatest);
    }
  });
  if ((await ended) !== 'SIGKILL') throw new Error(`${name} ended by itself: ${complaint}`);
  return lines;

  function reached(place: Moment['after']): void {
    if (place === after) killIn(ms);
  }

  function killIn(delay: number): void {
    setTimeout(() => child.kill('SIGKILL'), delay);
  }
}
