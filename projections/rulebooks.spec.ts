import { describe, expect, it } from '@jest/globals';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Facts } from '#libs/rulebook/facts';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { ruleBook } from '#libs/rulebook/rule-book';
import { changesBetween } from '#libs/rulebook/rules-used';
import { replay } from '#libs/views/replay';
import { rulebooks, rulesOf } from '#projections/rulebooks';
import { ledgerOf } from '#test/support/recorded';

const eu = ruleBook().jurisdictions.find(({ id }) => id === 'EU') as Jurisdiction;

/** The half-carat stage, with a lower threshold. */
const stricter: Jurisdiction = JSON.parse(
  JSON.stringify(eu).replaceAll('"mct":500', '"mct":300'),
) as Jurisdiction;

const stone: Facts = {
  ...nothingElseKnown,
  hs: '710239',
  material: 'natural',
  stoneMct: { min: 400, max: 400 },
  minedIn: ['RU'],
  processing: { state: 'processed', in: 'IN', operation: 'polished' },
  shippedFrom: 'IN',
};

function adopting() {
  const { events, record } = ledgerOf();
  const adopt = (version: string, rules: Jurisdiction, on: string) => {
    const sha256 = version.padEnd(64, '0');
    const data = { jurisdiction: 'EU', version, sha256, rules: { ...rules } };
    record('rulebook-eu', { type: 'RuleBookAdopted', data }, { on });
  };
  adopt('a1', eu, '2025-01-10');
  adopt('a2', stricter, '2025-06-10');
  return replay([rulebooks], events, '2026-01-01');
}

describe('the rules a ledger judges by', () => {
  it('are those of this build until others are adopted', async () => {
    const views = await adopting();
    expect(await rulesOf(views, 'US')).toMatchObject({ version: '2026.1', adoption: null });
    const before = await rulesOf(views, 'EU', { on: '2025-01-09' });
    expect(before).toMatchObject({ version: '2026.1', adoption: null });
  });

  it('are known for every day', async () => {
    const views = await adopting();
    const on = async (day: string) => (await rulesOf(views, 'EU', { on: day })).version;
    expect([await on('2025-01-10'), await on('2025-06-09'), await on('2025-06-10')]).toEqual([
      'a1',
      'a1',
      'a2',
    ]);
    expect((await rulesOf(views, 'EU')).version).toBe('a2');
  });

  it('judge again as they did, whatever was adopted since', async () => {
    const views = await adopting();
    const judged = async (version: string) => {
      const rules = await rulesOf(views, 'EU', { version });
      return evaluate(stone, 'EU', '2025-03-01', 'import', { rules });
    };
    expect(await judged('a1')).toEqual({
      ...evaluate(stone, 'EU', '2025-03-01', 'import'),
      ruleBookVersion: 'a1',
    });
    expect((await judged('a1')).outcome).toBe('CLEAR');
    expect(await judged('a2')).toMatchObject({ outcome: 'PROHIBITED', ruleBookVersion: 'a2' });
    await expect(rulesOf(views, 'EU', { version: 'a3' })).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-rule-book-version' }),
    );
  });

  it('differ record by record', () => {
    expect(changesBetween(eu, eu)).toEqual([]);
    const changes = changesBetween(eu, stricter);
    expect(changes.length).toBeGreaterThan(0);
    expect(
      changes.every(({ change, fields }) => change === 'changed' && fields[0] === 'when'),
    ).toBe(true);
    const [first, ...rest] = eu.rules;
    expect(changesBetween(eu, { ...eu, rules: rest })).toMatchObject([
      { change: 'removed', id: first?.id },
    ]);
    expect(changesBetween({ ...eu, rules: rest }, eu)).toMatchObject([
      { change: 'added', id: first?.id },
    ]);
  });
});
