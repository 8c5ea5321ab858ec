import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, LossBody, WeightBody } from '#apps/ledger/bodies';
import { ListOf, Of, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });

class LighterBody extends ActBody {
  @Of(() => WeightBody) readonly weightAfter!: WeightBody;
}

class FragmentBody {
  @Of(() => WeightBody) readonly weight!: WeightBody;
}

class BreakStoneBody extends ActBody {
  @Text(200, 'feather opened on the wheel') readonly cause!: string;
  @ListOf(() => FragmentBody, { least: 0, most: 200 }) readonly pieces!: FragmentBody[];
  @Of(() => LossBody) readonly loss!: LossBody;
}

class ReworkBody extends ActBody {
  @Of(() => WeightBody) readonly weightBefore!: WeightBody;
  @Of(() => WeightBody) readonly weightAfter!: WeightBody;
  @Text(500, 'chipped girdle') readonly reason!: string;
  @Optional(Text(60, 'oval')) readonly shape?: string;
  @Optional(Text(60, '9.10 x 7.02 x 4.31')) readonly measurementsMm?: string;
}

/** What changes a stone under the wheel, or by accident. */
@ApiTags('cutting')
@Controller('v1/stones/:id')
export class WorkController {
  constructor(private readonly acts: Acts) {}

  @acts('brute-stone', 'Rounded against another diamond; still rough for Kimberley', LighterBody, {
    weightAfter: weighed(150_000),
  })
  bruteStone(@Called() call: Call, @Body() body: LighterBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'BruteStone', ...given, meta }));
  }

  @acts('block-stone', 'The main facets are on', LighterBody, { weightAfter: weighed(120_000) })
  blockStone(@Called() call: Call, @Body() body: LighterBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'BlockStone', ...given, meta }));
  }

  @acts('break-stone', 'It broke; pieces worth keeping get streams of their own', BreakStoneBody, {
    cause: 'feather opened on the wheel',
    pieces: [{ weight: weighed(60_000) }],
    loss: weighed(40_000),
  })
  breakStone(@Called() call: Call, @Body() body: BreakStoneBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'BreakStone', ...given, meta }));
  }

  @acts(
    'recut-stone',
    'A polished stone got another cut; live reports are superseded',
    ReworkBody,
    {
      weightBefore: weighed(1010),
      weightAfter: weighed(950),
      reason: 'chipped girdle',
      shape: 'oval',
    },
  )
  recutStone(@Called() call: Call, @Body() body: ReworkBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'RecutStone', ...given, meta }));
  }

  @acts('repolish-stone', 'A polished stone was polished again', ReworkBody, {
    weightBefore: weighed(1010),
    weightAfter: weighed(1003),
    reason: 'scratched table',
  })
  repolishStone(@Called() call: Call, @Body() body: ReworkBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'RepolishStone',
      ...given,
      meta,
    }));
  }
}
