import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, Day, MoneyBody, WeightBody } from '#apps/ledger/bodies';
import { Of, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { CommandMeta } from '#libs/decider/decider';
import type { RoughCommand } from '#libs/trade/rough-command';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });

class CleanRoughBody extends ActBody {
  @Of(() => WeightBody) readonly weightBefore!: WeightBody;
  @Of(() => WeightBody) readonly weightAfter!: WeightBody;
  @Text(100, 'acid boiling') readonly method!: string;
}

class ValueRoughBody extends ActBody {
  @Text(100, 'Government Diamond Valuer') readonly valuer!: string;
  @Text(100, 'price book 2025-03') readonly priceBook!: string;
  @Of(() => MoneyBody) readonly value!: MoneyBody;
  @Optional(Of(() => MoneyBody)) readonly perCarat?: MoneyBody;
}

class PassStateControlBody extends ActBody {
  @Text(60, 'ACT-77/25') readonly actNo!: string;
  @Day('2025-04-02') readonly actDate!: string;
}

/** Rough before it is sold or leaves the country. */
@ApiTags('rough')
@Controller(['v1/stones/:id', 'v1/parcels/:id'])
export class RoughController {
  constructor(private readonly acts: Acts) {}

  @acts('clean-rough', 'Cleaned: it weighs no more than before', CleanRoughBody, {
    weightBefore: weighed(200_000),
    weightAfter: weighed(199_400),
    method: 'acid boiling',
  })
  cleanRough(@Called() call: Call, @Body() body: CleanRoughBody) {
    return this.rough(call, body, (given, meta) => ({ type: 'CleanRough', ...given, meta }));
  }

  @acts('value-rough', 'Valued by a price book', ValueRoughBody, {
    valuer: 'Government Diamond Valuer',
    priceBook: 'price book 2025-03',
    value: { minor: 90_000_000, currency: 'USD' },
  })
  valueRough(@Called() call: Call, @Body() body: ValueRoughBody) {
    return this.rough(call, body, (given, meta) => ({ type: 'ValueRough', ...given, meta }));
  }

  @acts('pass-state-control', 'An authority’s control before export', PassStateControlBody, {
    actNo: 'ACT-77/25',
    actDate: '2025-04-02',
  })
  passStateControl(@Called() call: Call, @Body() body: PassStateControlBody) {
    return this.rough(call, body, (given, meta) => ({ type: 'PassStateControl', ...given, meta }));
  }

  private rough<B extends ActBody>(
    call: Call,
    body: B,
    command: (given: Omit<B, keyof ActBody>, meta: CommandMeta) => RoughCommand,
  ) {
    return call.request.url.startsWith('/v1/parcels/')
      ? this.acts.parcel(call, body, command)
      : this.acts.stone(call, body, command);
  }
}
