import { describe, expect, it } from '@jest/globals';
import { runCli } from '#test/support/cli-in-process';

const adamant = (...words: readonly string[]) => runCli(words, { ADAMANT_DATA: '/nowhere/at/all' });

describe('a wrong command line exits with 2 and one line', () => {
  it.each([
    [[]],
    [['histroy', 'new-sun']],
    [['history']],
    [['history', 'a', 'b']],
    [['history', 'new-sun', '--frobnicate']],
    [['history', 'new-sun', '--valid-at', 'spring']],
    [['sanctions', 'new-sun', '--jurisdiction', 'ATLANTIS']],
    [['sanctions', 'new-sun', '--on', '2024-02-30']],
    [['sanctions', 'new-sun', '--known-at', 'once']],
    [['flags', '--rule', 'horoscope']],
    [['flags', '--state', 'ajar']],
    [['flags', '--limit', '0']],
    [['flags', '--known-at', '7']],
    [['flags', '--of', 'x', '--valid-at', 'spring']],
    [['statistics']],
    [['statistics', '--country', 'BW', '--period', 'spring']],
    [['party']],
    [['party', 'register', 'x', '--name', 'X', '--country', 'CH']],
    [['party', 'register', 'x', '--name', 'X', '--country', 'CH', '--role', 'king']],
    [['key', 'create', 'x', '--role', 'king']],
    [['generate']],
    [['generate', '--stones', '-3']],
    [['generate', '--stones', '1e3']],
    [['copy', '--from', 'memory:']],
    [['copy', '--from', 'memory:', '--to', 'gopher:hole']],
    [['fsck', 'gopher:hole']],
    [['fsck', 'memory:', '--views-at', 'gopher:hole']],
    [['backup']],
    [['backup', '--ledger', 'gopher:hole', '--to', '/nowhere/at/all']],
    [['restore']],
    [['conform', 'alchemy']],
    [['rebuild', 'horoscope']],
    [['bench', 'patience']],
    [['sanctions', 'new-sun', '--owner', 'alrosa']],
    [['sanctions', '--list', '--known-at', '2027-01-12T09:00:00Z']],
    [['lineage', 'new-sun', '--valid-at', '12']],
    [['bench', 'store', '--runs', '0']],
  ])('%j', async (words) => {
    expect(await adamant(...words)).toEqual({
      code: 2,
      out: '',
      err: [expect.stringMatching(/^error: usage: [^\n]+$/)],
    });
  });
});

describe('every verb explains itself with an example', () => {
  it.each([
    [['demo']],
    [['serve']],
    [['history']],
    [['state']],
    [['lineage']],
    [['sanctions']],
    [['flags']],
    [['statistics']],
    [['find']],
    [['rebuild']],
    [['copy']],
    [['fsck']],
    [['backup']],
    [['restore']],
    [['generate']],
    [['party', 'register']],
    [['party', 'grant']],
    [['party', 'withdraw']],
    [['party', 'list']],
    [['key', 'create']],
    [['key', 'revoke']],
    [['key', 'list']],
    [['bench']],
    [['conform']],
  ])('%j', async (words) => {
    const { code, out, err } = await adamant(...words, '--help');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toContain(`$ adamant ${words.join(' ')}`);
    expect(out).toContain('--json');
  });

  it('and the help names them all', async () => {
    const { out } = await adamant('--help');
    const verbs =
      'demo serve history state lineage sanctions flags statistics find rebuild copy fsck backup restore generate party ' +
      'key bench conform';
    for (const verb of verbs.split(' ')) expect(out).toMatch(new RegExp(`^  ${verb} `, 'm'));
  });
});

it.each([
  ['history', 'new-sun'],
  ['state', 'new-sun'],
  ['lineage', 'new-sun'],
  ['sanctions', 'new-sun'],
  ['flags'],
  ['statistics', '--reconcile'],
  ['find', 'new-sun'],
  ['rebuild'],
  ['fsck'],
  ['backup', '--to', '/nowhere/at/all/backup.db'],
  ['party', 'list'],
])('%s %s says which ledger is not there', async (...words) => {
  const { code, err } = await adamant(...words);
  expect(code).toBe(1);
  expect(err).toEqual([
    expect.stringMatching(/^error: no-ledger: .*\/nowhere\/at\/all\/ledger.db/),
  ]);
});
