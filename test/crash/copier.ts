import { flushCompileCache } from 'node:module';
import { copyLedger } from '#libs/store/copy';
import { openStore } from '#libs/store/open-store';
import { say } from '#test/crash/say';
import { ledgerName } from '#test/crash/trade';

/**
 * A process to be killed: `copier.ts FROM TO`. Copies a ledger file, and prints a line for each
 * batch that it appends to what the target held before. Waits when it is done.
 */
const [from = '', to = ''] = process.argv.slice(2);
const source = await openStore(`sqlite:${from}`, { ledger: ledgerName, readOnly: true });
const target = await openStore(`sqlite:${to}`, { ledger: ledgerName });
const held = Number(await target.end());
flushCompileCache();
say('ready');
await copyLedger(source, target, {
  onProgress: ({ events }) => void (events > held && say(`${events}`)),
});
setInterval(() => undefined, 1000);
