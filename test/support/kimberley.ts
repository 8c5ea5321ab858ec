import type { CertificateContent, CertificateEvent } from '#events/certificate';
import type { When } from '#events/event';
import type { AuthorityKnown } from '#libs/certificate/certificate-command';
import { participantsVersion } from '#libs/reference/kimberley-eligibility';
import { stated } from '#test/support/given';

/** A certificate from Russia to India as it is issued on 2025-04-04, the specs' own day. */
export const content: CertificateContent = {
  origin: { kind: 'single', country: 'RU' },
  issuedOn: '2025-04-04',
  expiresOn: '2025-06-03',
  exporter: { party: 'alrosa', name: 'ALROSA', address: 'Moscow' },
  importer: { party: 'kgk', name: 'KGK', address: 'Jaipur' },
  exportingCountry: 'RU',
  importingCountry: 'IN',
  lines: [{ hs: '710231', mct: 236_000, value: { minor: 250_000_000, currency: 'USD' } }],
  parcels: 1,
  tamperResistant: true,
};

/** A certificate of goods of Botswana from Antwerp to London, of the same day. */
export const toLondon: CertificateContent = {
  ...content,
  origin: { kind: 'single', country: 'BW' },
  exporter: { party: 'karowe', name: 'Karowe', address: 'Letlhakane' },
  importer: { party: 'graff', name: 'Graff', address: 'Antwerp' },
  exportingCountry: 'BE',
  importingCountry: 'GB',
  lines: [{ hs: '710231', mct: 12_000, value: { minor: 900_000, currency: 'USD' } }],
};

export const totals = {
  totalMct: 236_000,
  totalValue: { minor: 250_000_000, currency: 'USD' },
} as const;

export const judged = (participant: string) =>
  ({ participant, verdict: 'yes', data: participantsVersion() }) as const;

/** What the one way in looks up for an authority of a country. */
export const from = (country: string): AuthorityKnown => ({ country, reliedOn: [] });

type Of<T> = Extract<CertificateEvent, { type: T }>;

export function issued(number = 'RU0012345', replaces?: string): Of<'KpCertificateIssued'> {
  const data = {
    number,
    ...content,
    ...totals,
    ...(replaces !== undefined && { replaces }),
    judgement: judged('RU'),
    reliedOn: [],
  };
  return stated('gokhran', { type: 'KpCertificateIssued' as const, data });
}

export function validated(sealNo = 'SEAL-1', at?: When): Of<'KpCertificateValidated'> {
  const data = {
    signatory: 'I. Petrova',
    check: 'opened' as const,
    sealNo,
    judgement: judged('RU'),
    reliedOn: [],
  };
  return stated('gokhran', { type: 'KpCertificateValidated' as const, data }, at);
}

export function used(shipment = 's1', at?: When): Of<'KpCertificateUsed'> {
  const data = { shipment, cause: 'attached' };
  return stated('alrosa', { type: 'KpCertificateUsed' as const, data }, at);
}

export function suspected(shipment: string | null = null): Of<'CertificateForgerySuspected'> {
  const check = 'layout-differs' as const;
  const data = { number: 'RU0012345', check, finding: 'no watermark', shipment };
  return stated('gjepc', { type: 'CertificateForgerySuspected' as const, data });
}
