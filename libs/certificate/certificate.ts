import type { CertificateEvent } from '#events/certificate';
import type { Draft } from '#events/event';
import type {
  AuthorityKnown,
  CertificateCommand,
  IssueCertificate,
} from '#libs/certificate/certificate-command';
import {
  checkContent,
  checkNumber,
  checkSpeaksFor,
  judgeCountry,
  judgeParticipant,
  totalsOf,
} from '#libs/certificate/certificate-content';
import { answerDoubt, suspectForgery } from '#libs/certificate/certificate-forgery';
import { confirmImport, useCertificate } from '#libs/certificate/certificate-journey';
import type { Certificate } from '#libs/certificate/certificate-state';
import { evolve } from '#libs/certificate/certificate-state';
import {
  lookedUp,
  needStatus,
  needValidOn,
  paperOf,
  prefixOf,
  speakFor,
} from '#libs/certificate/certificate-standing';
import type { Mention } from '#libs/decider/acts';
import { checkAct, factsOf, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import { prefixOn } from '#libs/reference/kimberley-eligibility';

/** A Kimberley certificate: one paper for one shipment of rough between participants. */
export const certificate: Decider<Certificate | null, CertificateCommand, CertificateEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function certificateMentions(command: CertificateCommand): readonly Mention[] {
  switch (command.type) {
    case 'IssueCertificate':
    case 'AmendCertificate':
      return [
        { party: command.exporter.party, field: 'exporter.party' },
        { party: command.importer.party, field: 'importer.party' },
      ];
    case 'ConfirmImport':
      return [
        { party: command.exporter, field: 'exporter' },
        { party: command.importer, field: 'importer' },
      ];
    case 'ValidateCertificate':
    case 'UseCertificate':
    case 'VoidCertificate':
    case 'ReplaceCertificate':
    case 'SuspectForgery':
    case 'ConfirmForgery':
    case 'DismissSuspicion':
      return [];
  }
}

function decide(
  command: CertificateCommand,
  state: Certificate | null,
): readonly Draft<CertificateEvent>[] {
  if (command.type === 'UseCertificate') return useCertificate(command, state);
  checkAct(command, state?.latest ?? null);
  needRole(command.meta, 'authority');
  if (command.type === 'IssueCertificate') return [issue(command, state)];
  if (command.type === 'SuspectForgery') return [suspectForgery(command, state)];
  if (!state) throw new Refused('unknown-certificate', 'there is no such certificate');
  return [decideKnown(command, state)];
}

type Known = Exclude<
  CertificateCommand,
  { type: 'UseCertificate' | 'IssueCertificate' | 'SuspectForgery' }
>;

function decideKnown(command: Known, state: Certificate): Draft<CertificateEvent> {
  switch (command.type) {
    case 'ConfirmForgery':
    case 'DismissSuspicion':
      return answerDoubt(command, state);
    case 'ConfirmImport':
      return confirmImport(command, state);
    case 'AmendCertificate': {
      needStatus(state, 'issued');
      const { known, ...said } = factsOf(command);
      return {
        type: 'KpCertificateAmended',
        data: { ...said, ...judgedContent(command, state.number, lookedUp(known)) },
      };
    }
    case 'ValidateCertificate': {
      needStatus(state, 'issued');
      const { known, ...said } = factsOf(command);
      const { reliedOn } = speakFor(state, known, command.meta);
      const { first, last } = daysOf(command.meta.at);
      needValidOn(paperOf(state), first);
      const judgement = judgeParticipant(prefixOf(state), last, 'export', state.paper?.zone);
      return { type: 'KpCertificateValidated', data: { ...said, judgement, reliedOn } };
    }
    case 'VoidCertificate': {
      needStatus(state, 'issued', 'validated');
      const { known, ...said } = factsOf(command);
      const { reliedOn } = speakFor(state, known, command.meta);
      return { type: 'KpCertificateVoided', data: { ...said, reliedOn } };
    }
    case 'ReplaceCertificate': {
      needStatus(state, 'issued', 'validated');
      const { known, ...said } = factsOf(command);
      const { reliedOn } = speakFor(state, known, command.meta);
      if (known?.replaces !== state.number) {
        throw new Refused(
          'not-a-replacement',
          `${command.replacement} was not issued to replace ${state.number}`,
          { field: 'replacement' },
        );
      }
      return { type: 'KpCertificateReplaced', data: { ...said, reliedOn } };
    }
  }
}

function issue(command: IssueCertificate, state: Certificate | null): Draft<CertificateEvent> {
  const { number } = command;
  checkNumber(number, command);
  if (state?.paper) throw new Refused('number-taken', `${number} is issued`, { field: 'number' });
  if (state) throw new Refused('under-suspicion', `${number} was shown before it was issued`);
  const { known, ...said } = factsOf(command);
  return {
    type: 'KpCertificateIssued',
    data: { ...said, ...judgedContent(command, number, lookedUp(known)) },
  };
}

/** What follows from content that holds together, judged on the day of issue. */
function judgedContent(
  content: Pick<IssueCertificate, 'meta'> & Parameters<typeof checkContent>[0],
  number: string,
  { country, reliedOn }: AuthorityKnown,
) {
  checkContent(content);
  const { issuedOn, exportingCountry, importingCountry, zone, meta } = content;
  if (issuedOn > daysOf(meta.at).last || issuedOn < daysOf(meta.at).first) {
    throw new Refused('bad-date', 'a certificate is issued on the day of the act', {
      field: 'issuedOn',
    });
  }
  const prefix = number.slice(0, 2);
  checkSpeaksFor(prefix, country, issuedOn);
  checkSpeaksFor(prefix, exportingCountry, issuedOn);
  const judgement = judgeParticipant(prefix, issuedOn, 'export', zone);
  judgeCountry(importingCountry, issuedOn, 'import');
  if (prefixOn(importingCountry, issuedOn) === prefix) {
    throw new Refused('same-participant', `rough moves inside ${prefix} without a certificate`, {
      field: 'importingCountry',
    });
  }
  return { ...totalsOf(content), judgement, reliedOn };
}
