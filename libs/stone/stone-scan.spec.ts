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
