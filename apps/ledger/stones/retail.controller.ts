import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { acts } from '#apps/ledger/shown';
import { BuyBackBody, SellAtRetailBody, TakeBackBody } from '#apps/ledger/trade/retail-bodies';

/** A loose polished stone, sold to a consumer and back. */
@ApiTags('retail')
@Controller('v1/stones/:id')
export class RetailController {
  constructor(private readonly acts: Acts) {}

  @acts('sell-at-retail', 'Sold to a consumer, named by a pseudonym', SellAtRetailBody, {
    receiptNo: 'R-1001',
    buyerRef: 'c-7f3a91b2',
  })
  sell(@Called() call: Call, @Body() body: SellAtRetailBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'SellAtRetail', ...given, meta }));
  }

  @acts('take-back-from-customer', 'The seller takes it back', TakeBackBody, {
    receiptNo: 'R-1001',
    buyerRef: 'c-7f3a91b2',
  })
  takeBack(@Called() call: Call, @Body() body: TakeBackBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'TakeBackFromCustomer',
      ...given,
      meta,
    }));
  }

  @acts('buy-back', 'A trader buys it from a consumer', BuyBackBody, { sellerRef: 'c-7f3a91b2' })
  buyBack(@Called() call: Call, @Body() body: BuyBackBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'BuyBack', ...given, meta }));
  }
}
