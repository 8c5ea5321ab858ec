import type { Paper } from '#events/evidence';
import type { Draft } from '#events/event';
import { certificateNumber } from '#events/streams';
import type { TradeEvent } from '#events/trade';
import { checkSha256, factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf, isAfterNow } from '#libs/decider/when';
import { isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';
import { needPartyOr } from '#libs/trade/holder';
import type { Holding } from '#libs/trade/holding';
import type { AttachEvidence, EvidenceCommand, RevokeEvidence } from '#libs/trade/trade-command';

/**
 * Papers that import measures ask for, put on file for goods and taken off again. The ledger checks
 * what a paper must say, not whether it is true.
 */
export function decideEvidence(command: EvidenceCommand, holding: Holding): Draft<TradeEvent> {
  return command.type === 'AttachEvidence' ? attach(command, holding) : revoke(command, holding);
}

function attach(command: AttachEvidence, holding: Holding): Draft<TradeEvent> {
  const { meta, evidenceNo, document, paper, validFrom, validTo } = command;
  needPartyOr(meta, holding, 'authority');
  if (holding.evidence.some((each) => each.evidenceNo === evidenceNo)) {
    throw new Refused('evidence-exists', `there is, or was, evidence ${evidenceNo}`, {
      field: 'evidenceNo',
    });
  }
  if (document.sha256 === undefined) {
    throw new Refused('document-needed', 'evidence is named by the hash of its bytes', {
      field: 'document.sha256',
    });
  }
  checkSha256(document.sha256, 'document.sha256');
  checkInterval(validFrom, validTo, ['validFrom', 'validTo']);
  checkFields(paper);
  checkPaper(paper, meta.now);
  return { type: 'EvidenceAttached', data: factsOf(command) };
}

/** Whoever put it on file takes it off; an authority or the operator may strike any. */
function revoke(command: RevokeEvidence, { evidence }: Holding): Draft<TradeEvent> {
  const { meta, evidenceNo, ground, reason } = command;
  const known = evidence.find((each) => each.evidenceNo === evidenceNo);
  if (!known) {
    throw new Refused('unknown-evidence', `there is no evidence ${evidenceNo}`, {
      field: 'evidenceNo',
    });
  }
  if (known.revoked) {
    throw new Refused('evidence-revoked', `evidence ${evidenceNo} is already revoked`, {
      field: 'evidenceNo',
    });
  }
  const isOverseer = meta.roles.includes('authority') || meta.roles.includes('operator');
  if (known.by !== meta.by && !isOverseer) {
    throw new Refused('not-your-act', `${known.by} put it on file`, { by: meta.by });
  }
  const { first, last } = daysOf(meta.at);
  const { from = first } = command;
  if (!isDay(from)) throw new Refused('bad-date', `from is no day`, { field: 'from' });
  if (from > last) {
    throw new Refused('in-the-future', 'it is revoked from a later day', { field: 'from' });
  }
  return { type: 'EvidenceRevoked', data: { evidenceNo, ground, from, reason } };
}

type Fields = Readonly<{ must: readonly string[]; may?: readonly string[] }>;

const bySupplier: Fields = { must: ['supplier'] };

const fieldsOf: Readonly<Record<Paper['kind'], Fields>> = {
  'kimberley-certificate': { must: ['number', 'origin'] },
  'g7-certificate': { must: ['number'] },
  'due-diligence-statement': { must: ['signatory'] },
  'supplier-declaration': bySupplier,
  invoice: bySupplier,
  'air-waybill': bySupplier,
  'packing-list': bySupplier,
  'us-self-certification': { must: ['statement'], may: ['entryNo'] },
  'us-licence-statement': { must: ['licence'], may: ['entryNo'] },
  'us-country-of-mining': { must: ['countries'] },
  'cbsa-attestation': { must: ['signatory'] },
  'meti-confirmation': { must: ['number'] },
  'location-proof': { must: ['country', 'from'], may: ['to'] },
  'processing-record': { must: ['country', 'operation', 'on'], may: ['facility'] },
  licence: { must: ['number', 'scope'] },
};

/** A paper says what its kind must say, and nothing that belongs to another kind. */
function checkFields({ kind, ...said }: Paper): void {
  const { must, may = [] } = fieldsOf[kind];
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  const names = given.map(([name]) => name);
  const lacking = must.find((name) => !names.includes(name));
  if (lacking !== undefined) {
    throw new Refused('bad-evidence', `${kind}: it must say its ${lacking}`, {
      field: `paper.${lacking}`,
    });
  }
  const alien = names.find((name) => !must.includes(name) && !may.includes(name));
  if (alien === undefined) return;
  throw new Refused('bad-evidence', `${kind}: it has no ${alien}`, { field: `paper.${alien}` });
}

function checkPaper(paper: Paper, now: string): void {
  switch (paper.kind) {
    case 'kimberley-certificate':
      if (!certificateNumber.test(paper.number)) {
        throw new Refused(
          'bad-certificate-number',
          `${paper.number} is no Kimberley certificate’s number`,
          { field: 'paper.number' },
        );
      }
      if (paper.origin.kind === 'single') {
        checkCountry(paper.origin.country, 'paper.origin.country');
      } else if (paper.origin.kind === 'mixed-listed') {
        checkCountries(paper.origin.countries, 'paper.origin.countries');
      }
      return;
    case 'us-country-of-mining':
      return checkCountries(paper.countries, 'paper.countries');
    case 'location-proof':
      checkCountry(paper.country, 'paper.country');
      checkInterval(paper.from, paper.to, ['paper.from', 'paper.to']);
      return checkPast(paper.from, 'paper.from', now);
    case 'processing-record':
      checkCountry(paper.country, 'paper.country');
      checkInterval(paper.on, undefined, ['paper.on', '']);
      return checkPast(paper.on, 'paper.on', now);
    default:
      return;
  }
}

function checkCountries(countries: readonly string[], field: string): void {
  if (countries.length === 0) throw new Refused('bad-country', 'no country is named', { field });
  countries.forEach((country, n) => checkCountry(country, `${field}.${n}`));
}

function checkCountry(country: string, field: string): void {
  if (isCountry(country)) return;
  throw new Refused('bad-country', `${country} is no ISO 3166-1 alpha-2 code`, { field });
}

function checkPast(day: string, field: string, now: string): void {
  if (!isAfterNow({ time: day, precision: 'day' }, now)) return;
  throw new Refused('in-the-future', `${day} has not begun`, { field, now });
}

function checkInterval(
  from: string | undefined,
  to: string | undefined,
  [fromField, toField]: readonly [string, string],
): void {
  for (const [day, field] of [
    [from, fromField],
    [to, toField],
  ] as const) {
    if (day === undefined || isDay(day)) continue;
    throw new Refused('bad-date', `${field} is no day written YYYY-MM-DD`, { field });
  }
  if (from === undefined || to === undefined || from <= to) return;
  throw new Refused('impossible-interval', `it ends on ${to}, before ${from}`, { field: toField });
}
