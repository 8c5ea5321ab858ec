import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, MoneyBody } from '#apps/ledger/bodies';
import { Count, Of, OneOf, Optional, PartyId, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { TitleContestResolved, TitleShareTransferred } from '#events/title';

type Basis = TitleShareTransferred['data']['basis'];
type Outcome = TitleContestResolved['data']['outcome'];
const bases: readonly Basis[] = ['sale', 'gift', 'inheritance', 'court', 'set-off'];
const outcomes: readonly Outcome[] = ['upheld', 'dismissed', 'withdrawn'];

const at = { time: '2025-04-04', precision: 'day' };
const documents = [{ type: 'court order', number: 'A 2025/118', sha256: 'ab'.repeat(32) }];

class TransferShareBody extends ActBody {
  @PartyId('antwerp-broker') readonly to!: string;
  @Count(1, 999_999, 400_000) readonly ppm!: number;
  @OneOf(bases) readonly basis!: Basis;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
  @Optional(Text(100, 'INV-2025-118')) readonly invoiceNo?: string;
}

class ContestTitleBody extends ActBody {
  @Text(60, 'TITLE-2') readonly contestNo!: string;
  @Text(500, 'it was given out on memo and never sold') readonly ground!: string;
}

class ResolveTitleContestBody extends ActBody {
  @Text(60, 'TITLE-2') readonly contestNo!: string;
  @OneOf(outcomes) readonly outcome!: Outcome;
  @Text(500, 'the memo was never converted') readonly ground!: string;
}

/** Title that several parties hold in shares, or that another party claims. */
@ApiTags('custody and sale')
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
export class TitleController {
  constructor(private readonly acts: Acts) {}

  @acts('transfer-share', 'An owner passes a share of the title on', TransferShareBody, {
    to: 'antwerp-broker',
    ppm: 400_000,
    basis: 'sale',
    price: { minor: 1_250_000, currency: 'USD' },
    invoiceNo: 'INV-2025-118',
    at,
  })
  transferShare(@Called() call: Call, @Body() body: TransferShareBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'TransferShare',
      ...given,
      meta,
    }));
  }

  @acts('contest-title', 'A party says, on a paper, that the title is its own', ContestTitleBody, {
    contestNo: 'TITLE-2',
    ground: 'it was given out on memo and never sold',
    documents,
  })
  contestTitle(@Called() call: Call, @Body() body: ContestTitleBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ContestTitle', ...given, meta }));
  }

  @acts(
    'resolve-title-contest',
    'An authority decides who holds the title, or the claimant withdraws',
    ResolveTitleContestBody,
    {
      contestNo: 'TITLE-2',
      outcome: 'upheld',
      ground: 'the memo was never converted',
      documents,
    },
  )
  resolveTitleContest(@Called() call: Call, @Body() body: ResolveTitleContestBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ResolveTitleContest',
      ...given,
      meta,
    }));
  }
}
