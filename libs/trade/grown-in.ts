import { Refused } from '#libs/decider/decider';
import { isCountry } from '#libs/reference/countries';

/** Throws `bad-country` where it is stated that goods were grown in what is no country. */
export function checkGrownIn(country: string | undefined): void {
  if (country === undefined || isCountry(country)) return;
  throw new Refused('bad-country', `${country} is no country`, { field: 'grownIn' });
}
