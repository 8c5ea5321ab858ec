import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { adamant, serving } from '#test/support/adamant';

jest.setTimeout(120_000);

const root = new URL('../../', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'adamant-cli-'));
const data = join(folder, 'demo');
const place = ['--data', data];
const titles = [
  'New Sun',
  'The Spectacle',
  'Firebird',
  'The Spirit of the Rose',
  'Ebelyakh 236 ct',
  'Ebelyakh 390.7 ct',
  'Ebelyakh 262.5 ct',
];

let demo: Awaited<ReturnType<typeof adamant>>;

beforeAll(async () => {
  demo = await adamant(['demo', ...place]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The line for a wrong command: one, on standard error, and nothing else. */
async function fails(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const { code, out, err } = await adamant(args, env ? { env } : {});
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  const [, said] = /^error: ([\w-]+): \S/.exec(err) ?? [];
  return { code, said, err };
}

describe('adamant demo', () => {
  it('tells the seven stones in the recorded words', () => {
    expect(demo.code).toBe(0);
    const recorded = readFileSync(new URL('test/golden/demo.txt', root), 'utf8');
    const lasting = (text: string) =>
      text.split('\n').filter((line) => !line.trimStart().startsWith('today'));
    expect(lasting(demo.out).join('\n')).toContain(lasting(recorded).join('\n').trimEnd());
  });

  it('is what the README’s command runs, and prints the seven stones', async () => {
    expect(readFileSync(new URL('README.md', root), 'utf8')).toContain('npm run demo');
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    expect(scripts['demo']).toMatch(/&& node dist\/apps\/cli\/main\.js demo$/);
    const { code, out } = await adamant(['demo']);
    expect(code).toBe(0);
    titles.forEach((title, n) => expect(out).toContain(`${n + 1}. ${title}`));
    const [, made = ''] = /The ledger is in (\S+), /.exec(out) ?? [];
    expect(existsSync(join(made, 'ledger.db'))).toBe(true);
    rmSync(made, { recursive: true });
  });

  it('keeps bounds, and marks what is made up', () => {
    expect(demo.out).toContain('over 200 ct → polished → dawn.1 over 100 ct');
    expect(demo.out).not.toMatch(/200\.00|100\.00/);
    expect(demo.out).toContain('illustrative: no sale of New Sun is public');
  });

  it('never writes into a ledger that is there', async () => {
    expect(await fails(['demo', ...place])).toMatchObject({ code: 1, said: 'ledger-exists' });
  });

  it('prints JSON for machines', async () => {
    const { out } = await adamant(['demo', '--json', '--data', join(folder, 'json')]);
    const { stones } = JSON.parse(out) as { stones: { name: string; verdicts: unknown[] }[] };
    expect(stones.map(({ name }) => name)).toEqual(titles);
    expect(stones.map(({ verdicts }) => verdicts.length)).toEqual(stones.map(() => 4));
  });

  it('uses no colours where nobody sees them', () => {
    expect(demo.out).not.toContain('\u001b');
  });
});

describe('adamant find', () => {
  it('knows a stone by a name in any script and by its id', async () => {
    const texts = ['new-sun', 'Новое Солнце', 'dawn.1'];
    const found = texts.map((text) => adamant(['find', text, '--json', ...place]));
    for (const { code, out } of await Promise.all(found)) {
      expect(code).toBe(0);
      const hits = JSON.parse(out) as { subject: string; exact: boolean }[];
      expect(hits[0]).toMatchObject({ subject: 'stone-dawn.1', exact: true });
    }
  });

  it('says so when nothing bears the text', async () => {
    expect(await fails(['find', 'Cullinan', ...place])).toMatchObject({
      code: 1,
      said: 'not-found',
    });
  });
});

describe('adamant history and state', () => {
  it('replay a stone from the mine on, by any of its names', async () => {
    const { out } = await adamant(['history', 'new-sun', ...place]);
    expect(out).toMatch(
      /recovered honey-golden rough of over 200 ct[^]*title moved from alrosa to/,
    );
    const asJson = await adamant(['history', 'new-sun', '--json', ...place]);
    const { steps } = JSON.parse(asJson.out) as { steps: { type: string }[] };
    expect(steps[0]?.type).toBe('RoughDiamondRecovered');
    expect(steps.at(-1)?.type).toBe('CustodyAccepted');
  });

  it('answer for a past day, and of the rough when the stone was not cut', async () => {
    const { out, err } = await adamant(['state', 'firebird', '--valid-at', '2018-12-31', ...place]);
    expect(out).toContain('rough of 34.17 ct');
    expect(out).toContain('Almazy Anabara [almazy-anabara]');
    expect(err).toContain('stravinsky.1 was not there yet: it came out of stravinsky');
    const graff = await adamant(['state', 'firebird', '--valid-at', '2019-12-31', ...place]);
    expect(graff.out).toMatch(/Owner +Graff Diamonds \[graff\]/);
  });

  it('answer for what was known at a position', async () => {
    const args = ['state', 'dawn', '--known-at', '8', '--json', ...place];
    const { card } = JSON.parse((await adamant(args)).out) as { card: { custodian: string } };
    expect(card.custodian).toBe('almazy-anabara');
    expect(await fails(['state', 'dawn', '--known-at', '3', ...place])).toMatchObject({
      code: 1,
      said: 'not-yet',
    });
  });

  it('list the candidates of an ambiguous identifier', async () => {
    const { code, said, err } = await fails(['history', 'ebelyakh', ...place]);
    expect({ code, said }).toEqual({ code: 1, said: 'ambiguous' });
    expect(err).toContain('ebelyakh-236');
  });
});

describe('adamant sanctions', () => {
  it('gives the verdict with rule, facts and what was not checked', async () => {
    const args = ['sanctions', 'new-sun', '--jurisdiction', 'EU', '--on', '2024-03-01', ...place];
    const { code, out } = await adamant(args);
    expect(code).toBe(0);
    for (const part of [
      'PROHIBITED',
      'Art. 3p(1)',
      'Facts used',
      'Evidence missing',
      'Not checked',
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toContain('Decision support, not legal advice.');
    const { judgements } = JSON.parse((await adamant([...args, '--json'])).out) as {
      judgements: { outcome: string; day: string }[];
    };
    expect(judgements).toMatchObject([{ outcome: 'PROHIBITED', day: '2024-03-01' }]);
  });

  it('knows no law that was not yet there', async () => {
    const args = ['sanctions', 'new-sun', '--on', '2023-12-31', '--json', ...place];
    const { judgements } = JSON.parse((await adamant(args)).out) as {
      judgements: { outcome: string }[];
    };
    expect(judgements[0]?.outcome).toBe('CLEAR');
  });

  it('lists the verdicts on all goods, filtered, and where to go on', async () => {
    type Listed = {
      items: { subject: string; owner: string | null; outcome: string }[];
      next: string | null;
    };
    const list = ['sanctions', '--list', '--jurisdiction', 'US', '--json', ...place];
    const listed = async (...more: string[]) =>
      JSON.parse((await adamant([...list, ...more])).out) as Listed;
    const all = await listed();
    expect(all).toMatchObject({ jurisdiction: 'US', coming: null, next: null });
    expect(all.items.map(({ subject }) => subject)).toContain('stone-dawn.1');
    const barred = await listed('--outcome', 'prohibited');
    expect(barred.items).toEqual(all.items.filter(({ outcome }) => outcome === 'PROHIBITED'));
    const owner = all.items.find((each) => each.owner !== null)?.owner ?? '';
    const owned = await listed('--owner', owner);
    expect(owned.items).toEqual(all.items.filter((each) => each.owner === owner));
    const first = await listed('--limit', '1');
    const rest = await listed('--after', first.next ?? '');
    expect([...first.items, ...rest.items]).toEqual(all.items);
    const { out } = await adamant(list.filter((word) => word !== '--json'));
    expect(out).toContain(`${all.items.length} goods for US on `);
    for (const wrong of [['--outcome', 'FINE'], ['new-sun'], ['--jurisdiction', 'EU,US']]) {
      expect(await fails([...list, ...wrong])).toMatchObject({ code: 2, said: 'usage' });
    }
    expect(await fails(['sanctions', ...place])).toMatchObject({ code: 2, said: 'usage' });
  });
});

describe('a wrong command line', () => {
  it('exits with 2 and one line', async () => {
    expect(await fails(['histroy', 'new-sun'])).toMatchObject({ code: 2, said: 'usage' });
  });

  it('that names no ledger exits with 1', async () => {
    const nowhere = join(folder, 'nowhere');
    expect(await fails(['history', 'new-sun'], { ADAMANT_DATA: nowhere })).toMatchObject({
      code: 1,
      said: 'no-ledger',
    });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('over a file that is no ledger says which', async () => {
    const garbled = mkdtempSync(join(folder, 'garbled-'));
    writeFileSync(join(garbled, 'ledger.db'), 'not a database, just some text of a fair length');
    const { code, err } = await fails(['find', 'x', '--data', garbled]);
    expect(code).toBe(1);
    expect(err).toContain(join(garbled, 'ledger.db'));
  });

  it('under another log’s name is refused', async () => {
    const args = ['find', 'dawn', '--ledger-name', 'somebody.else/log', ...place];
    expect(await fails(args)).toMatchObject({ code: 1, said: 'wrong-ledger' });
  });
});

it('a reader that goes away is no error', async () => {
  const built = new URL('dist/apps/cli/main.js', root).pathname;
  const line = `"${process.execPath}" "${built}" history new-sun --data "${data}" | head -1; echo "\${PIPESTATUS[0]}"`;
  const shell = spawn('bash', ['-c', line]);
  let out = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await new Promise((resolve) => shell.once('close', resolve));
  expect(out.trimEnd().split('\n')).toEqual([expect.stringMatching(/^dawn\.1/), '0']);
});

it('adamant rebuild brings back the same answers', async () => {
  const before = await adamant(['state', 'new-sun', '--json', ...place]);
  const rebuilt = await adamant(['rebuild', '--json', ...place]);
  expect(JSON.parse(rebuilt.out)).toMatchObject({ swapped: true });
  rmSync(join(data, 'views.db'));
  expect((await adamant(['state', 'new-sun', '--json', ...place])).out).toBe(before.out);
});

it('adamant conform answers each line with a line, and its exit code tells of those it could not', async () => {
  const good = '{"id":1,"value":{"b":1,"a":"\\u007f"}}\n';
  expect((await adamant(['conform', 'canonical-json'], { input: good })).code).toBe(0);
  const input = `\uFEFF${good}\r\nnot json\n`;
  const { code, out } = await adamant(['conform', 'canonical-json'], { input });
  expect(code).toBe(1);
  const [first, second] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(first).toEqual({ id: 1, canonical: '{"a":"\u007f","b":1}' });
  expect(second).toMatchObject({ id: null, error: { code: 'malformed-json', line: 3 } });
});

it('adamant generate makes the same trade twice', async () => {
  const make = (name: string) =>
    adamant(['generate', '--stones', '3', '--seed', '7', '--json', '--data', join(folder, name)]);
  const counted = ({ out }: { out: string }) => {
    const { events, stones, parcels } = JSON.parse(out) as Readonly<Record<string, number>>;
    return { events, stones, parcels };
  };
  const [one, two] = [await make('trade-1'), await make('trade-2')];
  expect(counted(one)).toEqual(counted(two));
  expect(counted(one).events).toBeGreaterThan(60);
});

it('acts go through the service while it holds the ledger, and it ends when told to', async () => {
  const house = ['--data', join(folder, 'house')];
  const register = (id: string, role: string) => [
    'party',
    'register',
    id,
    '--name',
    id,
    '--country',
    'IN',
    '--role',
    role,
    ...house,
  ];
  expect((await adamant(register('house', 'operator'))).code).toBe(0);
  const key = (
    await adamant(['key', 'create', 'house', '--role', 'operator', ...house])
  ).out.trim();
  const { url, stop } = await serving([...house, '--port', '0']);
  const polisher = register('polisher', 'cutter');
  expect(await fails(polisher)).toMatchObject({ code: 1, said: 'in-use' });
  const env = { ADAMANT_KEY: key, ADAMANT_URL: url };
  expect(await adamant(polisher, { env })).toMatchObject({ code: 0 });
  const [made, wrong, list] = await Promise.all([
    adamant(['key', 'create', 'polisher', '--role', 'cutter', '--url', url, '--key', key]),
    fails([...register('x', 'cutter'), '--url', url, '--key', `${key.slice(0, -1)}!`]),
    adamant(['party', 'list', ...house]),
  ]);
  expect(made.out).toMatch(/^adm_/);
  expect(wrong).toMatchObject({ code: 1, said: 'bad-key' });
  expect(list.out).toContain('polisher');
  expect(await stop('SIGINT')).toBe(0);
});
