import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, MoneyBody } from '#apps/ledger/bodies';
import { Of, Optional, PartyId, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';

class DesignateUniqueBody extends ActBody {
  @Text(100, 'Resolution 102 of 2016-02-15') readonly decree!: string;
  @Text(60, 'U-7/2025') readonly decisionNo!: string;
}

class OfferToStateBody extends ActBody {
  @PartyId('gokhran') readonly to!: string;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
}

class DeclineStateOfferBody extends ActBody {
  @Text(60, 'U-9/2025') readonly decisionNo!: string;
}

/** Stones on which the state has the first call. */
@ApiTags('unique stones')
@Controller('v1/stones/:id')
export class UniqueController {
  constructor(private readonly acts: Acts) {}

  @acts('designate-unique', 'An authority designates it unique', DesignateUniqueBody, {
    decree: 'Resolution 102 of 2016-02-15',
    decisionNo: 'U-7/2025',
  })
  designateUnique(@Called() call: Call, @Body() body: DesignateUniqueBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'DesignateUnique',
      ...given,
      meta,
    }));
  }

  @acts('offer-to-state', 'The owner offers it to the state', OfferToStateBody, { to: 'gokhran' })
  offerToState(@Called() call: Call, @Body() body: OfferToStateBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'OfferToState', ...given, meta }));
  }

  @acts('decline-state-offer', 'The state does not buy', DeclineStateOfferBody, {
    decisionNo: 'U-9/2025',
  })
  declineStateOffer(@Called() call: Call, @Body() body: DeclineStateOfferBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'DeclineStateOffer',
      ...given,
      meta,
    }));
  }
}
