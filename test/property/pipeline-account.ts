import type { Weight } from '#events/values';

/**
 * What went into goods and what came out of them, in mct, with how far the scales may err (domain
 * I1). Written apart from the deciders' own arithmetic, so that one checks the other.
 */
export type Account = Readonly<{
  least: number;
  most: number;
  outLeast: number;
  outMost: number;
  tolerance: number;
}>;

const none: Account = { least: 0, most: 0, outLeast: 0, outMost: 0, tolerance: 0 };

export function bounds({ mct, qualifier }: Weight): readonly [number, number] {
  if (qualifier === 'eq') return [mct, mct];
  if (qualifier === 'gt') return [mct + 1, Infinity];
  if (qualifier === 'lt') return [0, mct - 1];
  return [mct - Math.ceil(mct / 100), mct + Math.ceil(mct / 100)];
}

/** 5 mct a weighing, and for a parcel 0.02 % besides. */
export function putIn(account: Account | undefined, weight: Weight, isParcel: boolean): Account {
  const [least, most] = bounds(weight);
  const before = account ?? none;
  return {
    ...before,
    least: before.least + least,
    most: before.most + most,
    tolerance: before.tolerance + 5 + (isParcel ? Math.floor(least / 5000) : 0),
  };
}

/** Outputs are weighed; a loss is what is left over, and adds no error of its own. */
export function takeOut(account: Account, outputs: readonly Weight[], loss?: Weight): Account {
  const all = [...outputs, ...(loss ? [loss] : [])].map(bounds);
  const errors = outputs.map(({ mct }) => Math.min(5, mct / 100));
  return {
    ...account,
    outLeast: account.outLeast + sum(all.map(([least]) => least)),
    outMost: account.outMost + sum(all.map(([, most]) => most)),
    tolerance: account.tolerance + sum(errors),
  };
}

export function hasGained({ most, outLeast, tolerance }: Account): boolean {
  return outLeast > most + tolerance;
}

export function isMissingSome({ least, outMost, tolerance }: Account): boolean {
  return outMost < least - tolerance;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
