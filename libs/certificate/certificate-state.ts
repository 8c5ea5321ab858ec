import type { CertificateContent, CertificateEvent } from '#events/certificate';
import type { Recorded, When } from '#events/event';
import { later } from '#libs/decider/when';

/** Where a certificate stands, doubts and the calendar aside. */
export type CertificateStatus =
  'issued' | 'validated' | 'in-use' | 'import-confirmed' | 'voided' | 'replaced';

/** What stands on it, and what is said by whom about it; `null` where nobody issued it here. */
export type Paper = CertificateContent &
  Readonly<{ totalMct: number; issuingAuthority: string; replaces: string | null }>;

/** A certificate as its decider needs it; `null` before its first event. */
export type Certificate = Readonly<{
  number: string;
  paper: Paper | null;
  status: CertificateStatus;
  /** Doubted now, or found to be forged. */
  doubt: 'suspected' | 'forged' | null;
  sealNo: string | null;
  /** The shipment it travels with; it never travels with another. */
  shipment: string | null;
  /** The streams of the goods that travel, or travelled, under it. */
  goods: readonly string[];
  /** Event ids of the wishes to use it that were answered. */
  answered: readonly string[];
  latest: When;
}>;

/** No rules here: what was recorded happened. */
export function evolve(
  certificate: Certificate | null,
  event: CertificateEvent | Recorded<CertificateEvent>,
): Certificate | null {
  const next = apply(certificate, event);
  return next && { ...next, latest: later(next.latest, event.meta.at) };
}

function apply(state: Certificate | null, event: CertificateEvent): Certificate | null {
  const { meta } = event;
  switch (event.type) {
    case 'KpCertificateIssued': {
      const {
        number,
        judgement: _,
        reliedOn: __,
        totalValue: ___,
        replaces,
        ...content
      } = event.data;
      return {
        ...blank(number, meta.at),
        paper: { ...content, issuingAuthority: meta.by, replaces: replaces ?? null },
      };
    }
    case 'KpCertificateAmended': {
      const { judgement: _, reliedOn: __, totalValue: ___, reason: ____, ...content } = event.data;
      return state?.paper ? { ...state, paper: { ...keptOf(state.paper), ...content } } : state;
    }
    case 'KpCertificateValidated':
      return state && { ...state, status: 'validated', sealNo: event.data.sealNo };
    case 'KpCertificateUsed': {
      const { shipment, cause, goods = [] } = event.data;
      if (!state) return state;
      const answered = [...state.answered, cause];
      return { ...state, status: 'in-use', shipment, goods, answered };
    }
    case 'KpCertificateUseRefused':
      return state && { ...state, answered: [...state.answered, event.data.cause] };
    case 'ImportConfirmedToExporter':
      return state && { ...state, status: 'import-confirmed' };
    case 'KpCertificateVoided':
      return state && { ...state, status: 'voided' };
    case 'KpCertificateReplaced':
      return state && { ...state, status: 'replaced' };
    case 'CertificateForgerySuspected':
      return { ...(state ?? blank(event.data.number, meta.at)), doubt: 'suspected' };
    case 'CertificateForgeryConfirmed':
      return state && { ...state, doubt: 'forged' };
    case 'CertificateForgeryDismissed':
      return state && { ...state, doubt: null };
  }
}

function keptOf({ issuingAuthority, replaces }: Paper) {
  return { issuingAuthority, replaces };
}

function blank(number: string, at: When): Certificate {
  return {
    number,
    paper: null,
    status: 'issued',
    doubt: null,
    sealNo: null,
    shipment: null,
    goods: [],
    answered: [],
    latest: at,
  };
}
