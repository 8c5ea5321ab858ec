import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import { emptyStream } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import { eventStoreDb } from '#libs/store/eventstoredb';
import { hasty, sealed } from '#test/support/eventstoredb';

const credentials = { username: 'adamant', password: 'p@ss/w?rd' };
const timing = { ...hasty, budget: 300 };
const ledger = 'test.example/log';

let folder: string;
let standIn: StandIn;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adamant-tls-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  writeFileSync(join(folder, 'ca.crt'), cert);
  standIn = await startStandIn({ tls: { cert, key }, credentials });
});

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true });
});

describe('over TLS', () => {
  it('serves who names the authority and knows the password, in the address or beside it', async () => {
    const url = `${standIn.url}&tlsCAFile=${encodeURIComponent(join(folder, 'ca.crt'))}`;
    const store = await eventStoreDb({ url, ledger, credentials, timing });
    await store.append('stone-sun', -1, sealed(store, 'stone-sun', emptyStream, 'a'));
    await store.close();
    const user = `adamant:${encodeURIComponent(credentials.password)}@`;
    const same = await eventStoreDb({ url: url.replace('//', `//${user}`), ledger, timing });
    expect(await same.read('stone-sun')).toHaveLength(1);
    await same.close();
  });

  it.each([
    ['another password', { ...credentials, password: 'wr0ng' }, true],
    ['no authority', credentials, false],
  ])('with %s nothing opens, and nothing secret is said', async (_, who, trusts) => {
    const ca = trusts ? `&tlsCAFile=${encodeURIComponent(join(folder, 'ca.crt'))}` : '';
    const opening = eventStoreDb({ url: standIn.url + ca, ledger, credentials: who, timing });
    await expect(opening).rejects.toThrow(StoreUnavailable);
    await expect(opening).rejects.not.toThrow(/wr0ng|p@ss/);
  });
});
