import type { CertificateEvent } from '#events/certificate';
import type { Certificate } from '#libs/certificate/certificate-state';
import { daysOf } from '#libs/decider/when';
import { onGoods } from '#libs/ledger/effect-commands';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import type { RecordedEvent } from '#libs/store/store';

type Of<T extends CertificateEvent['type']> = Extract<RecordedEvent, { type: T }>;

/** The goods that a certificate travels with are told what it says, from that day on. */
export function certified(
  event: Of<'KpCertificateUsed' | 'CertificateForgeryDismissed'>,
  state: Certificate | null,
  now: string,
): readonly DecidedCommand[] {
  const { shipment, goods = [] } = event.data;
  if (!state?.paper || shipment === null) return [];
  const { origin, expiresOn: validTo } = state.paper;
  const { last } = daysOf(event.meta.at);
  const validFrom = last < validTo ? last : validTo;
  const told = { number: state.number, origin, shipment, validFrom, validTo } as const;
  return goods.map((stream) =>
    onGoods(event, stream, now, { type: 'CertifyGoods', ...told, cause: event.meta.id }),
  );
}

/** A doubted certificate does not count; a forged one never did. */
export function decertified(
  event: Of<'CertificateForgerySuspected' | 'CertificateForgeryConfirmed'>,
  number: string,
  now: string,
): readonly DecidedCommand[] {
  const { goods = [] } = event.data;
  const ground = event.type === 'CertificateForgeryConfirmed' ? 'invalid' : 'withdrawn';
  const from = daysOf(event.meta.at).first;
  return goods.map((stream) =>
    onGoods(event, stream, now, {
      type: 'DecertifyGoods',
      number,
      ground,
      from,
      cause: event.meta.id,
    }),
  );
}
