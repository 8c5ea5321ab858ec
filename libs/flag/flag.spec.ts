import { describe, it } from '@jest/globals';
import type { FlagClosed } from '#events/flag';
import { flag } from '#libs/flag/flag';
import type { CloseFlag } from '#libs/flag/flag-command';
import { as, given, stated } from '#test/support/given';

const reliedOn = [{ stream: 'stone-dawn', revision: 4 }];
const known = { flag: { rule: 'weight-discrepancy', statedBy: ['kgk'] }, reliedOn };
const close: CloseFlag = {
  type: 'CloseFlag',
  streams: ['stone-dawn'],
  outcome: 'explained',
  reason: 'the scales were serviced the day after',
  known,
  meta: as('big-four', ['auditor']),
};
const closed: FlagClosed = stated('big-four', {
  type: 'FlagClosed',
  data: { rule: 'weight-discrepancy', outcome: close.outcome, reason: close.reason, reliedOn },
});

describe('a flag', () => {
  it('is closed, with a reason, by an auditor, an authority or an operator', () => {
    const { type, data } = closed;
    given(flag)().when(close).thenRecorded({ type, data });
    for (const role of ['authority', 'operator'] as const) {
      given(flag)()
        .when({ ...close, meta: as('house', [role]) })
        .thenRecorded({ type, data });
    }
  });

  it('is not closed by anybody else, nor by who stated what raised it', () => {
    given(flag)()
      .when({ ...close, meta: as('alrosa', ['dealer']) })
      .thenRefused('role-needed');
    given(flag)()
      .when({ ...close, meta: as('kgk', ['dealer', 'operator']) })
      .thenRefused('own-flag');
  });

  it('is not closed when there is none, or twice', () => {
    given(flag)()
      .when({ ...close, known: { flag: null, reliedOn } })
      .thenRefused('unknown-flag');
    given(flag)(closed).when(close).thenRefused('flag-closed');
  });

  it('is closed for a reason in plain words, not before it happened', () => {
    given(flag)()
      .when({ ...close, reason: ' ' })
      .thenRefused('bad-text');
    given(flag)()
      .when({ ...close, meta: as('house', ['operator'], { time: '2026-01-01', precision: 'day' }) })
      .thenRefused('in-the-future');
  });
});
