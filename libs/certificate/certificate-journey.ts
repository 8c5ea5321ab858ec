import type { CertificateEvent } from '#events/certificate';
import type { Draft } from '#events/event';
import type { ConfirmImport, UseCertificate } from '#libs/certificate/certificate-command';
import { checkDay, checkSpeaksFor, judgeCountry } from '#libs/certificate/certificate-content';
import {
  lookedUp,
  needStatus,
  needUndoubted,
  needValidOn,
  paperOf,
} from '#libs/certificate/certificate-standing';
import type { Certificate } from '#libs/certificate/certificate-state';
import { factsOf } from '#libs/decider/acts';
import type { RefusalCode } from '#libs/decider/codes';
import { Refused } from '#libs/decider/decider';
import { daysOf, isBefore } from '#libs/decider/when';
import { prefixOn } from '#libs/reference/kimberley-eligibility';
import { parcelError } from '#libs/trade/weight';

/**
 * By policy, asked by a shipment: this stream is the one place where it is decided which shipment a
 * certificate travels with, once for each wish: a repeat changes nothing.
 */
export function useCertificate(
  command: UseCertificate,
  state: Certificate | null,
): readonly Draft<CertificateEvent>[] {
  const { shipment, cause, goods } = command;
  if (state?.answered.includes(cause)) return [];
  const code = whyNotUsed(command, state);
  if (!state && code) throw new Refused(code, 'there is no such certificate');
  if (code) return [{ type: 'KpCertificateUseRefused', data: { shipment, cause, code } }];
  return [{ type: 'KpCertificateUsed', data: { shipment, cause, ...(goods && { goods }) } }];
}

/** Why a certificate would not travel with a shipment, if so. */
export function whyNotUsed(
  { meta }: Pick<UseCertificate, 'meta'>,
  state: Certificate | null,
): RefusalCode | undefined {
  if (!state?.paper) return 'unknown-certificate';
  if (state.doubt) return state.doubt === 'forged' ? 'certificate-forged' : 'under-suspicion';
  if (state.shipment !== null) return 'certificate-used';
  if (state.status !== 'validated') return 'not-validated';
  if (isBefore(meta.at, state.latest)) return 'out-of-order';
  return daysOf(meta.at).first > state.paper.expiresOn ? 'certificate-expired' : undefined;
}

/** All five things the Core Document asks for, and they agree with the paper; once. */
export function confirmImport(command: ConfirmImport, state: Certificate): Draft<CertificateEvent> {
  const paper = paperOf(state);
  if (state.status === 'import-confirmed') {
    throw new Refused('already-confirmed', `the import of ${state.number} is confirmed`);
  }
  needUndoubted(state);
  needStatus(state, 'in-use');
  const { known, ...said } = factsOf(command);
  const { country, reliedOn } = lookedUp(known);
  const { number, receivedOn, parcels, mct, importer, exporter } = said;
  if (number !== state.number) {
    throw new Refused('other-certificate', `this is ${state.number}`, { field: 'number' });
  }
  checkDay(receivedOn, 'receivedOn');
  if (receivedOn > daysOf(command.meta.at).last) {
    throw new Refused('in-the-future', 'the goods were not received yet', { field: 'receivedOn' });
  }
  needValidOn(paper, receivedOn);
  const destination = prefixOn(paper.importingCountry, receivedOn);
  if (destination !== undefined) checkSpeaksFor(destination, country, receivedOn);
  const judgement = judgeCountry(paper.importingCountry, receivedOn, 'import');
  needSame('importer', importer, paper.importer.party);
  needSame('exporter', exporter, paper.exporter.party);
  if (parcels !== paper.parcels) {
    throw new Refused('parcels-differ', `the certificate says ${paper.parcels} parcels`, {
      field: 'parcels',
      expected: paper.parcels,
    });
  }
  const toleranceMct = parcelError({ min: paper.totalMct, max: paper.totalMct });
  if (!Number.isSafeInteger(mct) || Math.abs(mct - paper.totalMct) > toleranceMct) {
    throw new Refused('carats-differ', `the certificate says ${paper.totalMct} mct`, {
      field: 'mct',
      expected: paper.totalMct,
      toleranceMct,
    });
  }
  return { type: 'ImportConfirmedToExporter', data: { ...said, judgement, reliedOn } };
}

function needSame(field: 'importer' | 'exporter', said: string, printed: string): void {
  if (said === printed) return;
  throw new Refused('other-party', `the ${field} of the certificate is ${printed}`, { field });
}
