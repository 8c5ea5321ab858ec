import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called, knownForm } from '#apps/ledger/acts';
import { ActBody, WeightBody } from '#apps/ledger/bodies';
import { Id, Of, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';

class GiveUpIdentityBody extends ActBody {
  @Id('new-sun') readonly survivor!: string;
}

class AgreeToMergeBody extends ActBody {
  @Id('dawn-2') readonly merged!: string;
  @Text(500, 'the same scan') readonly reason!: string;
}

class SplitIdentityBody extends ActBody {
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Text(500, 'two stones under one number') readonly reason!: string;
}

class SetStoneBody extends ActBody {
  @Id('ring-1') readonly item!: string;
  @Optional(Text(60, 'centre')) readonly position?: string;
}

/** Two records of one stone, one record of two, and stones that go into jewellery. */
@ApiTags('identity and setting')
@Controller('v1/stones/:id')
export class IdentityController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'give-up-identity',
    'This record is of the same stone as another, which takes it in or refuses it',
    GiveUpIdentityBody,
    { survivor: 'new-sun' },
  )
  giveUpIdentity(@Called() call: Call, @Body() body: GiveUpIdentityBody) {
    const stoneId = knownForm(call.id);
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'GiveUpIdentity',
      stoneId,
      ...given,
      meta,
    }));
  }

  @acts(
    'agree-to-merge',
    'The holder agrees that another record is of this stone',
    AgreeToMergeBody,
    {
      merged: 'dawn-2',
      reason: 'the same scan',
    },
  )
  agreeToMerge(@Called() call: Call, @Body() body: AgreeToMergeBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'AgreeToMerge', ...given, meta }));
  }

  @acts(
    'split-identity',
    'The record stood for two stones; the other opens at once',
    SplitIdentityBody,
    {
      weight: { mct: 1010, qualifier: 'eq', basis: 'weighed' },
      reason: 'two stones under one number',
    },
  )
  splitIdentity(@Called() call: Call, @Body() body: SplitIdentityBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'SplitIdentity',
      ...given,
      meta,
    }));
  }

  @acts('set-stone', 'A jeweller sets it in a piece of jewellery', SetStoneBody, {
    item: 'ring-1',
    position: 'centre',
  })
  setStone(@Called() call: Call, @Body() body: SetStoneBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'SetStone', ...given, meta }));
  }
}
