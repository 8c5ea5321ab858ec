import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '#test/support/cli-in-process';

const data = mkdtempSync(join(tmpdir(), 'adamant-beside-'));
beforeAll(async () => void (await runCli(['demo', '--data', data])));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const run = (line: string) => runCli([...line.split(' '), '--data', data]);

describe('goods and who has them are two answers, side by side', () => {
  it.each([
    ['UK', 1, /Counterparty: PROHIBITED: .*alrosa/],
    ['JP', 0, /Counterparty: UNDETERMINED: .*alrosa/],
  ])('before shipping to %s, and one that is barred is exit %i alone', async (to, exit, said) => {
    const { code, out } = await run(`preflight sergei-diaghilev.1 --to ${to} --on 2023-06-01`);
    expect(out).toMatch(/^To .. on 2023-06-01: ready, CLEAR/);
    expect(out).toMatch(said);
    expect(code).toBe(exit);
  });

  it('in the state of goods', async () => {
    const { out } = await run('state sergei-diaghilev.1');
    expect(out).toMatch(/EU, .* PROHIBITED .*EU-R2/);
    expect(out).toMatch(/Counterparties .*PROHIBITED: .*\[alrosa\], owner.*EU-P1/);
    const { out: asked } = await run('state sergei-diaghilev.1 --valid-at 2026-11-01 --json');
    expect(JSON.parse(asked)).toMatchObject({
      verdict: { outcome: 'PROHIBITED' },
      counterparties: [{ party: 'alrosa', outcome: 'PROHIBITED', day: '2026-11-01' }],
    });
  });

  it('in the list of all goods', async () => {
    const { out } = await run('sanctions --list --jurisdiction EU --owner alrosa');
    expect(out).toMatch(/\nCounterparty alrosa: PROHIBITED +EU-P1, /);
    const { out: then } = await run(
      'sanctions --list --jurisdiction EU --owner alrosa --on 2023-06-01 --valid-at 2026-11-01',
    );
    expect(then).toMatch(/\nCounterparty alrosa: UNDETERMINED/);
  });
});

it('every version of rules that was in use is listed, and judges state and lists', async () => {
  const { out: text } = await run('rules show EU --json');
  const rules = JSON.parse(text) as { rules: readonly Record<string, unknown>[] };
  const isNoBan = ({ kind, layer }: Record<string, unknown>) =>
    kind !== 'ban' || layer !== 'sanctions';
  const idle = {
    ...rules,
    version: 'idle',
    rules: rules.rules.filter(isNoBan),
  };
  const file = join(data, 'idle.json');
  writeFileSync(file, JSON.stringify(idle));
  const other = await run(`rules adopt ${file} --rules 2026.9`);
  expect([other.code, other.err]).toEqual([1, [expect.stringContaining('not 2026.9')]]);
  const adopted = await run(`rules adopt ${file}`);
  expect([adopted.code, adopted.err]).toEqual([
    0,
    [expect.stringMatching(/^warning: \/rules: no ban on goods is in force/)],
  ]);
  const { out: list } = await run('rules list');
  expect(list).toMatch(/\n {6}2026\.1 {2}law known through 2026-07-23, of this build\n/);
  expect(list).toMatch(
    /\n {6}idle {2}law known through .*, adopted by .*, in use {2}[0-9a-f]{64}\n/,
  );
  const { out: asJson } = await run('rules list --json');
  const [eu] = JSON.parse(asJson) as readonly { versions: readonly object[] }[];
  expect(eu?.versions).toMatchObject([
    { version: '2026.1', inUse: false, by: null },
    { version: 'idle', inUse: true, knownThrough: '2026-07-23' },
  ]);
  expect((await run('state sergei-diaghilev.1')).out).not.toMatch(/EU, .* PROHIBITED/);
  expect((await run('sanctions --list --outcome PROHIBITED')).out).toMatch(/rules idle/);
  const { out: before } = await run('sanctions --list --outcome PROHIBITED --rules 2026.1');
  expect(before).toMatch(/\nsergei-diaghilev\.1 +PROHIBITED/);
});
