import { describe, expect, it } from '@jest/globals';
import { viewsAt } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';
import { memoryViews } from '#libs/views/memory';
import { catchUp, rebuild, review } from '#libs/views/projector';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import type { Said } from '#test/support/acting';
import { dump, firstDifference } from '#test/support/dump';
import { mct } from '#test/support/given';

const today = '2025-12-31';
const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
const polished = {
  type: 'OpenHistory',
  form: 'polished',
  weight: mct(1_000),
  origin: unknown,
  owner: 'kgk',
  basis: 'bought',
};
const release = { type: 'ReleaseCustody', to: 'antwerp', purpose: 'sale' };
const accept = { type: 'AcceptCustody' };
const memo = { type: 'IssueMemo', memoNo: 'M-1', consignee: 'antwerp', dueOn: '2025-05-01' };
const annul = { type: 'AnnulEvent', reason: 'of another stone' };
const proof = { documents: [{ type: 'note', sha256: 'a'.repeat(64) }] };
const warranty = { version: 'WDC-2021', sowId: 'SOW-1' };
const bill = { documents: [{ type: 'invoice', number: 'I-1' }] };

/** A stone of KGK's, and what is flagged of it on a day, the earliest first. */
async function world() {
  const { act, store, events } = await actingLedger({
    kgk: ['IN', 'dealer'],
    antwerp: ['BE', 'dealer'],
    police: ['IN', 'authority'],
    reviewer: ['BE', 'auditor'],
  });
  await act('stone-gem', 'kgk', polished, { ...bill, on: '2025-03-01' });
  const by = (who: string, said: Said, on: string) => act('stone-gem', who, said, { on });
  return { act, by, store, events, flagged, flaggedThen };

  async function flagged(day = today) {
    return told(await flagsBy(await replay([flags], await events(), day), {}, 100));
  }

  async function flaggedThen(question: Question) {
    return told(
      await flagsBy(await viewsAt(store, [flags], 'stone-gem', question, today), {}, 100),
    );
  }
}

function told(found: Awaited<ReturnType<typeof flagsBy>>) {
  return found
    .map(({ rule, state, closing, events }) =>
      [rule, events[0]?.revision, closing ? closing.reason : state].join(' '),
    )
    .toSorted();
}

describe('goods that were let go', () => {
  it('are flagged once nobody answered for the days of the policy, and not a day earlier', async () => {
    const { by, flagged } = await world();
    await by('kgk', release, '2025-04-04');
    expect(await flagged('2025-05-04')).toEqual([]);
    expect(await flagged('2025-05-05')).toEqual(['release-unanswered 1 open']);
    expect(await flagged()).toEqual(['release-unanswered 1 open']);
  });

  it.each([
    ['antwerp', accept, 'antwerp accepted the goods'],
    ['antwerp', { type: 'RefuseCustody', reason: 'not ordered' }, 'antwerp refused the goods'],
    ['kgk', { type: 'WithdrawRelease', reason: 'sold' }, 'kgk took the release back'],
  ])('are no longer when %s answers late by %j', async (who, answer, reason) => {
    const { by, flagged } = await world();
    await by('kgk', release, '2025-04-04');
    await by(who, answer, '2025-05-05');
    expect(await flagged()).toEqual([`release-unanswered 1 ${reason}`]);
  });

  it('await an answer again when the late one is annulled', async () => {
    const { act, by, flagged } = await world();
    await by('kgk', release, '2025-04-04');
    await by('antwerp', accept, '2025-05-05');
    await act('stone-gem', 'registry', { ...annul, target: 2 }, proof);
    expect(await flagged()).toEqual(['release-unanswered 1 open']);
  });

  it('were never late when the answer came in time and was recorded long after', async () => {
    const { by, flagged, store } = await world();
    await by('kgk', release, '2025-04-04');
    const views = memoryViews([flags]);
    const options = { signal: new AbortController().signal, today: () => today };
    await rebuild(store, views, [flags], options);
    expect(told(await flagsBy(views.reader, {}, 9))).toEqual(['release-unanswered 1 open']);
    await by('antwerp', accept, '2025-05-04');
    await catchUp(store, await views.live([flags]), [flags], options);
    expect(await flagsBy(views.reader, {}, 9)).toEqual([]);
    expect(await flagged()).toEqual([]);
  });

  it('are flagged in the commit that takes in their release, where it was late when it was recorded', async () => {
    const { act, by, flagged, store } = await world();
    const views = memoryViews([flags]);
    const options = { signal: new AbortController().signal, today: () => today };
    await rebuild(store, views, [flags], options);
    await by('kgk', release, '2025-04-04');
    await by('kgk', { type: 'WithdrawRelease', reason: 'sold' }, '2025-04-05');
    await by('kgk', { ...memo, warranties: [warranty] }, '2025-04-06');
    await catchUp(store, await views.live([flags]), [flags], options);
    const raised = ['memo-overdue 3 open', 'release-unanswered 4 open'];
    expect(told(await flagsBy(views.reader, {}, 9))).toEqual(raised);
    expect(await flagged()).toEqual(raised);
    const changes = [{ field: 'data.sealNo', to: 'P-1' }];
    const correct = { type: 'CorrectRecord', target: 1, changes, reason: 'misread' };
    const documents = [{ type: 'note', sha256: 'a'.repeat(64) }];
    await act('stone-gem', 'kgk', correct, { documents });
    await catchUp(store, await views.live([flags]), [flags], options);
    expect(told(await flagsBy(views.reader, {}, 9))).toEqual(raised);
  });

  it('are flagged of another time as they were on that day', async () => {
    const { by, flaggedThen } = await world();
    await by('kgk', release, '2025-04-04');
    await by('antwerp', accept, '2025-06-01');
    expect(await flaggedThen({ validAt: '2025-05-04' })).toEqual([]);
    expect(await flaggedThen({ validAt: '2025-05-31' })).toEqual(['release-unanswered 1 open']);
    expect(await flaggedThen({ validAt: '2025-06-01' })).toEqual([
      'release-unanswered 1 antwerp accepted the goods',
    ]);
    expect(await flaggedThen({ knownAt: { day: '2025-12-30' } })).toEqual([]);
  });

  it('end as an auditor says who closes the flag, once there is one', async () => {
    const { act, by, events, flagged } = await world();
    await by('kgk', release, '2025-04-04');
    const released = (await events()).at(-1)?.meta.id;
    const close = (on: string) =>
      act(
        `flag-release-unanswered.${released}`,
        'reviewer',
        {
          type: 'CloseFlag',
          streams: ['stone-gem'],
          outcome: 'confirmed',
          reason: 'the parcel never came',
        },
        { on, documents: [{ type: 'statement' }] },
      );
    await expect(close('2025-05-04')).rejects.toMatchObject({ code: 'unknown-flag' });
    await close('2025-05-05');
    expect(await flagged()).toEqual(['release-unanswered 1 the parcel never came']);
  });
});

describe('goods on memo', () => {
  const issued = { ...memo, warranties: [warranty] };
  const memos = (found: readonly string[]) => found.filter((each) => each.startsWith('memo'));

  it('are flagged from the day after they were due', async () => {
    const { by, flagged } = await world();
    await by('kgk', issued, '2025-04-04');
    await by('antwerp', accept, '2025-04-05');
    expect(await flagged('2025-05-01')).toEqual([]);
    expect(await flagged('2025-05-02')).toEqual(['memo-overdue 1 open']);
  });

  it('are due on another day once extended, and flagged again after that', async () => {
    const { by, flagged } = await world();
    await by('kgk', issued, '2025-04-04');
    await by('antwerp', accept, '2025-04-05');
    await by('kgk', { ...memo, type: 'ExtendMemo', dueOn: '2025-06-01' }, '2025-05-03');
    const extended = 'memo-overdue 1 kgk extended the memo';
    expect(await flagged('2025-06-01')).toEqual([extended]);
    expect(await flagged('2025-06-02')).toEqual([extended, 'memo-overdue 4 open']);
    await by('antwerp', { type: 'ReturnMemo' }, '2025-06-02');
    expect(memos(await flagged('2025-06-02'))).toEqual([
      extended,
      'memo-overdue 4 antwerp returned the goods',
    ]);
  });

  it.each([
    ['kgk', { ...memo, type: 'ExtendMemo', dueOn: '2025-06-01' }],
    ['antwerp', { type: 'ReturnMemo' }],
    ['kgk', { type: 'ConvertMemo', price: { minor: 100, currency: 'USD' } }],
  ])('are overdue again when what %s answered too late by %j is annulled', async (who, answer) => {
    const { act, by, flagged, events } = await world();
    await by('kgk', issued, '2025-04-04');
    await by('antwerp', accept, '2025-04-05');
    const target = (await events()).filter(({ stream }) => stream === 'stone-gem').length;
    await act('stone-gem', who, answer, { on: '2025-05-03', ...bill });
    expect(memos(await flagged('2025-05-10'))).toEqual([expect.not.stringMatching(/open$/)]);
    await act('stone-gem', 'registry', { ...annul, target }, proof);
    expect(memos(await flagged('2025-05-10'))).toEqual(['memo-overdue 1 open']);
  });

  it('are flagged no more when they came back in time', async () => {
    const { by, flagged } = await world();
    await by('kgk', issued, '2025-04-04');
    await by('antwerp', accept, '2025-04-05');
    await by('antwerp', { type: 'ReturnMemo' }, '2025-05-01');
    expect(memos(await flagged())).toEqual([]);
  });
});

it('flags the same however the days passed, and whatever was corrected meanwhile', async () => {
  const { act, by, events, store } = await world();
  const views = memoryViews([flags]);
  let day = '2025-04-04';
  const options = { signal: new AbortController().signal, today: () => day };
  const pass = async (on: string) => {
    day = on;
    if ((await views.positions()).size === 0) await rebuild(store, views, [flags], options);
    await catchUp(store, await views.live([flags]), [flags], options);
    await review(views, [flags], day);
    const anew = await replay([flags], await events(), day);
    expect(
      firstDifference(await dump(views.reader, [flags]), await dump(anew, [flags])),
    ).toBeUndefined();
    return told(await flagsBy(views.reader, {}, 9));
  };
  await by('kgk', release, '2025-04-04');
  const [released] = (await events()).slice(-1);
  await pass('2025-04-04');
  expect(await pass('2025-05-05')).toEqual(['release-unanswered 1 open']);
  await act(
    'stone-gem',
    'kgk',
    {
      type: 'CorrectRecord',
      target: released?.revision,
      changes: [{ field: 'at', to: { time: '2025-04-10', precision: 'day' } }],
      reason: 'misread',
    },
    { documents: [{ type: 'note', sha256: 'a'.repeat(64) }] },
  );
  expect(await pass('2025-05-06')).toEqual([]);
  expect(await pass('2025-05-11')).toEqual(['release-unanswered 1 open']);
  await by('antwerp', accept, '2025-05-11');
  expect(await pass('2025-05-12')).toEqual(['release-unanswered 1 antwerp accepted the goods']);
});
