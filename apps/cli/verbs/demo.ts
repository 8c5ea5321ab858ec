import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { currentViews, ledgerFile, openWritable, today } from '#apps/cli/data-place';
import { appendStories } from '#apps/cli/demo/append-stories';
import { stories } from '#apps/cli/demo/stories';
import { demoJson, demoText, nextCommands, tell } from '#apps/cli/demo/telling';
import type { Told } from '#apps/cli/demo/telling';
import { Failure } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { Terminal } from '#apps/cli/terminal';
import type { CommonOptions, Surroundings } from '#apps/cli/verb';
import { verb, withServer } from '#apps/cli/verb';
import type { DataPlace, Server } from '#apps/cli/data-place';
import { openLedger } from '#libs/ledger/ledger';
import { shownStore } from '#libs/store/open-store';

type Options = CommonOptions & Readonly<{ data?: string; ledgerName: string; server?: Server }>;

export function demoVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'demo',
    'append the seven notable stones to a new ledger and tell each one’s life, holders and verdicts',
    'demo',
    'demo --data ./demo-data',
  )
    .option('--data <dir>', 'a folder without a ledger (default: a new temporary one)')
    .option('--ledger-name <name>', 'name of the log (LEDGER_NAME)', config.ledgerName);
  return withServer(command, config).action(async (options: Options) => {
    const { ledgerName, server } = options;
    const data = options.data ?? mkdtempSync(join(tmpdir(), 'adamant-demo-'));
    const place = { data, ledgerName, ...(server && { server }) };
    if (!server && existsSync(ledgerFile(place))) {
      throw new Failure(
        'ledger-exists',
        `${ledgerFile(place)} is there already: name a new folder`,
      );
    }
    const { told, position } = await replayStories(place, terminal);
    if (options.json) {
      return terminal.data(json({ data, ledgerName, position, stones: demoJson(told) }));
    }
    for (const line of demoText(told, terminal.paint)) terminal.say(line);
    const where = server
      ? `at ${shownStore(server.url)}, its last position is ${position}`
      : `in ${data}, ${position} events long`;
    terminal.say(`\nThe ledger is ${where}. Go on with:`);
    for (const line of nextCommands(server ? undefined : data)) terminal.say(line);
  });
}

async function replayStories(
  place: DataPlace,
  terminal: Terminal,
): Promise<Readonly<{ told: readonly Told[]; position: bigint }>> {
  const store = await openWritable(place);
  try {
    if ((await store.end()) > 0n) {
      throw new Failure(
        'ledger-exists',
        'the ledger there has events already: the demo wants a new one',
      );
    }
    const clock = () => new Date().toISOString();
    await appendStories(openLedger(store, clock), stories, { clock, nextId: () => uuidV7() });
    const views = await currentViews(store, place, terminal);
    try {
      return { told: await tell(views.reader, today()), position: await store.end() };
    } finally {
      await views.close();
    }
  } finally {
    await store.close();
  }
}
