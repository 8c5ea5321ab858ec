import { describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import { dump, firstDifference } from '#test/support/dump';
import { mct } from '#test/support/given';
import { keptUp } from '#test/support/kept-up';

const today = '2025-12-31';
const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
const bill = { documents: [{ type: 'invoice', number: 'I-1', sha256: 'a'.repeat(64) }] };
const price = { minor: 100_000, currency: 'USD' };
const invoice = {
  type: 'IssueInvoice',
  invoiceNo: 'I-7',
  buyer: 'graff',
  market: 'trade',
  price,
  warranties: [{ version: 'WDC-2021', sowId: 'SOW-1' }],
};

/** Three stones of KGK's on one invoice; what is flagged, which a fold of what is in force also finds. */
async function world(...said: readonly Readonly<Record<string, unknown>>[]) {
  const { act, events } = await actingLedger({
    kgk: ['IN', 'dealer'],
    graff: ['GB', 'dealer'],
    tache: ['BE', 'dealer'],
  });
  for (const [n, more] of said.entries()) {
    const goods = { form: 'polished', weight: mct(1_000), origin: unknown };
    const open = { type: 'OpenHistory', ...goods, owner: 'kgk', basis: 'bought' };
    await act(`stone-s${n}`, 'kgk', open, bill);
    const { on = '2025-04-04', ...rest } = more;
    const line = { no: n + 1, of: said.length };
    await act(`stone-s${n}`, 'kgk', { ...invoice, line, ...rest }, { on: String(on) });
  }
  return { act, found };

  async function found() {
    const all = await events();
    const views = await replay([flags], all, today);
    const kept = await dump(await keptUp([flags], all, today), [flags]);
    expect(firstDifference(kept, await dump(views, [flags]))).toBeUndefined();
    return (await flagsBy(views, {}, 9)).map(({ finding }) => finding);
  }
}

describe('goods under one invoice number', () => {
  it('are not flagged when their lines say the same of the whole', async () => {
    const { found } = await world({}, { price: { minor: 5, currency: 'USD' } }, {});
    expect(await found()).toEqual([]);
  });

  it.each([
    [{ buyer: 'tache' }, 'buyer graff and tache'],
    [{ price: { minor: 5, currency: 'EUR' } }, 'currency USD and EUR'],
    [{ terms: '30 days' }, 'terms none and 30 days'],
    [{ on: '2025-04-05' }, 'day 2025-04-04 and 2025-04-05'],
    [{ line: { no: 2, of: 4 } }, 'lines 2 and 4'],
    [{ line: { no: 1, of: 2 } }, 'line 1 twice'],
  ])('are flagged when another says %j', async (other, said) => {
    const { found } = await world({}, other);
    expect(await found()).toEqual([`invoice kgk I-7: ${said} (stone-s0, stone-s1)`]);
  });

  it('are flagged where two later lines are one, which neither shares with the first', async () => {
    const { found } = await world({}, {}, { line: { no: 2, of: 3 } });
    expect(await found()).toEqual(['invoice kgk I-7: line 2 twice (stone-s1, stone-s2)']);
  });

  it('are flagged against the first for the whole, and against its twin for the line', async () => {
    const { found } = await world({}, {}, { line: { no: 2, of: 3 }, buyer: 'tache' });
    expect([...(await found())].sort()).toEqual([
      'invoice kgk I-7: buyer graff and tache (stone-s0, stone-s2)',
      'invoice kgk I-7: line 2 twice (stone-s1, stone-s2)',
    ]);
  });

  it('are flagged where they are on it twice', async () => {
    const { act, found } = await world({});
    await act('stone-s0', 'kgk', { ...invoice, line: { no: 1, of: 1 } }, { on: '2025-04-05' });
    const said = 'twice, day 2025-04-04 and 2025-04-05, line 1 twice (stone-s0)';
    expect(await found()).toEqual([`invoice kgk I-7: ${said}`]);
  });

  it('are flagged no more once one of two same lines is another', async () => {
    const { act, found } = await world({}, {}, { line: { no: 2, of: 3 } });
    expect(await found()).toHaveLength(1);
    const changes = [{ field: 'data.line.no', to: 3 }];
    const correct = { type: 'CorrectRecord', changes, reason: 'miscounted', target: 1 };
    await act('stone-s2', 'kgk', correct, bill);
    expect(await found()).toEqual([]);
  });

  it('are flagged no more once the line that was wrong is corrected', async () => {
    const { act, found } = await world({}, { line: { no: 2, of: 4 } }, {});
    expect(await found()).toHaveLength(1);
    const [field, to] = ['data.line.of', 3];
    const correct = { type: 'CorrectRecord', changes: [{ field, to }], reason: 'miscounted' };
    await act('stone-s1', 'kgk', { ...correct, target: 1 }, bill);
    expect(await found()).toEqual([]);
  });
});
