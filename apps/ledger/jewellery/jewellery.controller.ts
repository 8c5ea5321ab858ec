import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, Day } from '#apps/ledger/bodies';
import { Count, Country, Form, Id, OneOf, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import { DeclareOriginBody } from '#apps/ledger/trade/origin.body';
import { BuyBackBody, SellAtRetailBody, TakeBackBody } from '#apps/ledger/trade/retail-bodies';
import type { JewelleryItemMade } from '#events/jewellery';

type Metal = JewelleryItemMade['data']['metal'];
const metals: readonly Metal[] = ['gold', 'silver', 'platinum', 'palladium', 'other'];

class MakeItemBody extends ActBody {
  @Text(500, 'ring with one round stone') readonly description!: string;
  @OneOf(metals) readonly metal!: Metal;
  @Count(1, 1000, 750) readonly fineness!: number;
  @Count(1, 100_000_000, 4200) readonly grossMg!: number;
  @Optional(Text(60, 'ALR')) readonly makersMark?: string;
}

class LetStoneGoBody extends ActBody {
  @Id('new-sun') readonly stone!: string;
  @Optional(Text(500, 'to be graded again')) readonly reason?: string;
}

class BreakUpItemBody extends ActBody {
  @Text(500, 'melted; the stones are kept') readonly reason!: string;
}

class ApplyHallmarkBody extends ActBody {
  @Count(1, 1000, 750) readonly fineness!: number;
  @Text(100, 'women’s head with kokoshnik, 750') readonly mark!: string;
  @Optional(Form(/^\d{16}$/, 'a UIN of 16 digits', 16, '6430000012345678'))
  readonly uin?: string;
}

class RecogniseHallmarkBody extends ActBody {
  @Country('BY') readonly state!: string;
  @Country('RU') readonly markCountry!: string;
  @Text(300, 'national law on imported articles') readonly basis!: string;
  @Day('2025-04-04') readonly validFrom!: string;
}

/** A piece of jewellery: made, marked, sold to consumers and bought back. */
@ApiTags('jewellery')
@Controller('v1/jewellery/:id')
export class JewelleryController {
  constructor(private readonly acts: Acts) {}

  @acts('make-item', 'A jeweller made it', MakeItemBody, {
    description: 'ring with one round stone',
    metal: 'gold',
    fineness: 750,
    grossMg: 4200,
  })
  make(@Called() call: Call, @Body() body: MakeItemBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({ type: 'MakeItem', ...given, meta }));
  }

  @acts('declare-origin', 'A claim of where all its stones were mined', DeclareOriginBody, {
    origin: {
      countries: [{ country: 'BW', minPpm: 1_000_000, maxPpm: 1_000_000 }],
      mineIds: [],
      chainOfCustody: 'segregated',
    },
    purpose: 'retail',
  })
  declareOrigin(@Called() call: Call, @Body() body: DeclareOriginBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'DeclareOrigin',
      ...given,
      meta,
    }));
  }

  @acts('let-stone-go', 'The holder takes a stone out; it is loose again', LetStoneGoBody, {
    stone: 'new-sun',
  })
  letStoneGo(@Called() call: Call, @Body() body: LetStoneGoBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'LetStoneGo',
      ...given,
      meta,
    }));
  }

  @acts('break-up-item', 'Broken up for good; its stones are loose', BreakUpItemBody, {
    reason: 'melted; the stones are kept',
  })
  breakUp(@Called() call: Call, @Body() body: BreakUpItemBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'BreakUpItem',
      ...given,
      meta,
    }));
  }

  @acts('apply-hallmark', 'An assay office strikes its mark', ApplyHallmarkBody, {
    fineness: 750,
    mark: 'women’s head with kokoshnik, 750',
    uin: '6430000012345678',
  })
  applyHallmark(@Called() call: Call, @Body() body: ApplyHallmarkBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'ApplyHallmark',
      ...given,
      meta,
    }));
  }

  @acts(
    'recognise-hallmark',
    'An authority of another state lets the mark count there',
    RecogniseHallmarkBody,
    {
      state: 'AE',
      markCountry: 'RU',
      basis: 'national law on imported articles',
      validFrom: '2025-04-04',
    },
  )
  recogniseHallmark(@Called() call: Call, @Body() body: RecogniseHallmarkBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'RecogniseHallmark',
      ...given,
      meta,
    }));
  }

  @acts('sell-at-retail', 'Sold to a consumer, named by a pseudonym', SellAtRetailBody, {
    receiptNo: 'R-1001',
    buyerRef: 'c-7f3a91b2',
  })
  sell(@Called() call: Call, @Body() body: SellAtRetailBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'SellAtRetail',
      ...given,
      meta,
    }));
  }

  @acts('take-back-from-customer', 'The seller takes it back', TakeBackBody, {
    receiptNo: 'R-1001',
    buyerRef: 'c-7f3a91b2',
  })
  takeBack(@Called() call: Call, @Body() body: TakeBackBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({
      type: 'TakeBackFromCustomer',
      ...given,
      meta,
    }));
  }

  @acts('buy-back', 'A trader buys it from a consumer', BuyBackBody, { sellerRef: 'c-7f3a91b2' })
  buyBack(@Called() call: Call, @Body() body: BuyBackBody) {
    return this.acts.jewellery(call, body, (given, meta) => ({ type: 'BuyBack', ...given, meta }));
  }
}
