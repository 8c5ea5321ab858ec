import { describe, expect, it } from '@jest/globals';
import { bill, flaggedLedger, open, recover, release } from '#test/support/flagged';
import { mct, over } from '#test/support/given';

describe('carats from nowhere', () => {
  it('come out of a stone that a receiver weighed lighter than its record', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', release('kgk'));
    await act('stone-dawn', 'kgk', { type: 'AcceptCustody', weight: mct(8_000) });
    await act('stone-dawn', 'kgk', { type: 'StartManufacturing', orderNo: '1' });
    const piece = (exact: number) => ({ weight: mct(exact) });
    const saw = { type: 'SawRough', method: 'laser', loss: { ...mct(0), mct: 0 } };
    await act('stone-dawn', 'kgk', { ...saw, pieces: [piece(5_000), piece(5_000)] });
    expect(await found({ rule: 'carats-from-nowhere' })).toEqual([
      {
        rule: 'carats-from-nowhere',
        subject: 'stone-dawn',
        of: ['stone-dawn#3', 'stone-dawn#5'],
        finding: '10000 mct out of goods that weighed 8000 mct',
      },
    ]);
  });

  it('are a second stone in a record of which one was recovered', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', {
      type: 'SplitIdentity',
      weight: mct(10_005),
      reason: 'two',
    });
    expect(await found({ rule: 'carats-from-nowhere' })).toMatchObject([
      { of: ['stone-dawn#0', 'stone-dawn#1'], finding: expect.stringContaining('20005 mct') },
    ]);
  });

  it('are none where all adds up, or a bound is all that is known', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', { ...recover(10_000), weight: over(10_000) });
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
    await act('stone-dawn', 'alrosa', { type: 'ProducePolished', weight: mct(9_000) });
    await act('stone-day', 'alrosa', recover(10_000));
    await act('stone-day', 'alrosa', { type: 'StartManufacturing', orderNo: '2' });
    await act('stone-day', 'alrosa', { type: 'ProducePolished', weight: mct(5_000) });
    await act('stone-day', 'alrosa', {
      type: 'RecordLoss',
      weight: mct(5_000),
      cause: 'polishing',
    });
    await act('stone-day', 'alrosa', { type: 'CloseManufacturing' });
    expect(await found()).toEqual([]);
  });

  it('may be goods whose record begins here without a paper', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', open(1_000, 'kgk'));
    await act('stone-jewel', 'kgk', open(1_000, 'kgk'), bill);
    expect(await found()).toMatchObject([{ rule: 'source-not-in-ledger', subject: 'stone-gem' }]);
  });
});

const polish = (exact: number) => ({ type: 'ProducePolished', weight: mct(exact) }) as const;
const lose = (exact: number, cause = 'breakage') =>
  ({ type: 'RecordLoss', weight: mct(exact), cause }) as const;
const both = ['yield-implausible', 'yield-out-of-bounds'];

describe('a yield', () => {
  const cut = async (polished: number) => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
    await act('stone-dawn', 'alrosa', { type: 'ProducePolished', weight: mct(polished) });
    const loss = mct(10_000 - polished);
    await act('stone-dawn', 'alrosa', { type: 'RecordLoss', weight: loss, cause: 'polishing' });
    await act('stone-dawn', 'alrosa', { type: 'CloseManufacturing' });
    return found();
  };

  it.each([
    [1_499, ['yield-out-of-bounds']],
    [1_500, []],
    [6_500, []],
    [6_501, ['yield-out-of-bounds']],
    [8_001, ['yield-implausible', 'yield-out-of-bounds']],
  ])('of %d mct out of 10000 raises %j', async (polished, rules) => {
    const raised = await cut(polished);
    expect(raised.map(({ rule }) => rule).sort()).toEqual(rules);
    for (const { of } of raised) expect(of[0]).toBe('stone-dawn#1');
  });

  it.each([
    ['all of it', [lose(10_000)], []],
    [
      'most of it before the rest was cut',
      [lose(7_000), polish(1_000), lose(2_000, 'polishing')],
      [],
    ],
    [
      'most of it, and little was made of the rest',
      [lose(7_000), polish(400)],
      ['yield-out-of-bounds'],
    ],
    ['all that was not polished', [polish(6_000), lose(4_000)], both],
    ['all but what the scales may err by', [lose(9_996)], []],
  ])('is of what did not break: %s', async (_, acts, rules) => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
    for (const said of acts) await act('stone-dawn', 'alrosa', said);
    const gone = acts.reduce((all, { weight }) => all + weight.mct, 0);
    if (gone < 9_995) await act('stone-dawn', 'alrosa', lose(10_000 - gone, 'polishing'));
    await act('stone-dawn', 'alrosa', { type: 'CloseManufacturing' });
    expect((await found()).map(({ rule }) => rule).sort()).toEqual(rules);
  });

  it('under a second order is of what the first left', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
    await act('stone-dawn', 'alrosa', polish(4_000));
    await act('stone-dawn', 'alrosa', lose(4_500, 'polishing'));
    await act('stone-dawn', 'alrosa', release('kgk', 'cutting'));
    await act('stone-dawn', 'kgk', { type: 'AcceptCustody' });
    await act('stone-dawn', 'kgk', { type: 'StartManufacturing', orderNo: '2' });
    await act('stone-dawn', 'kgk', polish(700));
    await act('stone-dawn', 'kgk', lose(800, 'polishing'));
    await act('stone-dawn', 'kgk', { type: 'CloseManufacturing' });
    expect(await found()).toEqual([]);
  });

  it('is judged for a piece under the order of its rough', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
    const pieces = [{ weight: mct(6_000) }, { weight: mct(4_000) }];
    const loss = { ...mct(1), mct: 0 };
    await act('stone-dawn', 'alrosa', { type: 'SawRough', method: 'blade', pieces, loss });
    await act('stone-dawn.1', 'alrosa', { type: 'ProducePolished', weight: mct(5_000) });
    expect((await found()).map(({ of }) => of)).toEqual([
      ['stone-dawn.1#0', 'stone-dawn.1#1'],
      ['stone-dawn.1#0', 'stone-dawn.1#1'],
    ]);
  });
});

describe('two stones', () => {
  it('are said to be of one report', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-glass', 'kgk', open(990, 'kgk'), bill);
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', weight: mct(1_000) });
    const match = { type: 'MatchReport', laboratory: 'gia', reportNo: '77', method: 'seen' };
    await act('stone-gem', 'kgk', match);
    expect(await found()).toEqual([]);
    await act('stone-glass', 'kgk', match);
    await act('stone-glass', 'kgk', match);
    expect(await found()).toMatchObject([
      { rule: 'report-on-two-stones', of: ['stone-gem#1', 'stone-glass#1'] },
    ]);
  });

  it('are no two of one report once it is withdrawn, or one of them is no more', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-twin', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', weight: mct(1_000) });
    await act('stone-gem', 'kgk', { type: 'GiveUpIdentity', stoneId: 'gem', survivor: 'twin' });
    const match = { type: 'MatchReport', laboratory: 'gia', reportNo: '77', method: 'seen' };
    await act('stone-twin', 'kgk', match);
    expect(await found()).toEqual([]);
  });

  it.each([
    ['6.50 - 6.53 x 4.01', 1_000, ['same-measurements']],
    ['6.51 - 6.55 x 3.99', 1_010, ['same-measurements']],
    ['6,53-6,50x4,01', 1_000, ['same-measurements']],
    ['6.50 - 6.53 x 4.04', 1_000, []],
    ['6.50 - 6.53 x 4.01', 1_011, []],
    ['about 6.5', 1_000, []],
  ])('measure the same, %s of %d mct: %j', async (measurementsMm, exact, rules) => {
    const { act, found } = await flaggedLedger();
    const first = { weight: mct(1_000), measurementsMm: '6.50 - 6.53 x 4.01' };
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', ...first });
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '78', ...first });
    await act('stone-twin', 'kgk', open(exact, 'kgk'), bill);
    const second = { weight: mct(exact), measurementsMm };
    await act('stone-twin', 'gia', { type: 'IssueReport', reportNo: '79', ...second });
    await act('stone-twin', 'gia', { type: 'IssueReport', reportNo: '80', ...second });
    expect((await found()).map(({ rule }) => rule)).toEqual(rules);
  });

  it.each([
    ['D', ['same-measurements']],
    ['d', ['same-measurements']],
    ['K', []],
  ])('but are no twins where their colours are D and %s: %j', async (colour, rules) => {
    const { act, found } = await flaggedLedger();
    const said = { weight: mct(1_000), measurementsMm: '6.50 - 6.53 x 4.01' };
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', ...said, colour: 'D' });
    await act('stone-twin', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-twin', 'gia', { type: 'IssueReport', reportNo: '79', ...said, colour });
    expect((await found()).map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('title', () => {
  it('was not held by one of two owners of what turns out to be one stone', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-twin', 'alrosa', open(1_000, 'alrosa'), bill);
    const invoiced = { documents: [{ type: 'invoice', sha256: 'a'.repeat(64) }] };
    await act('stone-gem', 'kgk', { type: 'TransferTitle', to: 'gia', basis: 'sale' }, invoiced);
    const agree = { type: 'AgreeToMerge', merged: 'gem', reason: 'one scan' };
    await act('stone-twin', 'alrosa', agree);
    await act('stone-gem', 'kgk', { type: 'GiveUpIdentity', stoneId: 'gem', survivor: 'twin' });
    expect(await found()).toMatchObject(
      [
        {
          rule: 'title-not-held',
          subject: 'stone-twin',
          of: ['stone-gem#1', 'stone-twin#0', 'stone-twin#2'].sort(),
          finding: 'one stone, owned by alrosa here and by gia as gem',
        },
      ].map((flag) => ({ ...flag, of: expect.arrayContaining(flag.of) })),
    );
  });
});
