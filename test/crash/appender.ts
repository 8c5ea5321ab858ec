import { randomUUID } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { takeAim } from '#apps/cli/generate/aim';
import { stoneStream } from '#events/streams';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { leafHash, seal } from '#libs/store/envelope';
import { WrongRevision } from '#libs/store/errors';
import { openStore } from '#libs/store/open-store';
import { say } from '#test/crash/say';
import { consignment, ledgerName, naming, plainStone } from '#test/crash/trade';

/**
 * A process to be killed: `appender.ts FILE ROUND`. Some callers carry consignments out at the same
 * time, name one stone against each other, and append batches of several events at once, for ever.
 * Whatever the ledger acknowledged is written to standard output, a line of JSON for each event.
 */
const [file = '', round = ''] = process.argv.slice(2);
const callers = 8;
const namesPerBatch = 4;

const store = await openStore(`sqlite:${file}`, { ledger: ledgerName });
const ledger = openLedger(store, () => new Date().toISOString());
const shared = `shared-${round}`;
flushCompileCache();
say('ready');
await run(plainStone(shared, randomUUID()));
await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));

async function call(caller: number): Promise<void> {
  const own = `batch-${round}-${caller}`;
  await run(plainStone(own, randomUUID()));
  for (let turn = 0; ; turn++) {
    const n = (Number(round) * callers + caller) * 1000 + turn;
    const aim = takeAim();
    for (const [i, step] of consignment('crash', n).entries()) {
      const revision = await run(aim.at(step));
      if (revision !== undefined) aim.noted(step, revision);
      if (i % 10 === 3) await run(naming(shared, `name-${caller}-${turn}-${i}`, randomUUID()));
      if (i % 10 === 7) await appendBatch(own);
    }
  }
}

/** The revision its entry begins at. Twice beaten to the shared stone by the others is no failure. */
async function run(command: LedgerCommand): Promise<number | undefined> {
  try {
    const { stream, revision, events } = await ledger.execute(command);
    const from = revision - events.length + 1;
    for (const event of await store.read(stream, { from, limit: events.length })) {
      acknowledged(stream, event.revision, event.meta.id, leafHash(event.leaf));
    }
    return from;
  } catch (error) {
    if (error instanceof WrongRevision) return undefined;
    throw new Error(`${command.command.type} was not carried out: ${String(error)}`, {
      cause: error,
    });
  }
}

async function appendBatch(stoneId: string): Promise<void> {
  const stream = stoneStream(stoneId);
  const [last] = await store.read(stream, { direction: 'backwards', limit: 1 });
  if (!last) throw new Error(`${stream} is empty`);
  const head = { revision: last.revision, hash: leafHash(last.leaf) };
  const events = Array.from({ length: namesPerBatch }, (_, i) => ({
    type: 'StoneNamed',
    data: { name: `${i + 1} of ${namesPerBatch}` },
    meta: { id: randomUUID(), by: last.meta.by, at: last.meta.at },
  }));
  const entries = seal(ledgerName, stream, head, new Date().toISOString(), events);
  await store.append(stream, head.revision, entries);
  for (const { id, revision, hash } of entries) acknowledged(stream, revision, id, hash);
}

function acknowledged(stream: string, revision: number, id: string, hash: string): void {
  say(`${JSON.stringify({ stream, revision, id, hash })}`);
}
