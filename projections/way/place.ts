import type { Place, Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Origin } from '#events/values';
import { elsewhere, possibleCountries } from '#libs/origin/origin';
import { isCountry } from '#libs/reference/countries';
import { mineById } from '#libs/reference/mines';
import { countryOfMine } from '#libs/trade/recovery';

/** Said wherever the parties were, not where the goods were. */
const saidOfThePast = ['OriginDeclared', 'OriginContestResolved', 'OriginContestFollowed'];

/** The country an event says the goods were in; its mine's for a recovery. */
export function countryOf({ type, data, meta }: Recorded<LedgerEvent>): string | null {
  if (saidOfThePast.includes(type)) return null;
  if (type === 'RoughDiamondRecovered' || type === 'ProductionLotRecovered') {
    return countryOfMine(data) ?? countryAt(meta.place);
  }
  return countryAt(meta.place);
}

/** The first two letters of a UN/LOCODE are its country. */
function countryAt(place: Place | undefined): string | null {
  if (!place) return null;
  const { country, mineId, unlocode } = place;
  const found =
    country ?? (mineId === undefined ? unlocode?.slice(0, 2) : mineById(mineId)?.country);
  return found !== undefined && isCountry(found) ? found : null;
}

/** Every possible country, `ZZ` for one not named; none when nothing is known. */
export function minedIn(origin: Origin): readonly string[] {
  const { countries, unknown: isOpen } = possibleCountries(origin);
  return isOpen ? [...countries, elsewhere] : countries;
}
