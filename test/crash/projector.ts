import { flushCompileCache } from 'node:module';
import { openStore } from '#libs/store/open-store';
import { openViews } from '#libs/views/open-views';
import { project, rebuild } from '#libs/views/projector';
import { ledgerName } from '#test/crash/trade';
import { say } from '#test/crash/say';
import { keptViews } from '#test/crash/views';

/**
 * A process to be killed: `projector.ts LEDGER VIEWS follow|rebuild [EVENTS]`. Keeps the views of a
 * ledger that another process writes, or rebuilds them again and again, so many events a commit.
 * Prints a line for each commit.
 */
const [file = '', viewsUrl = '', mode = '', eventsPerCommit = ''] = process.argv.slice(2);
const options = {
  signal: new AbortController().signal,
  today: () => '2026-01-01',
  onBatch: () => say('committed'),
  ...(eventsPerCommit !== '' && { eventsPerCommit: Number(eventsPerCommit) }),
};

const store = await openStore(`sqlite:${file}`, { ledger: ledgerName, readOnly: true });
const views = openViews(viewsUrl, { projections: keptViews });
flushCompileCache();
say('ready');
if (mode === 'follow') await project(store, views, keptViews, options);
for (;;) await rebuild(store, views, keptViews, options);
