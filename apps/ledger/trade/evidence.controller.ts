import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, Day, DocumentBody } from '#apps/ledger/bodies';
import { MiningOriginBody, originOf } from '#apps/ledger/certificates/certificate-bodies';
import { Country, Form, Of, OneOf, Optional, Text, Texts } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { EvidenceRevoked, Paper } from '#events/evidence';

const kinds: readonly Paper['kind'][] = [
  'kimberley-certificate',
  'g7-certificate',
  'due-diligence-statement',
  'supplier-declaration',
  'invoice',
  'air-waybill',
  'packing-list',
  'us-self-certification',
  'us-licence-statement',
  'us-country-of-mining',
  'cbsa-attestation',
  'meti-confirmation',
  'location-proof',
  'processing-record',
  'licence',
];

/** Fields of all kinds; the decider judges which belong to the kind. */
class PaperBody {
  @OneOf(kinds) readonly kind!: Paper['kind'];
  @Optional(Text(100, 'BW0012345')) readonly number?: string;
  @Optional(Of(() => MiningOriginBody)) readonly origin?: MiningOriginBody;
  @Optional(Text(200, 'J. Peeters')) readonly signatory?: string;
  @Optional(Text(200, 'Diamond House')) readonly supplier?: string;
  @Optional(OneOf(['loose', 'jewellery'])) readonly statement?: 'loose' | 'jewellery';
  @Optional(OneOf(['GL103', 'GL104'])) readonly licence?: 'GL103' | 'GL104';
  @Optional(Text(60, '231-1234567-8')) readonly entryNo?: string;
  @Optional(Texts(2, ['BW'], { most: 60 })) readonly countries?: string[];
  @Optional(Country('AE')) readonly country?: string;
  @Optional(Day('2023-05-01')) readonly from?: string;
  @Optional(Day('2024-05-01')) readonly to?: string;
  @Optional(OneOf(['sawn', 'polished', 'made'])) readonly operation?: 'sawn' | 'polished' | 'made';
  @Optional(Day('2024-02-10')) readonly on?: string;
  @Optional(Text(200, 'Surat, unit 4')) readonly facility?: string;
  @Optional(Text(200, 'loan to a museum')) readonly scope?: string;
}

class AttachEvidenceBody extends ActBody {
  @Text(60, 'EV-7') readonly evidenceNo!: string;
  @Of(() => PaperBody) readonly paper!: PaperBody;
  @Of(() => DocumentBody) readonly document!: DocumentBody;
  @Optional(Day('2025-04-04')) readonly validFrom?: string;
  @Optional(Day('2025-06-03')) readonly validTo?: string;
}

const grounds: readonly EvidenceRevoked['data']['ground'][] = ['withdrawn', 'invalid'];

class RevokeEvidenceBody extends ActBody {
  @Text(60, 'EV-7') readonly evidenceNo!: string;
  @OneOf(grounds) readonly ground!: EvidenceRevoked['data']['ground'];
  @Optional(Day('2025-05-01')) readonly from?: string;
  @Text(500, 'the supplier took it back') readonly reason!: string;
}

class ClassifyGoodsBody extends ActBody {
  @Form(/^\d{6}$/, 'six digits of the Harmonised System', 6, '710221') readonly hs!: string;
}

/** Papers that import measures ask for, and what customs calls the goods. */
@ApiTags('evidence')
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
export class EvidenceController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'attach-evidence',
    'The holder or an authority puts a paper on file, by the hash of its bytes',
    AttachEvidenceBody,
    {
      evidenceNo: 'EV-7',
      paper: {
        kind: 'kimberley-certificate',
        number: 'BW0012345',
        origin: { kind: 'single', country: 'BW' },
      },
      document: { type: 'Kimberley certificate', number: 'BW0012345', sha256: 'ab'.repeat(32) },
      validFrom: '2025-04-04',
      validTo: '2025-06-03',
    },
  )
  attach(@Called() call: Call, @Body() body: AttachEvidenceBody) {
    return this.acts.goods(call, body, ({ paper, ...given }, meta) => ({
      type: 'AttachEvidence',
      ...given,
      paper: paperOf(paper),
      meta,
    }));
  }

  @acts('revoke-evidence', 'The paper counts no longer', RevokeEvidenceBody, {
    evidenceNo: 'EV-7',
    ground: 'withdrawn',
    reason: 'the supplier took it back',
  })
  revoke(@Called() call: Call, @Body() body: RevokeEvidenceBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'RevokeEvidence',
      ...given,
      meta,
    }));
  }

  @acts(
    'classify-goods',
    'The holder or an authority says under which heading the goods are',
    ClassifyGoodsBody,
    { hs: '710239' },
  )
  classify(@Called() call: Call, @Body() body: ClassifyGoodsBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ClassifyGoods',
      ...given,
      meta,
    }));
  }
}

/** The decider refuses a paper whose fields are not those of its kind. */
function paperOf({ origin, ...paper }: PaperBody): Paper {
  return { ...paper, ...(origin && { origin: originOf(origin) }) } as unknown as Paper;
}
