import type { CertificateEvent } from '#events/certificate';
import { parseStream } from '#events/streams';
import type { Certificate } from '#libs/certificate/certificate-state';
import { daysOf } from '#libs/decider/when';
import { metaOfEffect } from '#libs/ledger/effect-meta';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import type { RecordedEvent } from '#libs/store/store';
import type { TellGoods } from '#libs/trade/packing';

type Of<T extends CertificateEvent['type']> = Extract<RecordedEvent, { type: T }>;
type Unsaid<C> = C extends unknown ? Omit<C, 'meta'> : never;

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

function onGoods(
  event: RecordedEvent,
  stream: string,
  now: string,
  said: Unsaid<TellGoods>,
): DecidedCommand {
  const { category, id = '' } = parseStream(stream) ?? {};
  const command = { ...said, meta: metaOfEffect(event, stream, now) };
  return { category, id, command } as DecidedCommand;
}
