import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialsFrom } from '#libs/store/credentials';
import { BadAddress } from '#libs/store/errors';
import { parseAddress } from '#libs/store/eventstoredb-address';
import { openStore, shownStore } from '#libs/store/open-store';

const folder = mkdtempSync(join(tmpdir(), 'adamant-'));
const ca = join(folder, 'ca.crt');
writeFileSync(ca, 'PEM');
afterAll(() => rmSync(folder, { recursive: true }));

describe('the address of an EventStoreDB', () => {
  it('names hosts, a cluster, TLS and its authority, and the ledger’s prefix', () => {
    expect(parseAddress('esdb://one,two:2114?tls=false')).toMatchObject({
      hosts: [
        { address: 'one', port: 2113 },
        { address: 'two', port: 2114 },
      ],
      discover: false,
      tls: false,
      prefix: '',
    });
    const address = parseAddress(
      `esdb+discover://ada:p%40ss@cluster.example/?TLSCAFILE=${encodeURIComponent(ca)}&prefix=eu`,
    );
    expect(address).toMatchObject({ discover: true, tls: true, prefix: 'eu.' });
    expect(address.credentials).toEqual({ username: 'ada', password: 'p@ss' });
    expect(String(address.ca)).toBe('PEM');
    expect(address.shown).toBe('esdb+discover://cluster.example:2113');
    expect(parseAddress('esdb://[::1]:2113?tls=false').hosts[0]?.address).toBe('[::1]');
  });

  it.each([
    ['esdb://ada:secret@host?tlsVerifyCert=false', /option tlsVerifyCert/],
    ['esdb://ada:secret@host?throwOnAppendFailure=false', /option throwOnAppendFailure/],
    ['esdb://ada:secret@host?defaultDeadline=1&defaultDeadline=1', /option defaultDeadline/],
    ['esdb://ada:secret@host?nodePreference=follower', /option nodePreference/],
    ['esdb://ada:secret@host?prefix=stone-1', /option prefix/],
    ['esdb://ada:secret@host?tls=yes', /option tls/],
    ['esdb://ada:secret@host?tls=true&tls=false', /option tls is given twice/],
    ['esdb://ada:secret@host?keepAliveInterval=10', /option keepAliveInterval/],
    ['esdb://ada:secret@host?tlsCAFile=/none/secret', /option tlsCAFile/],
    ['esdb://ada:secret@host?secret-option=1', /an option/],
    ['esdb://ada:secret@host?tls=false', /only sent over TLS/],
    ['esdb://ada:secret@ho st', /host/],
    ['esdb://ada:secret@host:99999', /host/],
    ['esdb://ada:sec?ret-secret@host', /an esdb: address is/],
    ['esdb://ada:sec/ret-secret@host', /an esdb: address is/],
    ['esdb://ada:%E0%A4%A-secret@host', /%XX/],
  ])('%s: says what is wrong and no secret', (url, problem) => {
    const parse = () => parseAddress(url);
    expect(parse).toThrow(BadAddress);
    expect(parse).toThrow(problem);
    const message = String(catching(parse));
    expect(message).not.toMatch(/:secret|sec\?ret|sec\/ret|ret-secret|none/);
  });

  it('is shown in logs without credentials and options', () => {
    expect(shownStore('esdb://ada:se@cret@one,two?prefix=eu')).toBe('esdb://one,two');
    expect(shownStore('sqlite:data/a@b.db')).toBe('sqlite:data/a@b.db');
  });

  it('of no known kind is refused without being repeated', async () => {
    const opening = openStore('postgres://ada:secret@host', { ledger: 'x' });
    await expect(opening).rejects.toThrow(BadAddress);
    await expect(opening).rejects.not.toThrow('secret');
  });
});

describe('credentials of the environment', () => {
  it('are a user with a password, or with a file that holds it', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'from file\n');
    const username = 'ada';
    expect(credentialsFrom({ LEDGER_USER: username, LEDGER_PASSWORD: 'said' })).toEqual({
      username,
      password: 'said',
    });
    expect(credentialsFrom({ LEDGER_USER: username, LEDGER_PASSWORD_FILE: file })).toEqual({
      username,
      password: 'from file',
    });
    expect(credentialsFrom({ LEDGER_USER: '', LEDGER_PASSWORD: '' })).toBeUndefined();
  });

  it.each([
    { LEDGER_USER: 'ada' },
    { LEDGER_PASSWORD: 'secret' },
    { LEDGER_USER: 'ada', LEDGER_PASSWORD: 'secret', LEDGER_PASSWORD_FILE: 'x' },
    { LEDGER_USER: 'ada', LEDGER_PASSWORD_FILE: '/none' },
  ])('are refused by halves: %o', (settings) => {
    expect(() => credentialsFrom(settings)).toThrow(BadAddress);
    expect(() => credentialsFrom(settings)).not.toThrow('secret');
  });
});

function catching(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
