import type { StoneForm } from '#events/stone';
import type { StoneBlocked, StoneBruted } from '#events/stone-work';
import type { Weight } from '#events/values';
import type { Processing } from '#libs/rulebook/facts';
import type { Way } from '#projections/way/way';

export const unprocessed: Processing = { state: 'unprocessed' };
export const unknown: Processing = { state: 'unknown' };

/** What is made of goods is partly made where their last processing was before. */
export function workedOn(way: Way, before: Way | undefined): Way {
  const { processing, worked = [] } = before ?? {};
  if (way.processing === processing && way.worked === worked) return way;
  const here = way.processing.state === 'processed' ? way.processing.in : null;
  const last = processing?.state === 'processed' && processing.in !== here ? [processing.in] : [];
  const all = [...new Set([...way.worked, ...worked, ...last])].sort();
  return all.length === way.worked.length ? way : { ...way, worked: all };
}

/** What making goods of that form in that country was. */
export function processingOf(form: StoneForm, country: string | null): Processing {
  if (form === 'rough') return unprocessed;
  if (country === null) return unknown;
  return { state: 'processed', in: country, operation: form === 'piece' ? 'sawn' : 'polished' };
}

/** Bruted, it is still rough for Kimberley; blocked, it is not (domain §1.1). */
export function shaped(
  way: Way,
  { type, data }: StoneBruted | StoneBlocked,
  country: string | null,
): Way {
  const form = type === 'StoneBruted' ? 'piece' : 'polished';
  return {
    ...way,
    form,
    weight: data.weightAfter,
    processing: processingOf(form, country),
    madeThere: country,
  };
}

/** Worked on elsewhere than it was made, where that counts as made is for a paper to say. */
export function reworked(way: Way, weight: Weight, country: string | null): Way {
  const { processing } = way;
  const there = country ?? (way.isThere ? way.country : null);
  const same = processing.state === 'processed' && processing.in === there;
  const worked = there === null ? [] : [there];
  return {
    ...way,
    weight,
    processing: same ? processing : unknown,
    worked: same ? way.worked : [...new Set([...way.worked, ...worked])].sort(),
  };
}
