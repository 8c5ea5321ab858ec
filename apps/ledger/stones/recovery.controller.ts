import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, OriginBody, WeightBody } from '#apps/ledger/bodies';
import { Count, Flag, Id, Of, OneOf, Optional, Sha256, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import { DeclareOriginBody } from '#apps/ledger/trade/origin.body';
import type { StoneForm } from '#events/stone';

const forms: readonly StoneForm[] = ['rough', 'piece', 'polished'];

const origin = {
  countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }],
  mineIds: ['ru-ebelyakh'],
  chainOfCustody: 'identity-preserved',
};
const over200ct = { mct: 200_000, qualifier: 'gt', basis: 'declared' };

class RecoverRoughBody extends ActBody {
  @Id('ru-ebelyakh') readonly mineId!: string;
  @Optional(Text(100, 'Plant 3')) readonly plant?: string;
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Optional(Text(60, 'yellow')) readonly colour?: string;
  @Optional(Text(60, '41 x 33 x 28')) readonly dimensionsMm?: string;
}

class OpenHistoryBody extends ActBody {
  @OneOf(forms, 'polished') readonly form!: StoneForm;
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Of(() => OriginBody) readonly origin!: OriginBody;
  @Optional(Id('antwerp-broker')) readonly owner?: string;
  @Text(500, 'inherited; invoice of 1998 seen') readonly basis!: string;
}

class NameStoneBody extends ActBody {
  @Text(100, 'New Sun') readonly name!: string;
  @Optional(Text(35, 'en')) readonly language?: string;
}

class ScanRoughBody extends ActBody {
  @Text(60, 'sarine') readonly provider!: string;
  @Text(100, 'SCAN-118') readonly scanId!: string;
  @Sha256() readonly scanSha256!: string;
  @Optional(Text(100, 'GALAXY-7')) readonly deviceId?: string;
}

class MatchRoughScanBody extends ActBody {
  @Text(60, 'sarine') readonly provider!: string;
  @Text(100, 'SCAN-119') readonly scanId!: string;
  @Text(100, 'SCAN-118') readonly againstScanId!: string;
  @Flag(true) readonly matched!: boolean;
  @Optional(Count(0, 1_000_000, 992_000)) readonly scorePpm?: number;
  @Optional(Count(0, 1_000_000, 10_000)) readonly tolerancePpm?: number;
}

/** Where a stone's record begins, and what is said about where it comes from. */
@ApiTags('recovery and origin')
@Controller('v1/stones/:id')
export class RecoveryController {
  constructor(private readonly acts: Acts) {}

  @acts('recover-rough', 'A producer recovered a single stone', RecoverRoughBody, {
    mineId: 'ru-ebelyakh',
    weight: over200ct,
    colour: 'yellow',
    at: { time: '2023', precision: 'year' },
  })
  recoverRough(@Called() call: Call, @Body() body: RecoverRoughBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'RecoverRough', ...given, meta }));
  }

  @acts('open-history', 'The holder starts the record of an older stone', OpenHistoryBody, {
    form: 'polished',
    weight: { mct: 1010, qualifier: 'eq', basis: 'weighed' },
    origin,
    basis: 'inherited; invoice of 1998 seen',
  })
  openHistory(@Called() call: Call, @Body() body: OpenHistoryBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'OpenHistory', ...given, meta }));
  }

  @acts('name-stone', 'An alias, found by search', NameStoneBody, {
    name: 'New Sun',
    language: 'en',
  })
  nameStone(@Called() call: Call, @Body() body: NameStoneBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'NameStone', ...given, meta }));
  }

  @acts(
    'declare-origin',
    'A claim of mining origin; it removes no possible country',
    DeclareOriginBody,
    {
      origin,
      purpose: 'kimberley',
    },
  )
  declareOrigin(@Called() call: Call, @Body() body: DeclareOriginBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'DeclareOrigin',
      ...given,
      meta,
    }));
  }

  @acts('scan-rough', 'The custodian scanned the rough', ScanRoughBody, {
    provider: 'sarine',
    scanId: 'SCAN-118',
    scanSha256: 'ab'.repeat(32),
  })
  scanRough(@Called() call: Call, @Body() body: ScanRoughBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'ScanRough', ...given, meta }));
  }

  @acts(
    'match-rough-scan',
    'Two scans of this stone by one provider were compared',
    MatchRoughScanBody,
    {
      provider: 'sarine',
      scanId: 'SCAN-119',
      againstScanId: 'SCAN-118',
      matched: true,
      scorePpm: 992_000,
      tolerancePpm: 10_000,
    },
  )
  matchRoughScan(@Called() call: Call, @Body() body: MatchRoughScanBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'MatchRoughScan',
      ...given,
      meta,
    }));
  }
}
