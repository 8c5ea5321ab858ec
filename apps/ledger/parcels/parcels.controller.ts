import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called, knownForm } from '#apps/ledger/acts';
import { ActBody, ContentBody, LossBody, Moment, WeightBody, WhenBody } from '#apps/ledger/bodies';
import { Count, Id, ListOf, Of, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import { DeclareOriginBody } from '#apps/ledger/trade/origin.body';

const most = 200;

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const content = (mct: number, pieces: number) => ({ weight: weighed(mct), pieces });

class RecoverLotBody extends ActBody {
  @Id('ru-ebelyakh') readonly mineId!: string;
  @Optional(Text(100, 'Plant 3')) readonly plant?: string;
  @Moment() readonly from!: WhenBody;
  @Moment() readonly to!: WhenBody;
  @Of(() => ContentBody) readonly content!: ContentBody;
  @Optional(Count(1, 100_000, 1_500)) readonly minSieveUm?: number;
}

class PartBody {
  @Of(() => ContentBody) readonly content!: ContentBody;
  @Optional(Text(60, 'Z 1-2')) readonly assortment?: string;
  @Optional(Text(30, '+11')) readonly sieve?: string;
}

class SplitParcelBody extends ActBody {
  @ListOf(() => PartBody, { most }) readonly parts!: PartBody[];
}

class SortParcelBody extends SplitParcelBody {
  @Of(() => LossBody) readonly loss!: LossBody;
}

class MixParcelBody extends ActBody {
  @Id('lot-9') readonly into!: string;
}

class SingleOutStoneBody extends ActBody {
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Optional(Text(60, 'yellow')) readonly colour?: string;
  @Optional(Text(60, '9.1 x 8.0 x 7.2')) readonly dimensionsMm?: string;
}

/** Lots of rough and goods that are not individualised. */
@ApiTags('parcels')
@Controller('v1/parcels/:id')
export class ParcelsController {
  constructor(private readonly acts: Acts) {}

  @acts('recover-lot', 'A plant recovered a lot of rough', RecoverLotBody, {
    mineId: 'ru-ebelyakh',
    from: { time: '2025-03', precision: 'month' },
    to: { time: '2025-03', precision: 'month' },
    content: content(1_250_000, 2400),
    minSieveUm: 1_500,
  })
  recoverLot(@Called() call: Call, @Body() body: RecoverLotBody) {
    return this.acts.parcel(call, body, (given, meta) => ({ type: 'RecoverLot', ...given, meta }));
  }

  @acts('sort-parcel', 'Sorts all of it into new parcels; they open at once', SortParcelBody, {
    parts: [
      { content: content(800_000, 400), assortment: 'Z 1-2' },
      { content: content(449_990, 2000), sieve: '+11' },
    ],
    loss: weighed(10),
  })
  sortParcel(@Called() call: Call, @Body() body: SortParcelBody) {
    return this.acts.parcel(call, body, (given, meta) => ({ type: 'SortParcel', ...given, meta }));
  }

  @acts('split-parcel', 'Takes parts out; the rest stays', SplitParcelBody, {
    parts: [{ content: content(100_000, 50) }],
  })
  splitParcel(@Called() call: Call, @Body() body: SplitParcelBody) {
    return this.acts.parcel(call, body, (given, meta) => ({ type: 'SplitParcel', ...given, meta }));
  }

  @acts('mix-parcel', 'Puts all of it into another parcel; origin widens', MixParcelBody, {
    into: 'lot-9',
  })
  mixParcel(@Called() call: Call, @Body() body: MixParcelBody) {
    const parcelId = knownForm(call.id);
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'MixParcel',
      parcelId,
      ...given,
      meta,
    }));
  }

  @acts('single-out-stone', 'Picks one stone out; its stream opens at once', SingleOutStoneBody, {
    weight: weighed(10_800),
    colour: 'yellow',
  })
  singleOutStone(@Called() call: Call, @Body() body: SingleOutStoneBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'SingleOutStone',
      ...given,
      meta,
    }));
  }

  @acts(
    'declare-origin',
    'A claim of mining origin; it removes no possible country',
    DeclareOriginBody,
    {
      origin: {
        countries: [
          { country: 'BW', minPpm: 400_000, maxPpm: 600_000 },
          { country: 'CA', minPpm: 400_000, maxPpm: 600_000 },
        ],
        mineIds: [],
        chainOfCustody: 'controlled-blending',
      },
      purpose: 'kimberley',
    },
  )
  declareOrigin(@Called() call: Call, @Body() body: DeclareOriginBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'DeclareOrigin',
      ...given,
      meta,
    }));
  }
}
