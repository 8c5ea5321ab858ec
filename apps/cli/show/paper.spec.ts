import { expect, it } from '@jest/globals';
import { paperTold } from '#apps/cli/show/paper';

it('tells a row in words: carats, money, times, and only what it says', () => {
  const row = {
    id: 's1',
    carrier: null,
    goods: [{ hs: '710231', mct: 28_526, stream: 'parcel-lot' }],
    total_mct: 28_526,
    total_value: { minor: 342_312, currency: 'USD' },
    dispatched_at: { time: '2019-04-08T17:00:34Z', precision: 'instant' },
    border: { need: 'certificate', exporting: { participant: 'CA', data: 'ab'.repeat(32) } },
    breached: 0,
    quarantined: 1,
    transited: [],
  };
  expect(paperTold(row).map((line) => line.trim().replace(/ {2,}/, ': '))).toEqual([
    'id: s1',
    'goods: hs 710231, 28.526 ct, stream parcel-lot',
    'total: 28.526 ct',
    'total value: USD 3423.12',
    'dispatched at: 2019-04-08 17:00 UTC',
    'border: need certificate, exporting participant CA',
    'quarantined: yes',
  ]);
});
