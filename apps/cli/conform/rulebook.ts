import { Refused } from '#libs/decider/decider';
import { evaluate } from '#libs/rulebook/evaluate';
import { localDay } from '#libs/rulebook/clock';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Act, Evidence, EvidenceKind, Facts, MctBounds } from '#libs/rulebook/facts';
import { builtInRules } from '#libs/rulebook/rules-used';
import type { Outcome } from '#libs/rulebook/verdict';

/** Why a line cannot be judged. */
type Unjudged = Readonly<{
  id: unknown;
  error: Readonly<{ code: string; message: string; field?: unknown }>;
}>;

/** The answer to one line: a verdict in short, or why there is none. */
export type RulebookAnswer =
  Readonly<{ id: unknown; outcome: Outcome; rule: string; citation: string }> | Unjudged;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The marks of the example file and, where it has a longer one, the name of regulation.md §12. The
 * file marks lists and mixed origins of Kimberley certificates, so a plain one names one country.
 */
const evidenceKinds: Readonly<Record<string, EvidenceKind>> = {
  KP: 'kimberley-single',
  KP_SINGLE: 'kimberley-single',
  KP_LIST: 'kimberley-listed',
  KP_MIXED: 'kimberley-mixed',
  G7: 'g7-certificate',
  DOC: 'documentary-evidence',
  DDS: 'due-diligence-statement',
  GF: 'location-proof',
  SELF_LOOSE: 'us-statement-loose',
  SELF_JEW: 'us-statement-jewellery',
  SELF_GL103: 'us-statement-gl103',
  SELF_GL104: 'us-statement-gl104',
  ATTEST: 'cbsa-attestation',
  CBSA_ATT: 'cbsa-attestation',
  METI_CONF: 'meti-confirmation',
  LICENCE: 'licence',
  G7_CERTIFICATE: 'g7-certificate',
  SUPPLIER_DECLARATION: 'documentary-evidence',
  DUE_DILIGENCE_STATEMENT: 'due-diligence-statement',
  LOCATION_PROOF: 'location-proof',
  US_SELF_CERT_LOOSE: 'us-statement-loose',
  US_SELF_CERT_JEWELRY: 'us-statement-jewellery',
  US_SELF_CERT_GL103: 'us-statement-gl103',
  US_SELF_CERT_GL104: 'us-statement-gl104',
  CA_ORIGIN_ATTESTATION: 'cbsa-attestation',
  METI_CONFIRMATION: 'meti-confirmation',
};

/** What a record calls the facts of the rule book. */
const ownNames: Readonly<Record<string, string>> = {
  jurisdiction: 'jur',
  day: 'date',
  material: 'mat',
  stoneMct: 'ct',
  minedIn: 'mined',
  processing: 'fin',
  'processing.in': 'fin',
  shippedFrom: 'frm',
  leftRussiaOn: 'leftRU',
  inEuOn: 'inEU',
  inThirdCountrySince: 'locThird',
  contractOn: 'contract',
};

const uses: Readonly<Record<string, Facts['use']>> = {
  commercial: 'commercial',
  personal: 'personal',
  culturalLoan: 'cultural-loan',
  inUKlawfully: 'lawfully-in-destination',
};

/**
 * Judges one record of the example format (JSON: `id`, `jur`, `date`, `hs`, `ct`, `mined`, `fin`,
 * `frm`, `transitRU`, `transitBY`, `leftRU`, `inEU`, `locThird`, `use`, `cp`, `mat`, `contract`,
 * `ev`).
 * Goods lawfully in the destination are bought there; everything else is imported.
 */
export function judge(fields: Fields): RulebookAnswer {
  const { id = null } = fields;
  try {
    refuseMisspelt(fields);
    const jurisdiction = text(fields, 'jur');
    const date = text(fields, 'date');
    const facts = factsOf(fields);
    const { outcome, rule, citation } = evaluate(facts, jurisdiction, date, actOf(fields));
    refuseLater(fields, localDay(builtInRules(jurisdiction).jurisdiction.clock, date));
    return { id, outcome, rule, citation };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id, error: inOwnWords(error) };
  }
}

/** Says of the record's own field what was refused of a fact. */
function inOwnWords({ code, message, details: { field } }: Refused): Unjudged['error'] {
  const named = typeof field === 'string' ? own(ownNames, field) : undefined;
  if (typeof field !== 'string' || named === undefined) return { code, message, field };
  const aboutIt = message.startsWith(`${field} `);
  const said = aboutIt ? named + message.slice(field.length) : `${named}: ${message}`;
  return { code, message: said, field: named };
}

const actOf = (fields: Fields): Act => (fields['use'] === 'inUKlawfully' ? 'purchase' : 'import');

/** The facts a record states. Refuses, with the record's own field, what it cannot read. */
export function factsOf(fields: Fields): Facts {
  const shippedFrom = optionalText(fields, 'frm');
  return {
    ...nothingElseKnown,
    hs: text(fields, 'hs'),
    material: oneOf(fields, 'mat', { N: 'natural', S: 'synthetic' } as const),
    stoneMct: weightOf(fields),
    minedIn: minedIn(fields),
    processing: processingOf(fields),
    shippedFrom: shippedFrom === '?' ? null : shippedFrom,
    transited: [
      ...(flag(fields, 'transitRU') ? ['RU'] : []),
      ...(flag(fields, 'transitBY') ? ['BY'] : []),
    ],
    leftRussiaOn: optionalText(fields, 'leftRU'),
    inEuOn: optionalText(fields, 'inEU'),
    inThirdCountrySince: optionalText(fields, 'locThird'),
    contractOn: optionalText(fields, 'contract'),
    use: oneOf(fields, 'use', uses),
    counterparty: personOf(optionalText(fields, 'cp')),
    ...papersOf(fields),
  };
}

const known =
  'id jur date hs ct mined fin frm transitRU transitBY leftRU inEU locThird use cp mat contract ev'.split(
    ' ',
  );

/** A record may say more than is judged; a fact whose name is only written otherwise is not dropped. */
function refuseMisspelt(fields: Fields): void {
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    const bare = name.replaceAll(/[^A-Za-z]/g, '').toLowerCase();
    const meant = known.find((each) => each.toLowerCase() === bare);
    if (meant !== undefined) unreadable('bad-text', name, `is no field; ${meant} is`);
  }
}

/** One country, `?`, or a list of both: any of them may be the one. */
function minedIn(fields: Fields): readonly string[] | null {
  const stated = fields['mined'];
  const each = Array.isArray(stated)
    ? stated.map((country: unknown) => text({ mined: country }, 'mined'))
    : [text(fields, 'mined')];
  const countries = each.map((country) => (country === '?' ? 'ZZ' : country));
  return countries.every((country) => country === 'ZZ') ? null : countries;
}

function processingOf(fields: Fields): Facts['processing'] {
  const country = optionalText(fields, 'fin');
  if (country === null) return { state: 'unprocessed' };
  return country === '?' ? { state: 'unknown' } : { state: 'processed', in: country };
}

/** The id of a designated person by a name it goes by; any other name as it is, never dropped. */
function personOf(name: string | null): string | null {
  if (name === null || name.trim() === '') return null;
  const [, id = name] = persons.find(([written]) => written.test(name)) ?? [];
  return id;
}

const persons: readonly (readonly [RegExp, string])[] = [
  [/alrosa|алроса|anabara/iu, 'alrosa'],
  [/marinychev|маринычев/iu, 'pavel-marinychev'],
  [/first diamond|первая алмазная/iu, 'first-diamond-company'],
];

/** What is told of the past cannot lie after the act. */
function refuseLater(fields: Fields, date: string): void {
  for (const field of ['leftRU', 'inEU', 'locThird']) {
    const day = optionalText(fields, field);
    if (day === null || day <= date) continue;
    throw new Refused('contradictory-facts', `${field} ${day} lies after the act of ${date}`, {
      field,
    });
  }
}

/** Decimal carats with at most three decimals, exactly; never by way of a float. */
function weightOf(fields: Fields): MctBounds | null {
  const carats = optionalText(fields, 'ct');
  if (carats === null) return null;
  const [, whole, decimals = ''] = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(carats) ?? [];
  if (whole === undefined)
    unreadable('bad-weight', 'ct', 'is not carats with at most three decimals');
  const mct = Number(whole) * 1000 + Number(decimals.padEnd(3, '0'));
  if (mct === 0) unreadable('bad-weight', 'ct', 'is not above zero');
  return { min: mct, max: mct };
}

function papersOf(fields: Fields): Pick<Facts, 'evidence' | 'kimberleyRefused'> {
  const on = fields['ev'] ?? [];
  if (!Array.isArray(on)) unreadable('bad-text', 'ev', 'is not a list');
  const evidence: Evidence[] = [];
  let kimberleyRefused = false;
  for (const name of on as readonly unknown[]) {
    if (name === 'NO_KP') {
      kimberleyRefused = true;
      continue;
    }
    const kind = typeof name === 'string' ? own(evidenceKinds, name) : undefined;
    if (kind === undefined) unreadable('bad-text', 'ev', `holds ${JSON.stringify(name)}`);
    evidence.push({ kind, validFrom: null, validTo: null });
  }
  return { evidence, kimberleyRefused };
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function text(fields: Fields, field: string): string {
  const value = fields[field];
  if (typeof value !== 'string') unreadable('bad-text', field, 'is not a text');
  return value;
}

const optionalText = (fields: Fields, field: string): string | null =>
  (fields[field] ?? null) === null ? null : text(fields, field);

function flag(fields: Fields, field: string): boolean {
  const value = fields[field] ?? false;
  if (typeof value !== 'boolean') unreadable('bad-text', field, 'is neither true nor false');
  return value;
}

function oneOf<T>(fields: Fields, field: string, table: Readonly<Record<string, T>>): T {
  const value = own(table, text(fields, field));
  if (value === undefined) {
    unreadable('bad-text', field, `is none of ${Object.keys(table).join(', ')}`);
  }
  return value;
}

function unreadable(code: 'bad-text' | 'bad-weight', field: string, message: string): never {
  throw new Refused(code, `${field} ${message}`, { field });
}
