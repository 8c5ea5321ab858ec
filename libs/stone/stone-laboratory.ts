import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type { LaboratoryCommand, ReturnFromLaboratory } from '#libs/stone/laboratory-command';
import type { Stone } from '#libs/stone/stone-state';
import { needClear } from '#libs/trade/bounds';
import { checkGrownIn } from '#libs/trade/grown-in';
import { checkOther, needCustody, needParty } from '#libs/trade/holder';

/** Laboratories, instruments and what they find; a treatment is for life (ISO 18323). */
export function decideLaboratory(
  command: LaboratoryCommand,
  state: Stone,
): readonly Draft<StoneEvent>[] {
  const { meta } = command;
  const { holding } = state;
  switch (command.type) {
    case 'DiscloseTreatment':
      if (!meta.roles.includes('laboratory')) needParty(meta, holding);
      if (state.treatments.includes(command.kind) && command.kind !== 'other') {
        throw new Refused('treatment-disclosed', `${command.kind} is already disclosed`, {
          field: 'kind',
        });
      }
      return [{ type: 'TreatmentDisclosed', data: factsOf(command) }];
    case 'SubmitToLaboratory': {
      const { laboratory: to } = command;
      needCustody(meta, holding);
      checkOther(meta, to, 'laboratory');
      return [
        { type: 'SubmittedToLaboratory', data: factsOf(command) },
        { type: 'CustodyReleased', data: { from: meta.by, to, purpose: 'laboratory' } },
      ];
    }
    case 'ReturnFromLaboratory':
      return giveBack(command, state);
    case 'DetectLaboratoryGrown':
      needCustody(meta, holding);
      if (state.laboratoryGrown) {
        throw new Refused('laboratory-grown', 'the stone is known to be laboratory-grown');
      }
      checkGrownIn(command.grownIn);
      return [{ type: 'LaboratoryGrownDetected', data: factsOf(command) }];
    case 'VerifyInscription':
      needInscription(command.text, state);
      needCustody(meta, holding);
      return [{ type: 'LaserInscriptionVerified', data: factsOf(command) }];
    case 'RemoveInscription':
      needInscription(command.text, state);
      needCustody(meta, holding);
      return [{ type: 'LaserInscriptionRemoved', data: factsOf(command) }];
  }
}

function giveBack(command: ReturnFromLaboratory, state: Stone): readonly Draft<StoneEvent>[] {
  const { meta, to } = command;
  const { by } = meta;
  needRole(meta, 'laboratory');
  needCustody(meta, state.holding);
  checkOther(meta, to, 'to');
  if (state.laboratory !== by) {
    throw new Refused('not-at-laboratory', `the stone was not submitted to ${by}`, { by });
  }
  needClear(state.holding);
  return [
    { type: 'ReturnedFromLaboratory', data: { laboratory: by, to } },
    { type: 'CustodyReleased', data: { from: by, to, purpose: 'return' } },
  ];
}

function needInscription(text: string, { inscriptions }: Stone): void {
  if (inscriptions.includes(text)) return;
  throw new Refused('unknown-inscription', 'the stone bears no such inscription', {
    field: 'text',
  });
}
