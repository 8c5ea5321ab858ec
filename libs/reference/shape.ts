/** A value has not the shape it should have; `place` is a JSON pointer to it (`/rules/3/when`). */
export class Misshapen extends Error {
  override readonly name = 'Misshapen';
  readonly place: string;

  constructor(what: string, place: string) {
    super(what);
    this.place = place;
  }
}

/** Looks at a value as someone else may have written it. Throws {@link Misshapen}. */
export type Check = (value: unknown, place: string) => void;

export type Members = Readonly<Record<string, Check>>;

/** Always throws. */
export function misshapen(what: string, place: string): never {
  throw new Misshapen(what, place);
}

export const string: Check = (value, place) => {
  if (typeof value !== 'string') misshapen('is not a text', place);
};

export const number: Check = (value, place) => {
  if (typeof value !== 'number') misshapen('is not a number', place);
};

export const boolean: Check = (value, place) => {
  if (typeof value !== 'boolean') misshapen('is neither true nor false', place);
};

export const or =
  (check: Check): Check =>
  (value, place) => {
    if (value !== null) check(value, place);
  };

/** A text that `isSuch`. */
export const text =
  (isSuch: (value: string) => boolean, what: string): Check =>
  (value, place) => {
    if (typeof value !== 'string' || !isSuch(value)) misshapen(`is no ${what}`, place);
  };

export const oneOf =
  (...known: readonly string[]): Check =>
  (value, place) => {
    if (!known.some((each) => each === value)) misshapen(`is none of ${known.join(', ')}`, place);
  };

export const list =
  (check: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) misshapen('is not a list', place);
    value.forEach((each: unknown, n) => check(each, `${place}/${n}`));
  };

/** A list of records whose `name` is another one in each. */
export const listed =
  (name: string, check: Check): Check =>
  (value, place) => {
    list(check)(value, place);
    const seen = new Set<unknown>();
    (value as readonly Readonly<Record<string, unknown>>[]).forEach((each, n) => {
      if (seen.has(each[name])) misshapen('stands there twice', `${place}/${n}/${name}`);
      seen.add(each[name]);
    });
  };

/** Under any names, each value as `check` wants it. */
export const record =
  (check: Check): Check =>
  (value, place) => {
    for (const [name, each] of Object.entries(fieldsOf(value, place))) {
      check(each, `${place}/${name}`);
    }
  };

/** Exactly these members; those of `may` can be left out. */
export const members =
  (must: Members, may: Members = {}): Check =>
  (value, place) => {
    const fields = fieldsOf(value, place);
    for (const name of Object.keys(fields)) {
      if (Object.hasOwn(must, name) || Object.hasOwn(may, name)) continue;
      misshapen('is not a member of the record', `${place}/${name}`);
    }
    for (const [name, check] of Object.entries(must)) {
      if (!Object.hasOwn(fields, name)) misshapen('is missing', `${place}/${name}`);
      check(fields[name], `${place}/${name}`);
    }
    for (const [name, check] of Object.entries(may)) {
      if (Object.hasOwn(fields, name)) check(fields[name], `${place}/${name}`);
    }
  };

/** The members that `name` asks for, by its value. */
export const byMember =
  (name: string, kinds: Readonly<Record<string, Check>>): Check =>
  (value, place) => {
    const kind = fieldsOf(value, place)[name];
    const check = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (check === undefined) {
      misshapen(`is none of ${Object.keys(kinds).join(', ')}`, `${place}/${name}`);
    }
    check(value, place);
  };

function fieldsOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    misshapen('is not a record', place);
  }
  return value as Readonly<Record<string, unknown>>;
}
