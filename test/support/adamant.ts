import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../dist/apps/cli/main.js', import.meta.url));

export type Ran = Readonly<{ code: number; out: string; err: string }>;

type Given = Readonly<{
  input?: string;
  env?: Readonly<Record<string, string>>;
  cwd?: string;
}>;

/** A user's environment, without the settings of whoever runs the tests. */
function environment(extra: Readonly<Record<string, string>> = {}) {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ...extra };
}

/** Runs the built `adamant` to its end, as a user would. */
export function adamant(args: readonly string[], { input, env, cwd }: Given = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: environment(env), cwd, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, [built, ...args], options, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ code, out, err });
    });
    child.stdin?.end(input ?? '');
  });
}

export type Serving = Readonly<{ url: string; stop: (signal: NodeJS.Signals) => Promise<number> }>;

/** Starts `adamant serve` and waits until it says where it listens. */
export async function serving(args: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, [built, 'serve', ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  const url = await new Promise<string>((resolve, reject) => {
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const [, found] = /"url":"([^"]+)"/.exec(log) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${log}`)));
  });
  return {
    url,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
