import { afterAll, describe } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#libs/store/open-store';
import { behavesLikeAnEventStore } from '#test/contract/event-store';
import { findsCorrections } from '#test/contract/event-store-corrections';
import { agreesWithTheModel } from '#test/contract/event-store-model';

const folder = mkdtempSync(join(tmpdir(), 'adamant-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

const engines = {
  memory: () => openStore('memory:', { ledger: 'test.example/log' }),
  sqlite: () =>
    openStore(`sqlite:${join(folder, `${(files += 1)}.db`)}`, { ledger: 'test.example/log' }),
};

describe.each(Object.entries(engines))('the %s event store', (_, open) => {
  behavesLikeAnEventStore(open);
  agreesWithTheModel(open);
  findsCorrections(open);
});
