import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, MoneyBody, WeightBody } from '#apps/ledger/bodies';
import { WarrantyBody, warranty } from '#apps/ledger/trade/warranty.body';
import { Count, ListOf, Of, OneOf, Optional, PartyId, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { CustodyPurpose } from '#events/trade';
import type { SaleChannel } from '#events/values';
import type { TransferTitle } from '#libs/trade/trade-command';

const purposes: readonly CustodyPurpose[] = [
  'sale',
  'carriage',
  'vault',
  'laboratory',
  'cutting',
  'memo',
  'customs',
  'repair',
  'return',
  'authority',
];
const channels: readonly SaleChannel[] = [
  'long-term-contract',
  'auction',
  'tender',
  'spot',
  'retail',
];
type Basis = TransferTitle['basis'];
const bases: readonly Basis[] = ['sale', 'gift', 'inheritance', 'court', 'set-off'];

const weighed = { mct: 1010, qualifier: 'eq', basis: 'weighed' } as const;
const price = { minor: 1_250_000, currency: 'USD' };
const at = { time: '2025-04-04', precision: 'day' };

class ReleaseCustodyBody extends ActBody {
  @PartyId('antwerp-broker') readonly to!: string;
  @OneOf(purposes) readonly purpose!: CustodyPurpose;
  @Optional(Of(() => WeightBody)) readonly weight?: WeightBody;
  @Optional(Text(60, 'SEAL-0118')) readonly sealNo?: string;
}

class AcceptCustodyBody extends ActBody {
  @Optional(Of(() => WeightBody)) readonly weight?: WeightBody;
}

class RefuseCustodyBody extends ActBody {
  @Text(500, 'seal broken on arrival') readonly reason!: string;
}

class OfferForSaleBody extends ActBody {
  @OneOf(channels, 'tender') readonly channel!: SaleChannel;
  @Optional(Text(60, 'LOT-17')) readonly lotNo?: string;
  @Optional(Of(() => MoneyBody)) readonly reserve?: MoneyBody;
}

class AwardLotBody extends ActBody {
  @PartyId('antwerp-broker') readonly buyer!: string;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
  @Optional(Text(100, 'INV-2025-118')) readonly invoiceNo?: string;
}

class ReasonBody extends ActBody {
  @Text(500, 'the carrier did not come') readonly reason!: string;
}

class InvoiceLineBody {
  @Count(1, 10_000, 1) readonly no!: number;
  @Count(1, 10_000, 3) readonly of!: number;
}

class IssueInvoiceBody extends ActBody {
  @Text(100, 'INV-2025-118') readonly invoiceNo!: string;
  @PartyId('antwerp-broker') readonly buyer!: string;
  @OneOf(['trade', 'retail']) readonly market!: 'trade' | 'retail';
  @Of(() => MoneyBody) readonly price!: MoneyBody;
  @Optional(Of(() => WeightBody)) readonly weight?: WeightBody;
  @Optional(Of(() => InvoiceLineBody)) readonly line?: InvoiceLineBody;
  @Optional(Text(200, '30 days net')) readonly terms?: string;
  @ListOf(() => WarrantyBody, { least: 0, most: 5 }) readonly warranties!: WarrantyBody[];
}

class GiveWarrantyBody extends ActBody {
  @PartyId('antwerp-broker') readonly to!: string;
  @OneOf(['invoice', 'memo']) readonly paper!: 'invoice' | 'memo';
  @Text(100, 'INV-2025-118') readonly paperNo!: string;
  @Of(() => WarrantyBody) readonly warranty!: WarrantyBody;
}

class TransferTitleBody extends ActBody {
  @PartyId('antwerp-broker') readonly to!: string;
  @OneOf(bases) readonly basis!: Basis;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
  @Optional(Text(100, 'INV-2025-118')) readonly invoiceNo?: string;
}

/** What a party may do with a stone and with a parcel alike. */
@ApiTags('custody and sale')
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
export class TradeController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'release-custody',
    'The custodian lets go; possession moves when the other accepts',
    ReleaseCustodyBody,
    {
      to: 'antwerp-broker',
      purpose: 'sale',
      weight: weighed,
      sealNo: 'SEAL-0118',
      at,
    },
  )
  releaseCustody(@Called() call: Call, @Body() body: ReleaseCustodyBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ReleaseCustody',
      ...given,
      meta,
    }));
  }

  @acts('accept-custody', 'The party it was released to takes possession', AcceptCustodyBody, {
    weight: weighed,
  })
  acceptCustody(@Called() call: Call, @Body() body: AcceptCustodyBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'AcceptCustody',
      ...given,
      meta,
    }));
  }

  @acts('refuse-custody', 'The party it was released to does not take it', RefuseCustodyBody, {
    reason: 'seal broken on arrival',
  })
  refuseCustody(@Called() call: Call, @Body() body: RefuseCustodyBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'RefuseCustody',
      ...given,
      meta,
    }));
  }

  @acts('withdraw-release', 'The custodian takes its release back', ReasonBody, {
    reason: 'the carrier did not come',
  })
  withdrawRelease(@Called() call: Call, @Body() body: ReasonBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'WithdrawRelease',
      ...given,
      meta,
    }));
  }

  @acts('offer-for-sale', 'The owner puts it up for sale', OfferForSaleBody, {
    channel: 'tender',
    lotNo: 'LOT-17',
    reserve: price,
  })
  offerForSale(@Called() call: Call, @Body() body: OfferForSaleBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'OfferForSale', ...given, meta }));
  }

  @acts(
    'award-lot',
    'The owner ends the open offer with a buyer; title does not move yet',
    AwardLotBody,
    {
      buyer: 'antwerp-broker',
      price,
    },
  )
  awardLot(@Called() call: Call, @Body() body: AwardLotBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'AwardLot', ...given, meta }));
  }

  @acts('withdraw-offer', 'The owner takes the open offer back', ReasonBody, {
    reason: 'the reserve was not met',
  })
  withdrawOffer(@Called() call: Call, @Body() body: ReasonBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'WithdrawOffer',
      ...given,
      meta,
    }));
  }

  @acts('end-award', 'The owner or the buyer ends the award without a sale', ReasonBody, {
    reason: 'the buyer did not pay',
  })
  endAward(@Called() call: Call, @Body() body: ReasonBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'EndAward', ...given, meta }));
  }

  @acts(
    'issue-invoice',
    'The owner invoices it, in the trade with a System of Warranties statement',
    IssueInvoiceBody,
    {
      invoiceNo: 'INV-2025-118',
      buyer: 'antwerp-broker',
      market: 'trade',
      price,
      weight: weighed,
      line: { no: 1, of: 3 },
      warranties: [warranty],
    },
  )
  issueInvoice(@Called() call: Call, @Body() body: IssueInvoiceBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'IssueInvoice', ...given, meta }));
  }

  @acts('give-warranty', 'The owner gives a statement for a paper', GiveWarrantyBody, {
    to: 'antwerp-broker',
    paper: 'invoice',
    paperNo: 'INV-2025-118',
    warranty,
  })
  giveWarranty(@Called() call: Call, @Body() body: GiveWarrantyBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'GiveWarranty', ...given, meta }));
  }

  @acts(
    'transfer-title',
    'The owner passes title on; custody stays where it is',
    TransferTitleBody,
    {
      to: 'antwerp-broker',
      basis: 'sale',
      price,
      invoiceNo: 'INV-2025-118',
    },
  )
  transferTitle(@Called() call: Call, @Body() body: TransferTitleBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'TransferTitle',
      ...given,
      meta,
    }));
  }
}
