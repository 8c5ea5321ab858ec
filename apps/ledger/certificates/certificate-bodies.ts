import { ActBody, Day, MoneyBody } from '#apps/ledger/bodies';
import {
  Count,
  Country,
  Flag,
  Form,
  ListOf,
  Mct,
  Of,
  OneOf,
  Optional,
  PartyId,
  Text,
  Texts,
} from '#apps/ledger/fields';
import type { CertificateContent, ForgeryCheck, MiningOrigin, RoughHs } from '#events/certificate';
import { certificateNumber } from '#events/streams';

export const CertificateNo = (example = 'RU0012345') =>
  Form(certificateNumber, 'a certificate number: two letters, then 1 to 20 more', 22, example);

const headings: readonly RoughHs[] = ['710210', '710221', '710231'];
const kinds: readonly MiningOrigin['kind'][] = ['single', 'mixed-undisclosed', 'mixed-listed'];

export class MiningOriginBody {
  @OneOf(kinds) readonly kind!: MiningOrigin['kind'];
  @Optional(Country('RU')) readonly country?: string;
  @Optional(Texts(2, ['BW', 'NA'], { least: 2, most: 100 })) readonly countries?: string[];
}

class CertifiedPartyBody {
  @PartyId('alrosa') readonly party!: string;
  @Text(200, 'ALROSA') readonly name!: string;
  @Text(300, 'Moscow, 1st Kazachy lane 10-12') readonly address!: string;
}

class CertificateLineBody {
  @OneOf(headings, '710231') readonly hs!: RoughHs;
  @Mct(236_000, 1) readonly mct!: number;
  @Of(() => MoneyBody) readonly value!: MoneyBody;
}

/** All that Annex I asks for; the decider judges whether it holds together. */
class CertificateContentBody extends ActBody {
  @Of(() => MiningOriginBody) readonly origin!: MiningOriginBody;
  @Optional(Text(100, 'Berbérati')) readonly zone?: string;
  @Day('2025-04-04') readonly issuedOn!: string;
  @Day('2025-06-03') readonly expiresOn!: string;
  @Of(() => CertifiedPartyBody) readonly exporter!: CertifiedPartyBody;
  @Of(() => CertifiedPartyBody) readonly importer!: CertifiedPartyBody;
  @Country('RU') readonly exportingCountry!: string;
  @Country('IN') readonly importingCountry!: string;
  @ListOf(() => CertificateLineBody, { most: 3 }) readonly lines!: CertificateLineBody[];
  @Count(1, 10_000, 1) readonly parcels!: number;
  @Optional(Texts(60, ['1'], { most: 1000 })) readonly parcelNumbers?: string[];
  @Flag(true) readonly tamperResistant!: boolean;
  @Optional(Texts(100, ['watermark'], { most: 30 })) readonly securityFeatures?: string[];
  @Optional(Text(500, 'one special stone')) readonly characteristics?: string;
}

export class IssueCertificateBody extends CertificateContentBody {
  @CertificateNo() readonly number!: string;
  @Optional(CertificateNo('RU0012344')) readonly replaces?: string;
}

export class AmendCertificateBody extends CertificateContentBody {
  @Text(500, 'the importer moved') readonly reason!: string;
}

export class ValidateCertificateBody extends ActBody {
  @Text(200, 'I. Petrova') readonly signatory!: string;
  @Optional(Text(60, 'STAMP-7')) readonly stampNo?: string;
  @OneOf(['opened', 'risk-analysis']) readonly check!: 'opened' | 'risk-analysis';
  @Text(60, 'SEAL-0118') readonly sealNo!: string;
  @Optional(Text(60, 'BOX-3')) readonly containerNo?: string;
}

export class ConfirmImportBody extends ActBody {
  @CertificateNo() readonly number!: string;
  @Count(1, 10_000, 1) readonly parcels!: number;
  @Mct(236_000, 1) readonly mct!: number;
  @PartyId('kgk') readonly importer!: string;
  @PartyId('alrosa') readonly exporter!: string;
  @Day('2025-04-20') readonly receivedOn!: string;
}

export class VoidCertificateBody extends ActBody {
  @Text(500, 'misprinted') readonly reason!: string;
}

export class ReplaceCertificateBody extends ActBody {
  @CertificateNo('RU0012346') readonly replacement!: string;
  @Text(500, 'the paper was damaged') readonly reason!: string;
}

const checks: readonly ForgeryCheck[] = [
  'not-a-participant',
  'number-out-of-range',
  'number-used-before',
  'parcel-number-differs',
  'layout-differs',
  'content-differs',
  'other',
];

export class SuspectForgeryBody extends ActBody {
  @CertificateNo() readonly number!: string;
  @OneOf(checks, 'layout-differs') readonly check!: ForgeryCheck;
  @Text(500, 'the watermark is missing') readonly finding!: string;
}

export class AnswerDoubtBody extends ActBody {
  @Text(500, 'we issued no such number') readonly reply!: string;
}

/** Only what belongs to the kind of origin goes into the record. */
export function originOf({ kind, country, countries }: MiningOriginBody): MiningOrigin {
  switch (kind) {
    case 'single':
      return { kind, country: country ?? '' };
    case 'mixed-undisclosed':
      return { kind };
    case 'mixed-listed':
      return { kind, countries: countries ?? [] };
  }
}

export const contentExample: CertificateContent = {
  origin: { kind: 'single', country: 'RU' },
  issuedOn: '2025-04-04',
  expiresOn: '2025-06-03',
  exporter: { party: 'alrosa', name: 'ALROSA', address: 'Moscow, 1st Kazachy lane 10-12' },
  importer: { party: 'kgk', name: 'KGK', address: 'Jaipur, Sitapura' },
  exportingCountry: 'RU',
  importingCountry: 'IN',
  lines: [{ hs: '710231', mct: 236_000, value: { minor: 250_000_000, currency: 'USD' } }],
  parcels: 1,
  tamperResistant: true,
};
