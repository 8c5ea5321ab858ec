import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Act } from '#apps/cli/append/act-line';
import { ledgerFile } from '#apps/cli/data-place';
import type { DataPlace } from '#apps/cli/data-place';
import { Failure } from '#apps/cli/failure';
import { linesOf } from '#apps/cli/lines';
import { postAct } from '#apps/cli/remote';

/** What became of an act. `replayed`: it was on record before. */
export type Told = Readonly<{ stream: string; replayed: boolean }>;

/** Carries acts out, one after another; a refusal is a {@link Failure} with its code. */
export type Teller = Readonly<{
  tell: (act: Act) => Promise<Told>;
  close: () => Promise<void>;
}>;

/** To a service: each party's acts under its own key, `only` for lines that name nobody. */
export function remoteTeller(
  url: string,
  only: string | undefined,
  keys: Readonly<Record<string, string>>,
): Teller {
  return {
    tell: async ({ path, body, by, key: idempotencyKey }) => {
      const key = by === undefined ? only : Object.hasOwn(keys, by) ? keys[by] : undefined;
      if (key === undefined) {
        const whose = by === undefined ? 'a line that names nobody' : `acts of ${by}`;
        throw new Failure('key-needed', `there is no key for ${whose}: --keys, --key, ADAMANT_KEY`);
      }
      return toldBy(await postAct({ url, key }, path, body, idempotencyKey));
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Into the file, by the service's own acts in a process without a port. `as` acts on lines that
 * name nobody.
 */
export function localTeller(
  place: DataPlace,
  as: string | undefined,
  isDryRun: boolean,
  variables: Readonly<Record<string, string | undefined>>,
): Teller {
  if (!isDryRun) mkdirSync(place.data, { recursive: true });
  const child = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.resolve('#apps/ledger/append'))],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...variables,
        LEDGER_URL: `sqlite:${ledgerFile(place)}`,
        LEDGER_NAME: place.ledgerName,
        DRY_RUN: String(isDryRun),
      },
    },
  );
  child.stdin.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const answers = linesOf(child.stdout);
  return {
    tell: async ({ path, body, by = as, key }) => {
      if (by === undefined) throw new Failure('bad-line', 'the line does not say by whom; or --as');
      child.stdin.write(`${oneLine({ path, body, by, key })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Failure('internal', 'the acting process ended');
      const { status, body: answer } = JSON.parse(String(value)) as Answer;
      if (status < 300) return toldBy(answer);
      const { code = 'internal', detail = `HTTP ${status}` } = answer ?? {};
      throw new Failure(String(code), String(detail));
    },
    close: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** JSON that `readline` takes for one line: U+2028 and U+2029 may stand in JSON strings as they are. */
const oneLine = (value: object) =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

type Answer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> | null }>;

function toldBy(answer: Readonly<Record<string, unknown>> | null): Told {
  const { stream, replayed } = answer ?? {};
  if (typeof stream === 'string') return { stream, replayed: replayed === true };
  throw new Failure('bad-answer', 'the act was answered by something that is no answer to it');
}
