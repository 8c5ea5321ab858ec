import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { openStore } from '#libs/store/open-store';
import { project, rebuild } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import { ledgerName } from '#test/crash/trade';
import { keptViews } from '#test/crash/views';

/**
 * A process to be killed: `projector.ts LEDGER VIEWS follow|rebuild`. Keeps the views of a ledger
 * that another process writes, or rebuilds them again and again. Prints a line for each commit.
 */
const [file = '', viewsFile = '', mode = ''] = process.argv.slice(2);
const options = {
  signal: new AbortController().signal,
  today: () => '2026-01-01',
  onBatch: () => writeSync(1, 'committed\n'),
};

const store = await openStore(`sqlite:${file}`, { ledger: ledgerName, readOnly: true });
const views = sqliteViews({ file: viewsFile, projections: keptViews });
flushCompileCache();
writeSync(1, 'ready\n');
if (mode === 'follow') await project(store, views, keptViews, options);
for (;;) await rebuild(store, views, keptViews, options);
