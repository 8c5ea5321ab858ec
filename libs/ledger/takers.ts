import type { Recorded } from '#events/event';
import type { JewelleryEvent } from '#events/jewellery';
import type { ParcelEvent } from '#events/parcel';
import type { ReportEvent } from '#events/report';
import type { StoneEvent } from '#events/stone';
import {
  jewelleryStream,
  parcelStream,
  parseStream,
  reportId,
  reportStream,
  stoneStream,
} from '#events/streams';
import { refusalCodes } from '#libs/decider/codes';
import { Refused, fold } from '#libs/decider/decider';
import { jewellery } from '#libs/jewellery/jewellery';
import { whyNotTakenIn } from '#libs/jewellery/jewellery-setting';
import { uinId } from '#libs/jewellery/uin';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import type { Read } from '#libs/ledger/look-up';
import { parcel } from '#libs/parcel/parcel';
import { checkMayMix } from '#libs/parcel/parcel-mixing';
import { report } from '#libs/report/report';
import { stone } from '#libs/stone/stone';
import { checkMayMerge } from '#libs/stone/stone-identity';
import type { Holding } from '#libs/trade/holding';
import { heldAs } from '#libs/trade/holding';

/**
 * What another stream would refuse now is refused before anything is recorded. Should the other
 * stream change in between, its own answer decides, and what was given comes back.
 */
export async function requireTaker(asked: DecidedCommand, read: Read): Promise<void> {
  const { id, category, command } = asked;
  if (category === 'parcel' && command.type === 'MixParcel') {
    if (!parseStream(parcelStream(command.into))) throw badId(command.into, 'into');
    const [giver, taker] = [await parcelNow(command.parcelId), await parcelNow(command.into)];
    return checkMayMix(command, giver, taker);
  }
  if (category === 'parcel' && command.type === 'SetMelee') {
    const state = await parcelNow(id);
    if (state) await requireItem(command.item, state.holding);
  }
  if (category === 'stone' && command.type === 'SetStone') {
    const state = await stoneNow(id);
    if (state && !state.consumed && !state.setting) {
      await requireItem(command.item, state.holding, id);
    }
  }
  if (category === 'stone' && command.type === 'GiveUpIdentity') {
    if (!parseStream(stoneStream(command.survivor))) throw badId(command.survivor, 'survivor');
    return checkMayMerge(command, await stoneNow(id), await stoneNow(command.survivor));
  }
  if (category === 'stone' && command.type === 'IssueReport') {
    await requireFreeNumber(command.meta.by, command.reportNo);
  }
  if (category === 'jewellery' && command.type === 'ApplyHallmark' && command.uin !== undefined) {
    const stream = jewelleryStream(uinId(command.uin));
    if (!parseStream(stream) || (await read(stream)).length === 0) return;
    throw new Refused('uin-taken', 'the UIN was given before', { field: 'uin' });
  }

  async function stoneNow(stoneId: string) {
    const history = await read(stoneStream(stoneId));
    return fold(stone, history as readonly Recorded<StoneEvent>[]);
  }

  async function parcelNow(parcelId: string) {
    const history = await read(parcelStream(parcelId));
    return fold(parcel, history as readonly Recorded<ParcelEvent>[]);
  }

  async function requireItem(item: string, holding: Holding, set?: string): Promise<void> {
    if (holding.custodian !== command.meta.by) return;
    if (!parseStream(jewelleryStream(item))) throw badId(item, 'item');
    const history = await read(jewelleryStream(item));
    const state = fold(jewellery, history as readonly Recorded<JewelleryEvent>[]);
    const offered = {
      ...heldAs(holding),
      meta: command.meta,
      ...(set !== undefined && { stone: set }),
    };
    const code = whyNotTakenIn(offered, state);
    if (!code) return;
    throw new Refused(code, `${item} cannot take it in. ${refusalCodes[code]}`, { field: 'item' });
  }

  /** A laboratory's number is one report's, whichever stone it was for. */
  async function requireFreeNumber(laboratory: string, reportNo: string): Promise<void> {
    const stream = reportStream(reportId(laboratory, reportNo));
    if (!parseStream(stream)) {
      throw new Refused('bad-report-number', 'a report’s number begins with a letter or digit', {
        field: 'reportNo',
      });
    }
    const state = fold(report, (await read(stream)) as readonly Recorded<ReportEvent>[]);
    if (!state || state.stone === null) return;
    throw new Refused('report-exists', `${laboratory} issued ${reportNo} for ${state.stone}`, {
      field: 'reportNo',
      stone: state.stone,
    });
  }
}

function badId(id: string, field: string): Refused {
  return new Refused('bad-id', `${field} is no id`, { field, id });
}
