import { randomUUID } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { openLedger } from '#libs/ledger/ledger';
import { openStore } from '#libs/store/open-store';
import { say } from '#test/crash/say';
import { correctedMines, correctingLot, ledgerName } from '#test/crash/trade';

/**
 * A process to be killed: `corrector.ts FILE ROUND`. A lot is sorted, its parts are taken apart
 * further, and the mine it came from is corrected to and fro for ever. Prints a line before and
 * after each correction.
 */
const [file = '', round = ''] = process.argv.slice(2);

const store = await openStore(`sqlite:${file}`, { ledger: ledgerName });
const { execute } = openLedger(store, () => new Date().toISOString());
const lot = correctingLot(round, () => randomUUID());
for (const command of lot.made) await execute(command);
flushCompileCache();
say('ready');
for (let turn = 1; ; turn++) {
  const mine = correctedMines[turn % correctedMines.length] ?? '';
  say(`asked ${mine}`);
  await execute(lot.corrected(mine));
  say(`done ${mine}`);
}
