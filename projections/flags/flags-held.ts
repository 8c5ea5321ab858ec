import type { ViewReader } from '#libs/views/views';
import { custodyOf } from '#projections/custody';
import type { Flag } from '#projections/flags/flag';
import type { FlagsAsked } from '#projections/flags/flag-list';
import { flagsBy } from '#projections/flags/flag-list';
import { titleOf } from '#projections/title';

/** Flags on goods that a party owns, or has in its hands, now. */
export type HeldAsked = FlagsAsked & Readonly<{ owner?: string; custodian?: string }>;

const least = 500;

/** As {@link flagsBy}; of flags that concern several goods, one of them is the party's. */
export async function flagsHeldBy(
  views: ViewReader,
  { owner, custodian, ...asked }: HeldAsked,
  limit: number,
): Promise<readonly Flag[]> {
  if (owner === undefined && custodian === undefined) return flagsBy(views, asked, limit);
  const found: Flag[] = [];
  let looked = 0;
  for (let size = least; ; size *= 2) {
    const flags = await flagsBy(views, asked, size);
    for (const flag of flags.slice(looked)) {
      if (await isHeld(views, flag, owner, custodian)) found.push(flag);
      if (found.length === limit) return found;
    }
    if (flags.length < size) return found;
    looked = flags.length;
  }
}

async function isHeld(
  views: ViewReader,
  { streams }: Flag,
  owner: string | undefined,
  custodian: string | undefined,
): Promise<boolean> {
  for (const stream of streams) {
    if (owner !== undefined) {
      const title = await titleOf(views, stream);
      if (title?.consumed !== 0 || title.owner !== owner) continue;
    }
    if (custodian === undefined) return true;
    const custody = await custodyOf(views, stream);
    if (custody?.consumed === 0 && custody.custodian === custodian) return true;
  }
  return false;
}
