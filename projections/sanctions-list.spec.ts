import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate } from '#apps/cli/generate/generate';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';
import type { Outcome } from '#libs/rulebook/verdict';
import { memoryStore } from '#libs/store/memory';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { sanctionsPage } from '#projections/sanctions-list';
import type { SanctionsListed, WhichSanctions } from '#projections/sanctions-list';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { title } from '#projections/title';
import { judged } from '#projections/verdicts/kinds';
import { goodsRows } from '#projections/verdicts/tables';
import { mineOrigin } from '#libs/origin/origin';
import { builtInRules } from '#libs/rulebook/rules-used';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const now = '2025-06-01';
let views: ViewReader;
let parties: readonly string[] = [];

beforeAll(async () => {
  const store = memoryStore({ ledger: 'test' });
  await generate({ store }, { stones: 40, seed: 3 });
  const events = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  views = await replay([sanctions, title], events, now);
  const goods = await views.list(goodsRows, {});
  parties = [...new Set(goods.flatMap(({ owner }) => owner ?? []))];
});

async function allPages(which: WhichSanctions, from = views): Promise<readonly SanctionsListed[]> {
  const found: SanctionsListed[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: Awaited<ReturnType<typeof sanctionsPage>> = await sanctionsPage(from, {
      ...which,
      ...(after !== '' && { after }),
    });
    expect(page.items.length).toBeLessThanOrEqual(which.limit);
    found.push(...page.items);
    after = page.next;
  }
  return found;
}

async function expected({ jurisdiction, on = now, outcome, owner, custodian }: WhichSanctions) {
  const rules = builtInRules(jurisdiction);
  const rows = await views.list(goodsRows, {});
  const found = await Promise.all(rows.map(({ subject }) => sanctionsOf(views, subject)));
  return found
    .flatMap((row) => (row && row.kind !== '' ? [row] : []))
    .filter((row) => owner === undefined || row.owner === owner)
    .filter((row) => custodian === undefined || row.custodian === custodian)
    .map(({ subject, way }) => ({ subject, ...judged(way, rules, on) }))
    .filter((row) => outcome === undefined || row.outcome === outcome)
    .map(({ subject, outcome: said, rule }) => `${subject} ${said} ${rule}`);
}

/** The half-carat stage, at another weight. */
const finer: Jurisdiction = JSON.parse(
  JSON.stringify(builtInRules('EU').jurisdiction).replaceAll('"mct":500', '"mct":347'),
) as Jurisdiction;

describe('the list of verdicts under a named version', () => {
  it('is by its rules, and not by the ones in use', async () => {
    const { jurisdiction } = builtInRules('EU');
    const isBan = ({ kind }: Rule) => kind === 'ban';
    const idle = { ...jurisdiction, rules: jurisdiction.rules.filter((rule) => !isBan(rule)) };
    const which = { jurisdiction: 'EU', now, limit: 7, outcome: 'PROHIBITED' } as const;
    expect((await allPages(which)).length).toBeGreaterThan(0);
    expect(await allPages({ ...which, rules: { version: 'idle', jurisdiction: idle } })).toEqual(
      [],
    );
    const same = { version: 'same', jurisdiction };
    expect(await allPages({ ...which, rules: same })).toEqual(await allPages(which));
    const page = await sanctionsPage(views, { ...which, rules: same });
    expect(page).toMatchObject({ ruleBookVersion: 'same', coming: null });
  });

  it('is refused for rules that tell goods apart which are one kind here', async () => {
    const rules = { version: 'finer', jurisdiction: finer };
    await expect(
      sanctionsPage(views, { jurisdiction: 'EU', now, limit: 7, rules }),
    ).rejects.toThrow(expect.objectContaining({ code: 'goods-being-sorted' }));
  });
});

describe('the list of verdicts', () => {
  it('tells all goods that are asked for, each once, however it is cut into pages', async () => {
    const party = fc.option(fc.nat(), { nil: undefined, freq: 1 });
    const outcomes = [
      'PROHIBITED',
      'UNDETERMINED',
      'REQUIRES_EVIDENCE',
      'EXEMPT',
      'CLEAR',
    ] as const;
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('EU', 'US', 'JP', 'EUBY'),
        fc.option(fc.constantFrom<Outcome>(...outcomes), { nil: undefined, freq: 1 }),
        party,
        party,
        fc.option(fc.constantFrom('2023-12-31', '2024-03-01', '2026-11-22'), { nil: undefined }),
        fc.constantFrom(1, 7, 500),
        async (jurisdiction, outcome, owner, custodian, on, limit) => {
          const named = (n: number) => parties[n % parties.length] ?? '';
          const which = {
            jurisdiction,
            now,
            limit,
            ...(outcome && { outcome }),
            ...(owner !== undefined && { owner: named(owner) }),
            ...(custodian !== undefined && { custodian: named(custodian) }),
            ...(on !== undefined && { on }),
          };
          const items = await allPages(which);
          told += items.length;
          const found = items.map((each) => `${each.subject} ${each.outcome} ${each.rule}`);
          expect(found.toSorted()).toEqual((await expected(which)).toSorted());
        },
      ),
      { numRuns: 60 },
    );
    expect(told).toBeGreaterThan(100);
  }, 60_000);

  it('is of the day when one came that nobody has judged yet', async () => {
    const later = await allPages({ jurisdiction: 'EU', now: '2026-11-22', limit: 500 });
    const found = later.map((each) => `${each.subject} ${each.outcome} ${each.rule}`);
    const due = await expected({ jurisdiction: 'EU', now, on: '2026-11-22', limit: 500 });
    expect(found.toSorted()).toEqual(due.toSorted());
    const before = await allPages({ jurisdiction: 'EU', now, limit: 500 });
    expect(before.map(({ nextChangeOn }) => nextChangeOn)).not.toContain('2026-11-22');
  });

  it('tells a party what it owns alone and what it owns with others', async () => {
    const { events, record } = ledgerOf();
    const stones = ['stone-a', 'stone-b', 'stone-c', 'stone-d'];
    stones.forEach((stone, n) => {
      record(stone, {
        type: 'HistoryOpened',
        data: {
          form: 'polished',
          weight: weighing(900 + 200 * n),
          origin: mineOrigin(n === 3 ? 'BW' : 'RU', 'a-mine', 'segregated'),
          owner: 'kgk',
          basis: 'bought',
        },
      });
    });
    const shares = [
      { party: 'graff', ppm: 400_000 },
      { party: 'kgk', ppm: 600_000 },
    ];
    for (const stone of ['stone-b', 'stone-d']) {
      const sold = { from: 'kgk', to: 'graff', ppm: 400_000, shares, basis: 'sale' } as const;
      record(stone, { type: 'TitleShareTransferred', data: sold });
    }
    const read = await replay([sanctions, title], events, now);
    const owned = async (owner: string, more: Partial<WhichSanctions> = {}) => {
      const which = { jurisdiction: 'EU', now, owner, limit: 1, ...more };
      return (await allPages(which, read)).map(({ subject }) => subject).toSorted();
    };
    expect(await owned('kgk')).toEqual(stones);
    expect(await owned('graff')).toEqual(['stone-b', 'stone-d']);
    expect(await owned('graff', { custodian: 'graff' })).toEqual([]);
    const [worse] = await allPages({ jurisdiction: 'EU', now, owner: 'graff', limit: 9 }, read);
    const alike = await owned('graff', { outcome: worse?.outcome ?? 'CLEAR', on: now });
    expect(alike).toContain(worse?.subject);
    expect(await owned('alrosa')).toEqual([]);
  });

  it('is refused for a jurisdiction without rules', async () => {
    await expect(sanctionsPage(views, { jurisdiction: 'NZ', now, limit: 1 })).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-jurisdiction' }),
    );
  });
});
