import { ActBody, MoneyBody } from '#apps/ledger/bodies';
import { Form, Of, Optional, Text } from '#apps/ledger/fields';

const Pseudonym = () =>
  Form(/^[\w-]{8,64}$/, 'a pseudonym of 8 to 64 letters, digits, - and _', 64, 'c-7f3a91b2');

export class SellAtRetailBody extends ActBody {
  @Text(60, 'R-1001') readonly receiptNo!: string;
  @Pseudonym() readonly buyerRef!: string;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
}

export class TakeBackBody extends ActBody {
  @Text(60, 'R-1001') readonly receiptNo!: string;
  @Pseudonym() readonly buyerRef!: string;
  @Optional(Text(500, 'within the time of return')) readonly reason?: string;
}

export class BuyBackBody extends ActBody {
  @Pseudonym() readonly sellerRef!: string;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
  @Optional(Text(100, 'BB-17')) readonly reference?: string;
}
