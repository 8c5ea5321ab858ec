import { expect, it } from '@jest/globals';
import { bondsTold } from '#apps/cli/show/bonds';

const none = {
  standing: 'clear',
  memo: null,
  pledges: [],
  missing: null,
  seizure: null,
  holds: [],
  seal: null,
  contests: [],
  titleContests: [],
} as const;

it('tells everything that lies on goods, a line each', () => {
  const bonds = {
    ...none,
    standing: 'seized',
    seizure: { orderNo: 'SO-1', authority: 'police' },
    missing: 'stolen',
    holds: [{ holdNo: 'H-1', by: 'graff', officer: 'J. P.' }],
    memo: { memoNo: 'M-1', consignee: 'kgk', dueOn: '2024-07-01', expired: true },
    pledges: [{ pledgeNo: 'P-1', lender: 'bank', priority: 1, consents: [], cutting: false }],
    titleContests: [{ contestNo: 'T-1', claimant: 'heir' }],
    contests: [{ contestNo: 'C-1', claimant: 'dubai' }],
    seal: 'Z-1',
  } as const;
  expect(bondsTold({ bonds, names: { kgk: 'KGK', bank: 'bank' } })).toEqual([
    'seized by police under SO-1',
    'reported stolen',
    'on hold H-1, put by J. P. of graff',
    'on memo M-1 to KGK [kgk], due 2024-07-01, expired',
    'pledged to bank, rank 1: P-1',
    'title claimed by heir: T-1',
    'origin contested by dubai: C-1',
    'in a packet under seal Z-1',
  ]);
});

it('says so where nothing does', () => {
  expect(bondsTold({ bonds: none, names: {} })).toEqual(['clear: nothing lies on it']);
});
