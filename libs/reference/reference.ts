import hallmarks from '#libs/reference/hallmarks.json' with { type: 'json' };
import type { Hallmarks } from '#libs/reference/hallmarks';
import hubs from '#libs/reference/hubs.json' with { type: 'json' };
import type { Hub } from '#libs/reference/hubs';
import type { Kimberley } from '#libs/reference/kimberley-eligibility';
import type { Participant } from '#libs/reference/kimberley-participants';
import kimberley from '#libs/reference/kimberley.json' with { type: 'json' };
import participants from '#libs/reference/kp-participants.json' with { type: 'json' };
import type { Mine } from '#libs/reference/mines';
import mines from '#libs/reference/mines.json' with { type: 'json' };
import sieves from '#libs/reference/polished-sieves.json' with { type: 'json' };
import type { Sieve } from '#libs/reference/sieves';
import uniqueStones from '#libs/reference/unique-stones.json' with { type: 'json' };
import type { UniqueThreshold } from '#libs/reference/unique-stones';
import versions from '#libs/reference/versions.json' with { type: 'json' };
import type { WarrantyText } from '#libs/reference/warranties';
import warranties from '#libs/reference/warranties.json' with { type: 'json' };

/** What each file of dated facts holds, by the file's name. */
type Contents = Readonly<{
  'hallmarks.json': Hallmarks;
  'hubs.json': readonly Hub[];
  'kimberley.json': Kimberley;
  'kp-participants.json': readonly Participant[];
  'mines.json': readonly Mine[];
  'polished-sieves.json': readonly Sieve[];
  'unique-stones.json': readonly UniqueThreshold[];
  'warranties.json': readonly WarrantyText[];
}>;

export type ReferenceName = keyof Contents;

/**
 * A file's facts, and the SHA-256 of its bytes in lower-case hex: decisions record it, so that it
 * can be told which facts they rested on.
 */
export type ReferenceFile<N extends ReferenceName = ReferenceName> = Readonly<{
  content: Contents[N];
  sha256: string;
}>;

/** One file of each name. */
export type Reference = Readonly<{ [N in ReferenceName]: ReferenceFile<N> }>;

/** What this build brings. `versions.json` is written by `npm run schemas`; a test keeps it true. */
export const builtIn: Reference = {
  'hallmarks.json': { content: hallmarks as Hallmarks, sha256: versions['hallmarks.json'] },
  'hubs.json': { content: hubs as readonly Hub[], sha256: versions['hubs.json'] },
  'kimberley.json': { content: kimberley as Kimberley, sha256: versions['kimberley.json'] },
  'kp-participants.json': {
    content: participants as readonly Participant[],
    sha256: versions['kp-participants.json'],
  },
  'mines.json': { content: mines as readonly Mine[], sha256: versions['mines.json'] },
  'polished-sieves.json': { content: sieves, sha256: versions['polished-sieves.json'] },
  'unique-stones.json': { content: uniqueStones, sha256: versions['unique-stones.json'] },
  'warranties.json': { content: warranties, sha256: versions['warranties.json'] },
};

let inUse = builtIn;

/** The facts that decisions rest on in this process. */
export const reference = (): Reference => inUse;

/** From now on decisions rest on these. Called at the start, before anything is decided. */
export function useReference(next: Reference): void {
  inUse = next;
}

/** `make` once for each content of a file: look-ups that a replaced file does not leave behind. */
export function indexed<C extends object, I>(content: () => C, make: (content: C) => I): () => I {
  const made = new WeakMap<C, I>();
  return () => {
    const now = content();
    const index = made.get(now) ?? make(now);
    made.set(now, index);
    return index;
  };
}
