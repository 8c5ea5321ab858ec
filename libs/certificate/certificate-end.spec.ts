import { describe, it } from '@jest/globals';
import { certificate } from '#libs/certificate/certificate';
import type { CertificateCommand } from '#libs/certificate/certificate-command';
import { as, given, stated } from '#test/support/given';
import { from, issued, suspected, used, validated } from '#test/support/kimberley';

const gokhran = as('gokhran', ['authority']);
const gjepc = as('gjepc', ['authority']);
const number = 'RU0012345';
describe('an end without a journey', () => {
  const voiding = {
    type: 'VoidCertificate',
    reason: 'misprint',
    known: from('RU'),
    meta: gokhran,
  } as const;
  const replace = {
    type: 'ReplaceCertificate',
    replacement: 'RU0012346',
    reason: 'torn',
    known: { ...from('RU'), replaces: number },
    meta: gokhran,
  } as const;

  it('is voiding or replacement, by its issuer', () => {
    given(certificate)(issued(), validated())
      .when(voiding)
      .thenRecorded({ type: 'KpCertificateVoided', data: { reason: 'misprint', reliedOn: [] } });
    given(certificate)(issued())
      .when(replace)
      .thenRecorded({
        type: 'KpCertificateReplaced',
        data: { replacement: 'RU0012346', reason: 'torn', reliedOn: [] },
      });
  });

  it('is refused to others, in use, and by a paper that replaces another', () => {
    given(certificate)(issued())
      .when({ ...voiding, known: from('IN') })
      .thenRefused('other-participant');
    given(certificate)(issued(), validated(), used()).when(voiding).thenRefused('wrong-status');
    given(certificate)(issued())
      .when({ ...replace, known: { ...from('RU'), replaces: null } })
      .thenRefused('not-a-replacement');
  });
});

describe('forgery', () => {
  const doubt = {
    type: 'SuspectForgery',
    number,
    check: 'layout-differs',
    finding: 'no watermark',
    meta: gjepc,
  } as const;
  const answer = (type: 'ConfirmForgery' | 'DismissSuspicion', country = 'RU') =>
    ({ type, reply: 'looked up', known: from(country), meta: gokhran }) as const;

  it('is suspected by any authority, also of a number nobody issued', () => {
    const { type: _, meta: __, ...said } = doubt;
    const recorded = (shipment: string | null) =>
      ({ type: 'CertificateForgerySuspected', data: { ...said, shipment } }) as const;
    given(certificate)().when(doubt).thenRecorded(recorded(null));
    given(certificate)(issued(), validated(), used()).when(doubt).thenRecorded(recorded('s1'));
    given(certificate)(suspected()).when(doubt).thenRefused('already-suspected');
  });

  it('is answered by the issuer, one way or the other', () => {
    const data = { reply: 'looked up', shipment: null, reliedOn: [] };
    given(certificate)(suspected())
      .when(answer('ConfirmForgery'))
      .thenRecorded({ type: 'CertificateForgeryConfirmed', data });
    given(certificate)(issued(), suspected())
      .when(answer('DismissSuspicion'))
      .thenRecorded({ type: 'CertificateForgeryDismissed', data });
    given(certificate)(suspected())
      .when(answer('ConfirmForgery', 'IN'))
      .thenRefused('other-participant');
    given(certificate)(issued()).when(answer('ConfirmForgery')).thenRefused('not-suspected');
  });

  it('is final once confirmed', () => {
    const forged = stated('gokhran', {
      type: 'CertificateForgeryConfirmed' as const,
      data: { reply: 'not ours', shipment: null, reliedOn: [] },
    });
    const voiding: CertificateCommand = {
      type: 'VoidCertificate',
      reason: 'x',
      known: from('RU'),
      meta: gokhran,
    };
    given(certificate)(issued(), suspected(), forged)
      .when(voiding)
      .thenRefused('certificate-forged');
  });
});
