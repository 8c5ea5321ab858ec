import { describe, expect, it } from '@jest/globals';
import type { CertificateContent } from '#events/certificate';
import { certificate } from '#libs/certificate/certificate';
import { standingOn } from '#libs/certificate/certificate-standing';
import type { RefusalCode } from '#libs/decider/codes';
import { fold } from '#libs/decider/decider';
import { as, day, given, stated } from '#test/support/given';
import {
  content,
  from,
  issued,
  judged,
  suspected,
  totals,
  used,
  validated,
} from '#test/support/kimberley';

const gokhran = as('gokhran', ['authority']);
const gjepc = as('gjepc', ['authority']);
const number = 'RU0012345';
const issue = {
  type: 'IssueCertificate',
  number,
  ...content,
  known: from('RU'),
  meta: gokhran,
} as const;

describe('issuing', () => {
  it('records all of Annex I, its totals, and what participation rested on', () =>
    given(certificate)()
      .when(issue)
      .thenRecorded({
        type: 'KpCertificateIssued',
        data: { number, ...content, ...totals, judgement: judged('RU'), reliedOn: [] },
      }));

  it.each<[RefusalCode, Partial<CertificateContent>]>([
    ['expires-before-issue', { expiresOn: '2025-04-03' }],
    ['bad-date', { issuedOn: '2025-02-30' }],
    ['bad-date', { issuedOn: '2025-04-03' }],
    ['bad-country', { origin: { kind: 'single', country: 'XX' } }],
    ['impossible-origin', { origin: { kind: 'mixed-listed', countries: ['BW'] } }],
    ['bad-country', { importingCountry: 'EU' }],
    ['bad-count', { parcels: 0 }],
    ['parcels-differ', { parcelNumbers: ['1', '2'] }],
    ['bad-lines', { lines: [] }],
    ['bad-lines', { lines: [...content.lines, ...content.lines] }],
    [
      'bad-weight',
      { lines: [{ ...content.lines[0], hs: '710231', mct: 0, value: totals.totalValue }] },
    ],
    ['bad-price', { lines: [{ hs: '710231', mct: 1, value: { minor: 1, currency: 'EUR' } }] }],
    ['not-tamper-resistant', { tamperResistant: false }],
    ['other-participant', { exportingCountry: 'BW' }],
    ['not-a-participant', { importingCountry: 'PK' }],
    ['same-participant', { importingCountry: 'RU' }],
  ])('is refused as %s for %j', (code, part) =>
    given(certificate)()
      .when({ ...issue, ...part })
      .thenRefused(code),
  );

  it('is for an authority of the participant whose letters the number bears', () => {
    given(certificate)()
      .when({ ...issue, known: from('BW') })
      .thenRefused('other-participant');
    given(certificate)()
      .when({ ...issue, meta: as('alrosa', ['producer']) })
      .thenRefused('role-needed');
  });

  it.each<[RefusalCode, string]>([
    ['bad-certificate-number', 'ru12'],
    ['bad-certificate-number', 'RU'],
    ['bad-certificate-number', 'RU 12'],
  ])('is refused as %s for the number %s', (code, wrong) =>
    given(certificate)()
      .when({ ...issue, number: wrong })
      .thenRefused(code),
  );

  it('is refused for a number that is known to be forged', () =>
    given(certificate)()
      .when({ ...issue, number: 'SL004199', known: from('SL') })
      .thenRefused('certificate-number-suspect'));

  it('is refused for a number that is taken or doubted', () => {
    given(certificate)(issued()).when(issue).thenRefused('number-taken');
    given(certificate)(suspected()).when(issue).thenRefused('under-suspicion');
  });

  it('takes mixed origin, told or not', () => {
    for (const origin of [
      { kind: 'mixed-undisclosed' },
      { kind: 'mixed-listed', countries: ['BW', 'CA', 'NA', 'ZA'] },
    ] as const) {
      expect(certificate.decide({ ...issue, origin }, null)).toMatchObject([{ data: { origin } }]);
    }
  });
});

describe('a participant under limits', () => {
  const bangui = { ...issue, number: 'CF0001', exportingCountry: 'CF', known: from('CF') } as const;
  const on = (time: string, zone?: string) => ({
    ...bangui,
    issuedOn: time,
    expiresOn: '2026-01-01',
    ...(zone !== undefined && { zone }),
    meta: as('bangui', ['authority'], day(time)),
  });

  it('is judged on the day of issue, by zone where zones count', () => {
    given(certificate)().when(on('2014-01-10')).thenRefused('participant-suspended');
    given(certificate)().when(on('2017-01-10')).thenRefused('zone-needed');
    given(certificate)().when(on('2017-01-10', 'Bria')).thenRefused('zone-not-approved');
    expect(certificate.decide(on('2017-01-10', 'Nola'), null)).toHaveLength(1);
    expect(certificate.decide(on('2025-01-10'), null)).toHaveLength(1);
  });
});

describe('validation', () => {
  const validate = {
    type: 'ValidateCertificate',
    signatory: 'I. Petrova',
    check: 'opened',
    sealNo: 'SEAL-1',
    known: from('RU'),
    meta: gokhran,
  } as const;
  const { type: _, known: __, meta: ___, ...said } = validate;

  it('is the exporting authority’s, after the container was sealed', () =>
    given(certificate)(issued())
      .when(validate)
      .thenRecorded({
        type: 'KpCertificateValidated',
        data: { ...said, judgement: judged('RU'), reliedOn: [] },
      }));

  it('is refused to others, twice, after expiry and for no certificate', () => {
    given(certificate)(issued())
      .when({ ...validate, known: from('IN') })
      .thenRefused('other-participant');
    given(certificate)(issued(), validated()).when(validate).thenRefused('wrong-status');
    given(certificate)().when(validate).thenRefused('unknown-certificate');
    const late = {
      ...as('gokhran', ['authority'], day('2025-06-04')),
      now: '2025-07-01T00:00:00Z',
    };
    given(certificate)(issued())
      .when({ ...validate, meta: late })
      .thenRefused('certificate-expired');
  });

  it('freezes what stands on it', () => {
    const amend = {
      type: 'AmendCertificate',
      ...content,
      parcels: 2,
      reason: 'two boxes',
      known: from('RU'),
      meta: gokhran,
    } as const;
    given(certificate)(issued())
      .when(amend)
      .thenRecorded({
        type: 'KpCertificateAmended',
        data: {
          ...content,
          parcels: 2,
          reason: 'two boxes',
          ...totals,
          judgement: judged('RU'),
          reliedOn: [],
        },
      });
    given(certificate)(issued(), validated()).when(amend).thenRefused('wrong-status');
  });
});

describe('use', () => {
  const use = { type: 'UseCertificate', shipment: 's1', cause: 'c1', meta: as('alrosa') } as const;
  const refused = (code: RefusalCode) =>
    ({ type: 'KpCertificateUseRefused', data: { shipment: 's1', cause: 'c1', code } }) as const;

  it('is by one shipment, once, and answered once for each wish', () => {
    const ready = [issued(), validated()] as const;
    given(certificate)(...ready)
      .when(use)
      .thenRecorded({ type: 'KpCertificateUsed', data: { shipment: 's1', cause: 'c1' } });
    given(certificate)(...ready, used('s2'))
      .when(use)
      .thenRecorded(refused('certificate-used'));
    given(certificate)(...ready, used('s1'))
      .when({ ...use, cause: 'attached' })
      .thenRecorded();
  });

  it('is refused before validation and under suspicion, without an error', () => {
    given(certificate)(issued()).when(use).thenRecorded(refused('not-validated'));
    given(certificate)(issued(), validated(), suspected())
      .when(use)
      .thenRecorded(refused('under-suspicion'));
  });
});

describe('import confirmation', () => {
  const confirm = {
    type: 'ConfirmImport',
    number,
    parcels: 1,
    mct: 236_000,
    importer: 'kgk',
    exporter: 'alrosa',
    receivedOn: '2025-04-04',
    known: from('IN'),
    meta: gjepc,
  } as const;
  const { type: _, known: __, meta: ___, ...said } = confirm;
  const travelled = [issued(), validated(), used()] as const;
  const confirmed = stated('gjepc', {
    type: 'ImportConfirmedToExporter' as const,
    data: { ...said, judgement: judged('IN'), reliedOn: [] },
  });

  it('says all five things, once', () => {
    given(certificate)(...travelled)
      .when(confirm)
      .thenRecorded({ type: confirmed.type, data: confirmed.data });
    given(certificate)(...travelled, confirmed)
      .when(confirm)
      .thenRefused('already-confirmed');
  });

  it.each<[RefusalCode, object]>([
    ['parcels-differ', { parcels: 2 }],
    ['carats-differ', { mct: 236_053 }],
    ['other-party', { importer: 'graff' }],
    ['other-party', { exporter: 'graff' }],
    ['not-yet-issued', { receivedOn: '2025-04-03' }],
    ['in-the-future', { receivedOn: '2025-04-06' }],
    ['other-certificate', { number: 'RU0012346' }],
    ['other-participant', { known: from('BE') }],
  ])('is refused as %s for %j', (code, part) =>
    given(certificate)(...travelled)
      .when({ ...confirm, ...part })
      .thenRefused(code),
  );

  it('is refused after expiry and without a journey', () => {
    const late = { ...as('gjepc', ['authority'], day('2025-06-04')), now: '2025-07-01T00:00:00Z' };
    given(certificate)(...travelled)
      .when({ ...confirm, receivedOn: '2025-06-04', meta: late })
      .thenRefused('certificate-expired');
    given(certificate)(issued(), validated()).when(confirm).thenRefused('wrong-status');
  });

  it('allows what scales may err: 5 mct and 0.02 %', () =>
    given(certificate)(...travelled)
      .when({ ...confirm, mct: 236_052 })
      .thenRecorded({ type: confirmed.type, data: { ...confirmed.data, mct: 236_052 } }));
});

it('expires by the calendar, without an event, unless it is in use', () => {
  const open = fold(certificate, [issued(), validated()]);
  const inUse = fold(certificate, [issued(), validated(), used()]);
  const standing = (state: typeof open, on: string) => state && standingOn(state, on);
  expect(standing(open, '2025-06-03')).toBe('validated');
  expect(standing(open, '2025-06-04')).toBe('expired');
  expect(standing(inUse, '2025-06-04')).toBe('in-use');
});
