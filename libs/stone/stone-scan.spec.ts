import { describe, it } from '@jest/globals';
import { stone } from '#libs/stone/stone';
import { as, given, mct, stated } from '#test/support/given';

const meta = as('alrosa', ['producer']);
const recovered = stated('alrosa', {
  type: 'RoughDiamondRecovered' as const,
  data: { mineId: 'ru-ebelyakh', weight: mct(34_170) },
});
const polished = stated('alrosa', {
  type: 'HistoryOpened' as const,
  data: {
    form: 'polished' as const,
    weight: mct(20_690),
    origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' as const },
    basis: 'bought',
  },
});
const facts = { provider: 'sarine', scanId: 's1', scanSha256: '0f'.repeat(32) };
const scan = { type: 'ScanRough', ...facts, meta } as const;
const scanned = (scanId: string) =>
  stated('alrosa', { type: 'RoughScanned' as const, data: { ...facts, scanId } });
const comparison = { provider: 'sarine', scanId: 's2', againstScanId: 's1', matched: true };
const match = { type: 'MatchRoughScan', ...comparison, meta } as const;

describe('scanning rough', () => {
  it('records the fingerprint', () =>
    given(stone)(recovered).when(scan).thenRecorded({ type: 'RoughScanned', data: facts }));

  it('needs the stone in hand', () =>
    given(stone)(recovered)
      .when({ ...scan, meta: as('sarine') })
      .thenRefused('not-custodian'));

  it('is of rough', () => given(stone)(polished).when(scan).thenRefused('not-rough'));

  it('keeps a hash', () =>
    given(stone)(recovered)
      .when({ ...scan, scanSha256: 'F'.repeat(64) })
      .thenRefused('bad-hash'));

  it('has an id of its own', () =>
    given(stone)(recovered, scanned('s1')).when(scan).thenRefused('scan-exists'));
});

describe('comparing scans', () => {
  it('takes two scans by one provider', () => {
    given(stone)(recovered, scanned('s1'), scanned('s2'))
      .when(match)
      .thenRecorded({ type: 'RoughScanMatched', data: comparison });
    given(stone)(recovered, scanned('s1')).when(match).thenRefused('unknown-scan');
    given(stone)(recovered, scanned('s1'), scanned('s2'))
      .when({ ...match, provider: 'tracr' })
      .thenRefused('unknown-scan');
  });

  it('is not of a scan with itself', () =>
    given(stone)(recovered, scanned('s1'))
      .when({ ...match, scanId: 's1' })
      .thenRefused('scan-exists'));
});

describe('the active fingerprint of a provider', () => {
  const third = { ...comparison, scanId: 's3' };
  const compared = (data: Partial<typeof comparison>) =>
    stated('alrosa', { type: 'RoughScanMatched' as const, data: { ...comparison, ...data } });
  const three = [recovered, scanned('s1'), scanned('s2'), scanned('s3')] as const;

  it('is the first, until one that matches it takes its place', () => {
    const again = { ...match, ...third };
    given(stone)(...three)
      .when(again)
      .thenRecorded({ type: 'RoughScanMatched', data: third });
    given(stone)(...three, compared({}))
      .when(again)
      .thenRefused('not-active-scan');
    given(stone)(...three, compared({}))
      .when({ ...again, againstScanId: 's2' })
      .thenRecorded({ type: 'RoughScanMatched', data: { ...third, againstScanId: 's2' } });
    given(stone)(...three, compared({ matched: false }))
      .when({ ...again, againstScanId: 's2' })
      .thenRefused('not-active-scan');
  });

  it('is one for each provider', () => {
    const other = stated('alrosa', {
      type: 'RoughScanned' as const,
      data: { ...facts, provider: 'tracr', scanId: 't1' },
    });
    given(stone)(recovered, other, scanned('s1'), scanned('s2'))
      .when(match)
      .thenRecorded({ type: 'RoughScanMatched', data: comparison });
  });
});

describe('the score of a comparison', () => {
  const scored = (scorePpm: number, tolerancePpm: number, matched = true) => ({
    ...match,
    matched,
    scorePpm,
    tolerancePpm,
  });
  const two = given(stone)(recovered, scanned('s1'), scanned('s2'));

  it('says by the tolerance whether the scans match', () => {
    for (const [score, matched] of [
      [990_000, true],
      [989_999, false],
    ] as const) {
      const said = { ...comparison, matched, scorePpm: score, tolerancePpm: 10_000 };
      two
        .when(scored(score, 10_000, matched))
        .thenRecorded({ type: 'RoughScanMatched', data: said });
      two.when(scored(score, 10_000, !matched)).thenRefused('bad-score');
    }
  });

  it.each([-1, 0.5, 1_000_001])('is not %p ppm', (ppm) => {
    two.when(scored(ppm, 10_000)).thenRefused('bad-score');
    two.when(scored(1_000_000, ppm)).thenRefused('bad-score');
  });
});
