import type { Draft } from '#events/event';
import type { ShipmentEvent } from '#events/shipment';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { isCountry } from '#libs/reference/countries';
import { mctOf } from '#libs/shipment/shipment-border';
import type {
  DeclareExport,
  DeclareImport,
  ReleaseByCustoms,
} from '#libs/shipment/shipment-command';
import { needBy, needStanding } from '#libs/shipment/shipment-journey';
import type { Shipment } from '#libs/shipment/shipment-state';
import { parcelError } from '#libs/trade/weight';

/** Printed where a mixed parcel's countries are not told. */
const notTold = '***';

/** A declaration names each heading of the goods once, with their weight under it. */
export function declare(
  command: DeclareExport | DeclareImport,
  state: Shipment,
): Draft<ShipmentEvent> {
  const { meta, countriesOfMining, lines } = command;
  const isExport = command.type === 'DeclareExport';
  needBy(meta, isExport ? state.consignor : state.consignee);
  if (isExport) needStanding(state, 'packed');
  else needStanding(state, 'dispatched', 'arrived');
  if (isExport ? state.exported : state.imported) {
    throw new Refused('already-declared', 'the goods are declared');
  }
  countriesOfMining.forEach((country) => {
    if (isCountry(country) || country === notTold) return;
    throw new Refused('bad-country', `${country} is no ISO 3166-1 alpha-2 code`, {
      field: 'countriesOfMining',
    });
  });
  const headings = new Set(state.goods.map(({ hs }) => hs));
  const declared = new Set(lines.map(({ hs }) => hs));
  const isAll = [...headings].every((hs) => declared.has(hs)) && declared.size === headings.size;
  if (declared.size !== lines.length || !isAll) {
    throw new Refused('hs-differs', `the goods are under ${[...headings].join(', ')}`, {
      field: 'lines',
    });
  }
  lines.forEach(({ hs, mct }, n) => {
    const packed = mctOf(state.goods.filter((goods) => goods.hs === hs));
    const toleranceMct = parcelError({ min: packed, max: packed });
    if (Number.isSafeInteger(mct) && Math.abs(mct - packed) <= toleranceMct) return;
    throw new Refused('carats-differ', `${packed} mct are packed under ${hs}`, {
      field: `lines.${n}.mct`,
      packed,
      toleranceMct,
    });
  });
  const data = factsOf(command);
  return isExport ? { type: 'ExportDeclared', data } : { type: 'ImportDeclared', data };
}

export function releaseByCustoms(command: ReleaseByCustoms, state: Shipment): Draft<ShipmentEvent> {
  needRole(command.meta, 'authority');
  if (state.quarantined) throw new Refused('quarantined', 'its certificate is doubted');
  const found = [state.exported, state.imported].find((each) => each?.mrn === command.mrn);
  if (!found) {
    throw new Refused('not-declared', `there is no declaration ${command.mrn}`, { field: 'mrn' });
  }
  if (found.released) throw new Refused('wrong-status', 'customs released these goods before');
  return { type: 'CustomsReleased', data: factsOf(command) };
}
