import type { Draft } from '#events/event';
import type { JewelleryEvent } from '#events/jewellery';
import { checkDay } from '#libs/certificate/certificate-content';
import { lookedUp } from '#libs/certificate/certificate-standing';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import type {
  ApplyHallmark,
  AssignUin,
  RecogniseHallmark,
  ReturnHallmark,
} from '#libs/jewellery/jewellery-command';
import type { Item, Jewellery } from '#libs/jewellery/jewellery-state';
import { hallmarksVersion, needsUin, recognitionOf } from '#libs/reference/hallmarks';

/** The unique number that the Russian register of jewellery gives an article when it is marked. */
const uinForm = /^\d{16}$/;

/** First act: the office marks it; where it bears a UIN, the stream of the UIN answers whose it is. */
export function applyHallmark(command: ApplyHallmark, item: Item): Draft<JewelleryEvent> {
  const { meta, fineness, uin } = command;
  needRole(meta, 'authority');
  const { known, ...said } = factsOf(command);
  const { country, reliedOn } = lookedUp(known);
  if (fineness !== item.made.fineness) {
    throw new Refused('bad-fineness', `the item was made of ${item.made.fineness}`, {
      field: 'fineness',
    });
  }
  if (uin !== undefined && !uinForm.test(uin)) {
    throw new Refused('bad-uin', 'a UIN has 16 digits', { field: 'uin' });
  }
  const isNeeded = needsUin(country, daysOf(meta.at).first);
  if (uin === undefined && isNeeded) {
    throw new Refused('uin-needed', `articles marked in ${country} bear a UIN`, { field: 'uin' });
  }
  const judgement = { uin: isNeeded ? 'needed' : 'not-needed', data: hallmarksVersion() } as const;
  return { type: 'HallmarkApplied', data: { ...said, country, judgement, reliedOn } };
}

/** By policy, on the stream of the UIN: the first item that asks has it for good. */
export function assignUin(
  command: AssignUin,
  state: Jewellery | null,
): readonly Draft<JewelleryEvent>[] {
  const { cause, item } = command;
  if (state?.answered.includes(cause)) return [];
  const data = factsOf(command);
  if (!state) return [{ type: 'UinAssigned', data }];
  if (state.kind === 'uin' && state.item === item) {
    return [{ type: 'UinRefused', data: { ...data, code: 'wrong-status' } }];
  }
  return [{ type: 'UinRefused', data: { ...data, code: 'uin-taken' } }];
}

/** By policy: a repeat changes nothing. */
export function returnHallmark(
  command: ReturnHallmark,
  state: Jewellery | null,
): readonly Draft<JewelleryEvent>[] {
  if (state?.kind !== 'item' || state.answered.includes(command.cause)) return [];
  return [{ type: 'HallmarkReturned', data: factsOf(command) }];
}

/** A mark that was applied and a mark that another state recognises are two facts. */
export function recogniseHallmark(command: RecogniseHallmark, item: Item): Draft<JewelleryEvent> {
  const { meta, state, markCountry, validFrom } = command;
  needRole(meta, 'authority');
  const { known, ...said } = factsOf(command);
  const { country, reliedOn } = lookedUp(known);
  if (country !== state) {
    throw new Refused('other-state', `${meta.by} is an authority of ${country}`, {
      field: 'state',
    });
  }
  const marks = item.hallmarks.filter((mark) => mark.country === markCountry);
  if (marks.length === 0) {
    throw new Refused('not-hallmarked', `the item bears no mark of ${markCountry}`, {
      field: 'markCountry',
    });
  }
  checkDay(validFrom, 'validFrom');
  if (marks.every(({ since }) => validFrom < since)) {
    const [{ since } = { since: '' }] = marks;
    throw new Refused('before-the-mark', `the mark of ${markCountry} was struck on ${since}`, {
      field: 'validFrom',
    });
  }
  if (marks.every(({ recognisedBy }) => recognisedBy.includes(state))) {
    throw new Refused('already-recognised', `${state} recognises the mark of ${markCountry}`, {
      field: 'markCountry',
    });
  }
  const { verdict, agreement } = recognitionOf(markCountry, state, validFrom);
  if (verdict === 'no') {
    throw new Refused('not-recognised', `${agreement} does not work yet on ${validFrom}`, {
      field: 'validFrom',
      agreement,
      data: hallmarksVersion(),
    });
  }
  const judgement = { verdict, agreement, data: hallmarksVersion() };
  return { type: 'HallmarkRecognised', data: { ...said, judgement, reliedOn } };
}
