type Data = Readonly<Record<string, unknown>>;

/** Turns an old shape of one event type into today's; leaves today's shape alone. */
type Upcaster = (data: Data) => Data;

/**
 * Pilot recordings gave a weight as `{ points }` (1 ct = 100 points), always weighed and exact.
 * Today's is {@link Weight} in milli-carats with qualifier and basis.
 */
function weightFromPoints(data: Data): Data {
  const weight = data['weight'] as Data | undefined;
  const points = weight?.['points'];
  if (typeof points !== 'number') return data;
  return { ...data, weight: { mct: points * 10, qualifier: 'eq', basis: 'weighed' } };
}

/**
 * Melee that a piece of jewellery could not take in was first recorded as back without its goods. How much
 * came back is told by the event it answers, in its stream; of itself it says only that something did.
 */
function returnedSomething(data: Data): Data {
  if (data['content'] !== undefined) return data;
  return { ...data, content: { weight: { mct: 0, qualifier: 'gt', basis: 'estimated' } } };
}

const upcasters: Readonly<Record<string, readonly Upcaster[]>> = {
  RoughDiamondRecovered: [weightFromPoints],
  MeleeReturned: [returnedSomething],
};

/** Today's shape of stored event data. Pure; every reader passes through it exactly once. */
export function upcast(type: string, data: unknown): unknown {
  return Object.hasOwn(upcasters, type)
    ? (upcasters[type] ?? []).reduce((old, upcaster) => upcaster(old), data as Data)
    : data;
}
