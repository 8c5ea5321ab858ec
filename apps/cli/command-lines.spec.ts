import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '#test/support/cli-in-process';

const data = mkdtempSync(join(tmpdir(), 'adamant-lines-'));
const file = (name: string, text: string) => {
  writeFileSync(join(data, name), text);
  return join(data, name);
};
beforeAll(async () => void (await runCli(['demo', '--data', data])));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const words = (line: string) => line.split(' ').filter((word) => word !== '');

/** Exit code and the one line that says what is wrong. */
async function refused(line: string): Promise<readonly [number, string]> {
  const { code, out, err } = await runCli([...words(line), '--data', data]);
  expect([out, err.length]).toEqual(['', 1]);
  return [code, String(err[0])];
}

describe('a wrong command line', () => {
  it.each([
    ['sanctions --list --jurisdiction EU --jurisdiction US', '--jurisdiction stands twice'],
    ['history dawn --known-at 5 --known-at 6', '--known-at stands twice'],
    ['party list --valid-at 2024-01-01 --valid-at 2025-01-01', '--valid-at stands twice'],
    ['sanctions --list --after zz:party-x', '--after'],
    ['sanctions --list --after shared:party-x', '--after'],
    ['sanctions --list --limit 0', '--limit'],
    ['sanctions --list --limit 1e9', '--limit'],
    ['sanctions --list --jurisdiction EU,US', '--jurisdiction'],
    ['rules show EU --rules 2026.1 --on 2026-01-01', '--rules'],
    ['statistics --reconcile --country BW', '--reconcile'],
    ['statistics --reconcile --period 2024', '--reconcile'],
    ['statistics --country BW --period 2024-Q5', '--period'],
    ['generate --stones 1e12', '--stones'],
    ['flags --limit 1e9', '--limit'],
    ['serve --port 65536', '--port'],
    ['serve --port x', '--port'],
    ['append acts.jsonl --dry-run --url http://127.0.0.1:1', '--dry-run'],
  ])('%s', async (line, named) => {
    const [code, said] = await refused(line);
    expect([code, said]).toEqual([2, expect.stringMatching(/^error: usage: /)]);
    expect(said).toContain(named);
  });

  it('may repeat what may be repeated', async () => {
    const registered = 'party register a --name A --country BE --role dealer --role cutter';
    const { out } = await runCli([...words(registered), '--data', data]);
    expect(out).toBe('registered a as dealer, cutter');
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['sanctions --list --owner nobody', 'unknown-party'],
    ['sanctions --list --custodian nobody', 'unknown-party'],
    ['sanctions --list --owner nobody --known-at 5', 'unknown-party'],
    ['flags --party nobody', 'unknown-party'],
    ['flags --owner nobody', 'unknown-party'],
    ['flags --custodian __proto__', 'unknown-party'],
    ['key list nobody', 'unknown-party'],
    ['statistics --country ZZ --period 2024', 'bad-country'],
    ['statistics --country BW --period 0000', 'bad-date'],
    ['statistics --country BW --period 9999-Q1', 'in-the-future'],
    ['append nowhere.jsonl', 'no-file'],
    ['append /', 'no-file'],
    ['preflight /nowhere/list.txt --to EU', 'no-file'],
    ['rules adopt / --rules 9', 'no-file'],
    ['document history-report dawn -o /dev/null/paper.pdf', 'not-written'],
    ['document history-report dawn -o /dev/full', 'not-written'],
    ['document history-report dawn -o /', 'not-written'],
  ])('%s is %s', async (line, problem) => {
    const [code, said] = await refused(line);
    expect([code, said.split(':', 2)]).toEqual([1, ['error', ` ${problem}`]]);
  });
});

describe('files on a command line', () => {
  it.each([
    ['keys that are no JSON', 'x'],
    ['keys as a list', '["a"]'],
    ['keys that are numbers', '{"a":1}'],
  ])('are not used: %s', async (_, text) => {
    const line = `append ${file('acts.jsonl', '')} --url http://127.0.0.1:1 --keys ${file('keys', text)}`;
    const { code, err } = await runCli(words(line));
    expect([code, err]).toEqual([2, [expect.stringMatching(/^error: usage: .*keys is no/)]]);
  });

  it.each<[string, (rules: string) => string, string]>([
    ['a member twice', (rules) => rules.replace('{', '{"id":"US",'), 'id stands twice'],
    ['broken Unicode', (rules) => rules.replace('European', '\\ud800'), 'a lone surrogate'],
    ['a code of nobody', (rules) => rules.replace('"EU"', '"ZZ"'), 'ZZ is no code'],
  ])('are not adopted as rules: %s', async (_, spoil, why) => {
    const { out } = await runCli(['rules', 'show', 'EU', '--json', '--data', data]);
    const rules = file('rules.json', spoil(out));
    const [code, said] = await refused(`rules adopt ${rules} --rules 9.9`);
    expect([code, said]).toEqual([1, expect.stringContaining(why)]);
    expect(said).toMatch(/^error: bad-rule-file: /);
  });

  it('are written whole or not at all', async () => {
    const paper = join(data, 'paper.pdf');
    file('paper.pdf', 'what stood there');
    const wrong = await refused(`document history-report nobody -o ${paper}`);
    expect(wrong).toEqual([1, expect.stringContaining('not-found')]);
    expect(readFileSync(paper, 'utf8')).toBe('what stood there');
    const { code } = await runCli([
      ...words(`document history-report dawn -o ${paper}`),
      '--data',
      data,
    ]);
    expect([code, readFileSync(paper).subarray(0, 5).toString()]).toEqual([0, '%PDF-']);
    await refused(`document history-report dawn -o ${join(data, 'no', 'paper.pdf')}`);
    expect(readdirSync(data).filter((name) => name.endsWith('-part'))).toEqual([]);
  });
});
