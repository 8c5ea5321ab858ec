import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErrorType } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import type { StandInOptions } from '#apps/stand-in/options';
import { all, clientOf, happened, standInAndClient } from '#test/support/stand-in';

const credentials = { username: 'adamant', password: 'p@ss' };

let folder: string;
let tls: NonNullable<StandInOptions['tls']>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adamant-tls-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  tls = { cert, key };
  writeFileSync(join(folder, 'ca.crt'), cert);
});

afterAll(() => rmSync(folder, { recursive: true }));

async function secured() {
  const { standIn } = await standInAndClient({ tls, credentials });
  const at = (userinfo: string) =>
    clientOf(
      `${standIn.url.replace('esdb://', `esdb://${userinfo}`)}&tlsCAFile=${join(folder, 'ca.crt')}`,
    );
  return { standIn, at };
}

describe('a stand-in with TLS and credentials', () => {
  it('serves who trusts its certificate and knows the password', async () => {
    const { standIn, at } = await secured();
    const client = at('adamant:p%40ss@');
    expect(standIn.url).toMatch(/\?tls=true$/);
    await client.appendToStream('stone-1', happened());
    expect(await all(client.readStream('stone-1'))).toHaveLength(1);
  });

  it('denies who gives no credentials, and does not know who gives wrong ones', async () => {
    const { at } = await secured();
    const denied = { type: ErrorType.ACCESS_DENIED };
    const nobody = at('');
    await expect(nobody.appendToStream('stone-1', happened())).rejects.toMatchObject(denied);
    await expect(all(nobody.readAll())).rejects.toMatchObject({ ...denied, code: 7 });
    const wrong = at('adamant:guess@');
    await expect(wrong.appendToStream('stone-1', happened())).rejects.toMatchObject(denied);
    await expect(all(wrong.readAll())).rejects.toMatchObject({ ...denied, code: 16 });
  });

  it('is not reached by who does not trust its certificate, nor without TLS', async () => {
    const { standIn } = await secured();
    const strangers = [clientOf(standIn.url), clientOf(standIn.url.replace('true', 'false'))];
    for (const stranger of strangers) {
      await expect(stranger.appendToStream('stone-1', happened())).rejects.toMatchObject({
        code: 14,
      });
    }
    expect(standIn.log.events().some(({ stream }) => stream === 'stone-1')).toBe(false);
  });
});
