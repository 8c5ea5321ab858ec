import { Refused } from '#libs/decider/decider';
import { daysOf, isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';
import type { Reference, ReferenceName } from '#libs/reference/reference';
import type { Check, Members } from '#libs/reference/shape';
import {
  Misshapen,
  boolean,
  list,
  listed,
  members,
  misshapen,
  number,
  oneOf,
  or,
  record,
  string,
  text,
} from '#libs/reference/shape';

/**
 * Reads a file of dated facts as someone else may have written it. Refuses `bad-reference-file`,
 * with the file and the `place` in it, a JSON pointer (`/3/operations/0/from`).
 */
export function readReferenceFile<N extends ReferenceName>(
  name: N,
  bytes: string,
): Reference[N]['content'] {
  try {
    const content: unknown = JSON.parse(bytes);
    shapes[name](content, '');
    return content as Reference[N]['content'];
  } catch (error) {
    if (error instanceof Misshapen) badFile(name, error.message, error.place);
    if (error instanceof SyntaxError) badFile(name, error.message, '');
    throw error;
  }
}

/** Always throws. */
export function badFile(name: string, what: string, place: string): never {
  throw new Refused('bad-reference-file', `${name}${place}: ${what}`, { file: name, place });
}

export const isReferenceName = (name: string): name is ReferenceName => Object.hasOwn(shapes, name);

const filled = text((value) => value.trim() !== '', 'text');
const day = text(isDay, 'day YYYY-MM-DD');
/** A year, a month or a day. */
const date = text((value) => isDay(daysOf(value).first), 'date');
const country = text(isCountry, 'ISO 3166-1 alpha-2 code');
const decimal = text((value) => /^\d+\.\d+$/.test(value), 'decimal number');
const sha256 = text((value) => /^[0-9a-f]{64}$/.test(value), 'SHA-256 in lower-case hex');

/** Records that carry where they are known from; one without is not taken. */
const sourced = (must: Members, may: Members = {}): Check =>
  members({ ...must, source: filled }, may);

const pattern: Check = (value, place) => {
  string(value, place);
  try {
    RegExp(String(value));
  } catch {
    misshapen('is no regular expression', place);
  }
};

/** `from` is not after `to`, where there is one. */
const inOrder =
  (check: Check): Check =>
  (value, place) => {
    check(value, place);
    const { from, to } = value as Readonly<{ from: string; to?: string | null }>;
    if (typeof to === 'string' && daysOf(from).first > daysOf(to).last) {
      misshapen('ends before it begins', `${place}/to`);
    }
  };

const place = members({ lat: number, lon: number }, { precisionKm: number });

const shapes: Readonly<Record<ReferenceName, Check>> = {
  'hallmarks.json': members({
    version: filled,
    uin: sourced({ country, from: day }),
    agreements: listed(
      'id',
      sourced(
        {
          id: filled,
          name: filled,
          states: list(country),
          inForce: or(day),
          recognisedFrom: or(day),
          confidence: oneOf('read', 'recalled'),
        },
        { note: string },
      ),
    ),
  }),
  'hubs.json': listed(
    'id',
    sourced(
      {
        id: filled,
        name: filled,
        country,
        unlocode: or(text((value) => /^[A-Z]{2}[A-Z2-9]{3}$/.test(value), 'UN/LOCODE')),
        unlocodeSource: or(filled),
        coordinates: place,
        coordinateCheck: or(string),
        roles: list(filled),
        institutions: list(filled),
      },
      { notes: or(string) },
    ),
  ),
  'kimberley.json': members({
    version: filled,
    list: sourced({ on: day }),
    tradesUnder: list(sourced({ country, prefix: filled, to: or(day) })),
    numbers: members({
      forged: list(sourced({ number: filled })),
      parcelNumbers: list(sourced({ prefix: filled, pattern, rule: filled })),
      ranges: list(
        inOrder(sourced({ prefix: filled, first: filled, last: filled, from: date }, { to: date })),
      ),
    }),
  }),
  'kp-participants.json': listed(
    'certificatePrefix',
    sourced(
      {
        id: filled,
        name: filled,
        certificatePrefix: text((value) => /^[A-Z]{2}$/.test(value), 'two letters'),
        iso3: or(filled),
        status: oneOf('participant', 'meets-minimum-requirements'),
        statusAsOf: date,
        producer: boolean,
        restrictions: list(
          inOrder(
            sourced(
              {
                kind: oneOf('suspended', 'self-suspended', 'partial', 'lifted'),
                from: date,
                scope: filled,
              },
              {
                to: date,
                covers: list(oneOf('export', 'import')),
                zones: list(sourced({ name: filled, from: date })),
                zonesNote: string,
              },
            ),
          ),
        ),
      },
      {
        joined: sourced({ year: number }, { on: day }),
        listed: sourced({ on: day }),
        memberStates: list(country),
        memberSince: record(day),
        memberSinceSource: filled,
        unionAuthorities: list(filled),
        authority: sourced({ name: filled }),
        notes: string,
      },
    ),
  ),
  'mines.json': listed(
    'id',
    sourced(
      {
        id: filled,
        name: filled,
        aliases: list(filled),
        country,
        region: or(filled),
        operator: or(filled),
        owner: or(filled),
        depositType: or(filled),
        miningMethod: or(filled),
        status: oneOf(
          'producing',
          'artisanal',
          'construction',
          'suspended',
          'care-and-maintenance',
          'closed',
          'unknown',
        ),
        statusAsOf: date,
        coordinates: or(place),
        commissioned: or(number),
        closed: or(number),
        notes: or(string),
      },
      {
        nameLocal: or(filled),
        operations: list(
          inOrder(
            sourced(
              { state: oneOf('operating', 'stopped'), from: date },
              { to: date, note: string },
            ),
          ),
        ),
      },
    ),
  ),
  'polished-sieves.json': listed(
    'over',
    sourced({
      over: filled,
      under: filled,
      group: filled,
      averageCt: decimal,
      mmFrom: decimal,
      mmTo: decimal,
    }),
  ),
  'unique-stones.json': list(
    sourced({ country: filled, from: date, roughMct: number, polishedMct: number }),
  ),
  'warranties.json': listed(
    'version',
    sourced(
      {
        version: filled,
        text: filled,
        sha256,
        from: date,
        roughUntil: or(date),
        otherUntil: or(date),
        isSystemOfWarranties: boolean,
        needsSowId: boolean,
        saysNatural: boolean,
      },
      { onMemo: members({ text: filled, sha256 }) },
    ),
  ),
};
