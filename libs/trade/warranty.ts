import type { Warranty } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import { isCountry } from '#libs/reference/countries';
import type { WarrantedPaper } from '#libs/reference/warranties';
import { acceptedOn, warrantiesVersion, warrantyText, wordingOn } from '#libs/reference/warranties';
import type { WarrantyWanted } from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';

/**
 * The statements of an invoice or memo, each with the hash of its text there. `isNeeded` is true in the
 * trade: then one is of the System of Warranties (domain I10). Throws `warranty-needed` and what
 * {@link warrantyOf} throws.
 */
export function warrantiesOf(
  wanted: readonly WarrantyWanted[],
  meta: CommandMeta,
  goods: TradedGoods,
  paper: WarrantedPaper,
  isNeeded: boolean,
): readonly Warranty[] {
  const given = wanted.map((each, i) => warrantyOf(each, meta, goods, paper, `warranties.${i}`));
  const isGiven = given.some(({ version }) => warrantyText(version)?.isSystemOfWarranties);
  if (isNeeded && !isGiven) {
    throw new Refused('warranty-needed', 'a System of Warranties statement is missing', {
      field: 'warranties',
    });
  }
  return given;
}

/** Throws `unknown-warranty`, `warranty-not-valid`, `sow-id-needed`, `warranty-untrue` or `bad-country`. */
export function warrantyOf(
  wanted: WarrantyWanted,
  { at }: CommandMeta,
  { isRough, isNatural }: TradedGoods,
  paper: WarrantedPaper,
  field: string,
): Warranty {
  const { version, sowId, countries = [] } = wanted;
  const text = warrantyText(version);
  if (!text) throw new Refused('unknown-warranty', `no text ${version} is known`, { field });
  const { first, last } = daysOf(at);
  if (!acceptedOn(text, first, isRough) && !acceptedOn(text, last, isRough)) {
    throw new Refused('warranty-not-valid', `${version} was not accepted at ${at.time}`, { field });
  }
  if (text.needsSowId && sowId === undefined) {
    throw new Refused('sow-id-needed', `${version} prints the issuer’s id`, { field });
  }
  if (text.saysNatural && !isNatural) {
    throw new Refused('warranty-untrue', 'the goods are treated or laboratory-grown', { field });
  }
  if (!countries.every(isCountry)) {
    throw new Refused('bad-country', 'a country of sourcing is no ISO 3166-1 alpha-2 code', {
      field: `${field}.countries`,
    });
  }
  const { sha256: textSha256 } = wordingOn(text, paper);
  return { ...wanted, textSha256, data: warrantiesVersion() };
}
