import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { OneOf, Text, Texts } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { FlagClosed } from '#events/flag';

type Outcome = FlagClosed['data']['outcome'];
const outcomes: readonly Outcome[] = ['explained', 'corrected', 'confirmed'];

class CloseFlagBody extends ActBody {
  @Texts(220, ['stone-dawn'], { most: 100 }) readonly streams!: string[];
  @OneOf(outcomes, 'explained') readonly outcome!: Outcome;
  @Text(500, 'the receiver’s scales were out of order') readonly reason!: string;
}

/** How red flags end; `id` is as `GET /v1/flags` gives it. */
@ApiTags('flags')
@Controller('v1/flags/:id')
export class FlagsController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'close-flag',
    'An operator, authority or auditor who did not raise it says why the flag ends',
    CloseFlagBody,
    {
      streams: ['stone-dawn'],
      outcome: 'explained',
      reason: 'the receiver’s scales were out of order',
    },
  )
  close(@Called() call: Call, @Body() body: CloseFlagBody) {
    return this.acts.flag(call, body, (given, meta) => ({ type: 'CloseFlag', ...given, meta }));
  }
}
