import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { readAct } from '#apps/cli/append/act-line';
import type { Teller } from '#apps/cli/append/teller';
import { localTeller, remoteTeller } from '#apps/cli/append/teller';
import type { Config } from '#apps/cli/config';
import { Failure, usage } from '#apps/cli/failure';
import { streamOf, textOf } from '#apps/cli/files';
import { linesOf } from '#apps/cli/lines';
import { json } from '#apps/cli/show/json';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';

type Options = PlaceOptions &
  Readonly<{ as?: string; url?: string; key?: string; keys?: string; dryRun?: true }>;

type Count = { recorded: number; replayed: number };

const lineHelp = `
A line is one act: its stream, the command, who acts, and the body that the endpoint of the
command takes; /openapi.json of a service has every command with its fields and an example.
  {"stream":"stone-dawn","type":"NameStone","by":"alrosa","name":"Dawn",
   "at":{"time":"2023-06-10","precision":"day"}}          (all on one line)
POST /v1/stones/{id}/name-stone is NameStone of a stream stone-ID. Of a party it is RegisterParty,
GrantRole, WithdrawRole or RevokeApiKey. An optional "key" is the act's idempotency key.`;

/**
 * Carries out any command of any stream, one JSON object a line. Stops at the first that is
 * refused; run again, what is on record is answered as it was and the rest goes on.
 */
export function appendVerb({ config, terminal }: Surroundings): Command {
  const command = verb(
    'append <file>',
    'carry out the acts of a JSON Lines file (- for standard input), up to the first refused',
    'append acts.jsonl --data data',
    'append - --url http://127.0.0.1:3000 --keys keys.json < acts.jsonl',
  )
    .option('--as <party>', 'who acts on lines without “by”, in the ledger’s file')
    .option('--url <url>', 'act through the service there')
    .option('--key <key>', 'API key for lines without “by”; ADAMANT_KEY is safer')
    .option('--keys <file>', 'JSON object of party ids and their API keys, for lines with “by”')
    .option('--dry-run', 'check every line against the ledger and record nothing')
    .addHelpText('after', lineHelp);
  return withPlace(command, config).action(async (file: string, options: Options) => {
    const { url, dryRun = false } = options;
    if (url !== undefined && dryRun) {
      throw usage('a service records what it is told: --dry-run is for a ledger’s file');
    }
    const input = file === '-' ? process.stdin : await streamOf(file);
    const teller = await tellerOf(options, config);
    const count: Count = { recorded: 0, replayed: 0 };
    try {
      await tellAll(input, teller, count);
    } finally {
      await teller.close();
    }
    const { recorded, replayed } = count;
    if (options.json) return terminal.data(json({ ...count, dryRun: options.dryRun ?? false }));
    const done = options.dryRun ? 'could be recorded' : 'recorded';
    terminal.say(`${recorded} ${done}, ${replayed} on record before`);
  });
}

async function tellerOf(options: Options, config: Config): Promise<Teller> {
  const { url, key = config.key, keys, as, dryRun = false } = options;
  if (url === undefined) return localTeller(options, as, dryRun, config.variables);
  return remoteTeller(url, key, keys === undefined ? {} : await keysIn(keys));
}

async function keysIn(file: string): Promise<Readonly<Record<string, string>>> {
  const value = jsonIn(file, await textOf(file));
  const isMap =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((key) => typeof key === 'string');
  if (isMap) return value as Readonly<Record<string, string>>;
  throw usage(`${file} is no JSON object of party ids and keys`);
}

function jsonIn(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usage(`${file} is no JSON`);
  }
}

async function tellAll(input: Readable, teller: Teller, count: Count): Promise<void> {
  const seen = new Map<string, number>();
  let number = 0;
  for await (const line of linesOf(input)) {
    number += 1;
    if (line === undefined) throw new Failure('bad-line', `line ${number}: the line is not UTF-8`);
    const text = line.trim();
    if (text === '') continue;
    const earlier = seen.get(text) ?? 0;
    seen.set(text, earlier + 1);
    try {
      const { replayed } = await teller.tell(readAct(text, earlier));
      if (replayed) count.replayed += 1;
      else count.recorded += 1;
    } catch (error) {
      throw atLine(number, error);
    }
  }
}

/** The failure with its line; anything else is no fault of the line. */
function atLine(number: number, error: unknown): unknown {
  if (error instanceof Failure) {
    return new Failure(error.code, `line ${number}: ${error.message}`, error.exit);
  }
  return error;
}
