import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, ContentBody, OriginBody } from '#apps/ledger/bodies';
import { Count, Country, Id, Of, OneOf, Optional, PartyId, Text } from '#apps/ledger/fields';
import { RecordLossBody, StartManufacturingBody } from '#apps/ledger/stones/cutting.controller';
import { acts } from '#apps/ledger/shown';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const content = (mct: number, pieces: number) => ({ weight: weighed(mct), pieces });

class OpenParcelHistoryBody extends ActBody {
  @OneOf(['rough', 'polished'], 'polished') readonly form!: 'rough' | 'polished';
  @Of(() => ContentBody) readonly content!: ContentBody;
  @Of(() => OriginBody) readonly origin!: OriginBody;
  @Optional(PartyId('antwerp-broker')) readonly owner?: string;
  @Optional(Text(10, '+6.5')) readonly sieve?: string;
  @Text(500, 'old stock') readonly basis!: string;
}

class ProducePolishedParcelBody extends ActBody {
  @Of(() => ContentBody) readonly content!: ContentBody;
  @Optional(Text(60, 'G-H VS')) readonly assortment?: string;
  @Optional(Text(10, '+6.5')) readonly sieve?: string;
}

class ScreenParcelBody extends ActBody {
  @Text(100, 'SYNTHdetect') readonly instrument!: string;
  @Text(60, 'ISO 6893:2024') readonly standard!: string;
  @Count(1, 1_000_000_000, 200) readonly sampleSize!: number;
  @Count(0, 1_000_000_000, 3) readonly referrals!: number;
  @Optional(Text(500, 'three pieces to the laboratory')) readonly note?: string;
}

class TakeOutLaboratoryGrownBody extends ActBody {
  @Text(100, 'SYNTHdetect') readonly instrument!: string;
  @Optional(Text(500, 'CVD')) readonly finding?: string;
  @Optional(Country('CN')) readonly grownIn?: string;
  @Of(() => ContentBody) readonly content!: ContentBody;
}

class SetMeleeBody extends ActBody {
  @Id('ring-1') readonly item!: string;
  @Of(() => ContentBody) readonly content!: ContentBody;
}

/** Older parcels, polished goods made of a parcel, and what screening found. */
@ApiTags('melee')
@Controller('v1/parcels/:id')
export class MeleeController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'open-parcel-history',
    'The holder starts the record of an older parcel',
    OpenParcelHistoryBody,
    {
      form: 'polished',
      content: content(7_500, 300),
      origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
      sieve: '+6.5',
      basis: 'old stock',
    },
  )
  openParcelHistory(@Called() call: Call, @Body() body: OpenParcelHistoryBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'OpenParcelHistory',
      ...given,
      meta,
    }));
  }

  @acts(
    'start-manufacturing',
    'The custodian, a cutter or producer, begins to cut the parcel',
    StartManufacturingBody,
    { orderNo: 'ORDER-8' },
  )
  startManufacturing(@Called() call: Call, @Body() body: StartManufacturingBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'StartManufacturing',
      ...given,
      meta,
    }));
  }

  @acts('produce-polished-parcel', 'Polished goods came out of it', ProducePolishedParcelBody, {
    content: content(7_500, 300),
    sieve: '+6.5',
  })
  producePolishedParcel(@Called() call: Call, @Body() body: ProducePolishedParcelBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'ProducePolishedParcel',
      ...given,
      meta,
    }));
  }

  @acts('record-loss', 'Weight that became dust', RecordLossBody, {
    weight: weighed(10_000),
    cause: 'polishing',
  })
  recordLoss(@Called() call: Call, @Body() body: RecordLossBody) {
    return this.acts.parcel(call, body, (given, meta) => ({ type: 'RecordLoss', ...given, meta }));
  }

  @acts('close-manufacturing', 'The order is done and its carats add up', ActBody, {
    at: { time: '2025-04-04', precision: 'day' },
  })
  closeManufacturing(@Called() call: Call, @Body() body: ActBody) {
    return this.acts.parcel(call, body, (_, meta) => ({ type: 'CloseManufacturing', meta }));
  }

  @acts('screen-parcel', 'A sample went through an instrument', ScreenParcelBody, {
    instrument: 'SYNTHdetect',
    standard: 'ISO 6893:2024',
    sampleSize: 200,
    referrals: 3,
  })
  screenParcel(@Called() call: Call, @Body() body: ScreenParcelBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'ScreenParcel',
      ...given,
      meta,
    }));
  }

  @acts(
    'take-out-laboratory-grown',
    'What was found laboratory-grown leaves for a parcel of its own',
    TakeOutLaboratoryGrownBody,
    { instrument: 'SYNTHdetect', grownIn: 'CN', content: content(50, 2) },
  )
  takeOutLaboratoryGrown(@Called() call: Call, @Body() body: TakeOutLaboratoryGrownBody) {
    return this.acts.parcel(call, body, (given, meta) => ({
      type: 'TakeOutLaboratoryGrown',
      ...given,
      meta,
    }));
  }

  @acts('set-melee', 'A jeweller sets some of it in a piece of jewellery', SetMeleeBody, {
    item: 'ring-1',
    content: content(250, 10),
  })
  setMelee(@Called() call: Call, @Body() body: SetMeleeBody) {
    return this.acts.parcel(call, body, (given, meta) => ({ type: 'SetMelee', ...given, meta }));
  }
}
