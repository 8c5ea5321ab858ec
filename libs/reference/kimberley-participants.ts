import { daysOf } from '#libs/reference/calendar';
import { indexed, reference } from '#libs/reference/reference';

/**
 * A limit on a participant over an interval; `from` and `to` are years, months or days. `lifted`
 * records that the limit before it ended.
 */
export type Restriction = Readonly<{
  kind: 'suspended' | 'self-suspended' | 'partial' | 'lifted';
  from: string;
  to?: string;
  scope: string;
  /** What it stops, as far as it is not `lifted`. */
  covers?: readonly ('export' | 'import')[];
  /** Where rough may come from all the same, each from a day, month or year on. */
  zones?: readonly Readonly<{ name: string; from: string; source: string }>[];
  zonesNote?: string;
  source: string;
}>;

/**
 * One issuer of Kimberley certificates. `joined` is given only where it is known; `listed` is the
 * earliest day on which it was read to take part. `memberSince` has the members that came later.
 */
export type Participant = Readonly<{
  id: string;
  name: string;
  certificatePrefix: string;
  iso3: string | null;
  status: 'participant' | 'meets-minimum-requirements';
  statusAsOf: string;
  producer: boolean;
  authority?: Readonly<{ name: string; source: string }>;
  joined?: Readonly<{ year: number; on?: string; source: string }>;
  listed?: Readonly<{ on: string; source: string }>;
  memberStates?: readonly string[];
  memberSince?: Readonly<Record<string, string>>;
  memberSinceSource?: string;
  unionAuthorities?: readonly string[];
  restrictions: readonly Restriction[];
  notes?: string;
  source: string;
}>;

/**
 * `status` is that of the day: `unknown` before the data begins, never a guess. `participant` is
 * the issuer that speaks for the country, `restriction` the strictest limit on that day.
 */
export type Participation = Readonly<{
  status: 'participant' | 'meets-minimum-requirements' | 'not-a-participant' | 'unknown';
  participant: Participant | null;
  restriction: Restriction | null;
}>;

export const participants = (): readonly Participant[] =>
  reference()['kp-participants.json'].content;

const byPrefix = indexed(
  participants,
  (all) => new Map(all.map((each) => [each.certificatePrefix, each])),
);

const strictestFirst: readonly Restriction['kind'][] = [
  'suspended',
  'self-suspended',
  'partial',
  'lifted',
];

/**
 * Who answers for a country's rough on a day (`YYYY-MM-DD`). EU member states are one participant,
 * Greenland goes with them, the United Kingdom until 2020-12-31, Hong Kong with China. What was
 * true on the day of a list is taken to last until the data says otherwise.
 */
export function participantOn(country: string, day: string): Participation {
  return participationOf(issuerFor(country, day), day);
}

/** The same for an issuer of certificates. */
export function participationOf(participant: Participant | undefined, day: string): Participation {
  if (participant === undefined) {
    const { list } = reference()['kimberley.json'].content;
    const status = day >= list.on ? 'not-a-participant' : 'unknown';
    return { status, participant: null, restriction: null };
  }
  const restriction = restrictionOn(participant, day);
  return { status: statusOn(participant, restriction, day), participant, restriction };
}

function issuerFor(country: string, day: string): Participant | undefined {
  const { tradesUnder } = reference()['kimberley.json'].content;
  const through = tradesUnder.find(
    (each) => each.country === country && (each.to === null || day <= each.to),
  );
  if (through !== undefined) return byPrefix().get(through.prefix);
  return (
    byPrefix().get(country) ??
    participants().find(
      ({ memberStates, memberSince = {} }) =>
        memberStates?.includes(country) && (memberSince[country] ?? '') <= day,
    )
  );
}

/**
 * A recorded restriction shows that the country took part, even where `joined` is not known. Who
 * was listed one day and is listed today took part in between, but for the restrictions.
 */
function statusOn(
  { status, statusAsOf, joined, listed }: Participant,
  restriction: Restriction | null,
  day: string,
): Participation['status'] {
  const year = Number(day.slice(0, 4));
  if (joined?.on !== undefined) return day < joined.on ? 'not-a-participant' : status;
  if (joined !== undefined && year < joined.year) return 'not-a-participant';
  if (day >= (listed?.on ?? statusAsOf) || restriction !== null) return status;
  return joined !== undefined && year > joined.year ? status : 'unknown';
}

/**
 * The strictest restriction of a day. An end given as a day is the first free day; one given as a
 * month or year may be its last day.
 */
function restrictionOn({ restrictions }: Participant, day: string): Restriction | null {
  const holding = restrictions.filter(({ from, to }) => {
    if (day < daysOf(from).first) return false;
    if (to === undefined) return true;
    const { first, last } = daysOf(to);
    return first === last ? day < last : day <= last;
  });
  const severity = ({ kind }: Restriction) => strictestFirst.indexOf(kind);
  return [...holding].sort((a, b) => severity(a) - severity(b))[0] ?? null;
}
