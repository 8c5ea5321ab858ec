import type { CertificateEvent } from '#events/certificate';
import type { Draft } from '#events/event';
import type {
  ConfirmForgery,
  DismissSuspicion,
  SuspectForgery,
} from '#libs/certificate/certificate-command';
import { checkNumberForm } from '#libs/certificate/certificate-content';
import { speakFor } from '#libs/certificate/certificate-standing';
import type { Certificate } from '#libs/certificate/certificate-state';
import { factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';

/** Any authority may doubt any paper, also one with a number that nobody issued here. */
export function suspectForgery(
  command: SuspectForgery,
  state: Certificate | null,
): Draft<CertificateEvent> {
  checkNumberForm(command.number, 'number');
  if (state && state.number !== command.number) {
    throw new Refused('other-certificate', `this is ${state.number}`, { field: 'number' });
  }
  if (state?.doubt) {
    throw new Refused('already-suspected', `${command.number} is ${state.doubt} already`);
  }
  const shipment = state?.shipment ?? null;
  const goods = carriedUnder(state);
  return { type: 'CertificateForgerySuspected', data: { ...factsOf(command), shipment, ...goods } };
}

/** Only who issues such numbers can tell whether a paper is its own. */
export function answerDoubt(
  command: ConfirmForgery | DismissSuspicion,
  state: Certificate,
): Draft<CertificateEvent> {
  const { reply, known, meta } = command;
  const { reliedOn } = speakFor(state, known, meta);
  if (state.doubt !== 'suspected') {
    throw new Refused('not-suspected', `${state.number} is not suspected`);
  }
  const data = { reply, shipment: state.shipment, ...carriedUnder(state), reliedOn };
  if (command.type === 'ConfirmForgery') return { type: 'CertificateForgeryConfirmed', data };
  return { type: 'CertificateForgeryDismissed', data };
}

const carriedUnder = (state: Certificate | null) =>
  state && state.goods.length > 0 ? { goods: state.goods } : {};
