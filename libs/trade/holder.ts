import type { TitleShare } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type { Holding } from '#libs/trade/holding';

/** Throws unless the acting party has the goods in its hands: `not-custodian`, `custody-released`. */
export function needCustody(meta: CommandMeta, { custodian, release }: Holding): void {
  if (meta.by !== custodian) {
    throw new Refused('not-custodian', `${meta.by} does not hold the goods`, { by: meta.by });
  }
  if (release) {
    throw new Refused('custody-released', `the goods are on their way to ${release.to}`, {
      to: release.to,
    });
  }
}

/** Throws unless the acting party holds all of the title: `title-unknown`, `co-owned`, `not-owner`. */
export function needTitle(meta: CommandMeta, { owner, shares }: Holding): void {
  if (shares.length > 0) {
    throw new Refused('co-owned', `${shares.length} parties hold the title in shares`, { shares });
  }
  if (owner === null) {
    throw new Refused('title-unknown', 'nobody is known to hold the title', { by: meta.by });
  }
  if (meta.by !== owner) {
    throw new Refused('not-owner', `${meta.by} does not hold the title`, { by: meta.by });
  }
}

/** Whether the party holds the title, or a share of it. */
export function isOwner(by: string, { owner, shares }: Holding): boolean {
  return by === owner || shares.some(({ party }) => party === by);
}

type Titled = Readonly<{ owner: string | null; shares?: readonly TitleShare[] }>;

/** Whether the same party, or the same parties in the same shares, own both. */
export function isSameTitle(one: Titled, other: Titled): boolean {
  const [a, b] = [one.shares ?? [], other.shares ?? []];
  return (
    one.owner === other.owner &&
    a.length === b.length &&
    a.every(({ party, ppm }, n) => party === b[n]?.party && ppm === b[n]?.ppm)
  );
}

/** Throws unless the acting party owns the goods, or a share, or has them in its hands. */
export function needHolding(meta: CommandMeta, holding: Holding): void {
  if (isOwner(meta.by, holding)) return;
  if (meta.by === holding.custodian) return needCustody(meta, holding);
  throw new Refused('not-holder', `${meta.by} neither holds nor owns the goods`, { by: meta.by });
}

/** Throws unless the acting party owns the goods or is their custodian, wherever they are now. */
export function needParty(meta: CommandMeta, holding: Holding): void {
  if (meta.by === holding.custodian || isOwner(meta.by, holding)) return;
  throw new Refused('not-holder', `${meta.by} neither holds nor owns the goods`, { by: meta.by });
}

/** The same, unless the credential carries one of the roles. */
export function needPartyOr(
  meta: CommandMeta,
  holding: Holding,
  ...roles: readonly ('authority' | 'operator')[]
): void {
  if (roles.some((role) => meta.roles.includes(role))) return;
  needParty(meta, holding);
}

/** Throws `to-itself` when the acting party names itself as the other side. */
export function checkOther(meta: CommandMeta, party: string, field: string): void {
  if (party !== meta.by) return;
  throw new Refused('to-itself', 'giver and receiver are the same party', { field, party });
}
