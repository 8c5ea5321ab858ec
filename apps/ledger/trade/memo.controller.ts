import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, Day, MoneyBody } from '#apps/ledger/bodies';
import { Count, ListOf, Of, Optional, PartyId, Text } from '#apps/ledger/fields';
import { WarrantyBody, warranty } from '#apps/ledger/trade/warranty.body';
import { acts } from '#apps/ledger/shown';

const price = { minor: 1_250_000, currency: 'USD' };

class IssueMemoBody extends ActBody {
  @Text(60, 'MEMO-31') readonly memoNo!: string;
  @PartyId('antwerp-broker') readonly consignee!: string;
  @Day('2025-05-04') readonly dueOn!: string;
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
  @Optional(Text(100, 'UCC-1 20250404-118')) readonly filingRef?: string;
  @ListOf(() => WarrantyBody, { least: 0, most: 5 }) readonly warranties!: WarrantyBody[];
}

class ExtendMemoBody extends ActBody {
  @Day('2025-06-04') readonly dueOn!: string;
}

class ConvertMemoBody extends ActBody {
  @Optional(Of(() => MoneyBody)) readonly price?: MoneyBody;
  @Optional(Text(100, 'INV-2025-131')) readonly invoiceNo?: string;
}

class RegisterPledgeBody extends ActBody {
  @Text(60, 'PLEDGE-7') readonly pledgeNo!: string;
  @PartyId('diamond-bank') readonly lender!: string;
  @Text(100, 'register of pledges 2025/7') readonly filingRef!: string;
  @Count(1, 100, 1) readonly priority!: number;
  @Optional(Of(() => MoneyBody)) readonly amount?: MoneyBody;
}

class PledgeBody extends ActBody {
  @Text(60, 'PLEDGE-7') readonly pledgeNo!: string;
}

class ConsentToTransferBody extends PledgeBody {
  @PartyId('antwerp-broker') readonly to!: string;
}

class EnforcePledgeBody extends PledgeBody {
  @Optional(PartyId('diamond-bank')) readonly to?: string;
}

/** Goods out on memo, and goods a lender has a pledge on. */
@ApiTags('memos and pledges')
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
export class MemoController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'issue-memo',
    'The owner lets a consignee have it; custody moves when it accepts',
    IssueMemoBody,
    {
      memoNo: 'MEMO-31',
      consignee: 'antwerp-broker',
      dueOn: '2025-05-04',
      price,
      warranties: [warranty],
    },
  )
  issueMemo(@Called() call: Call, @Body() body: IssueMemoBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'IssueMemo', ...given, meta }));
  }

  @acts('extend-memo', 'It may stay until a later day', ExtendMemoBody, { dueOn: '2025-06-04' })
  extendMemo(@Called() call: Call, @Body() body: ExtendMemoBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ExtendMemo', ...given, meta }));
  }

  @acts('return-memo', 'The memo ends without a sale and the goods go back', ActBody, {
    at: { time: '2025-05-01', precision: 'day' },
  })
  returnMemo(@Called() call: Call, @Body() body: ActBody) {
    return this.acts.goods(call, body, (_, meta) => ({ type: 'ReturnMemo', meta }));
  }

  @acts(
    'convert-memo',
    'The memo ends with a sale to the consignee; title moves',
    ConvertMemoBody,
    { price, invoiceNo: 'INV-2025-131' },
  )
  convertMemo(@Called() call: Call, @Body() body: ConvertMemoBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ConvertMemo', ...given, meta }));
  }

  @acts('expire-memo', 'The due day passed without a return', ActBody, {
    at: { time: '2025-05-05', precision: 'day' },
  })
  expireMemo(@Called() call: Call, @Body() body: ActBody) {
    return this.acts.goods(call, body, (_, meta) => ({ type: 'ExpireMemo', meta }));
  }

  @acts('register-pledge', 'The owner pledges it to a lender', RegisterPledgeBody, {
    pledgeNo: 'PLEDGE-7',
    lender: 'diamond-bank',
    filingRef: 'register of pledges 2025/7',
    priority: 1,
    amount: price,
  })
  registerPledge(@Called() call: Call, @Body() body: RegisterPledgeBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'RegisterPledge',
      ...given,
      meta,
    }));
  }

  @acts(
    'consent-to-transfer',
    'The lender lets the title move to one party',
    ConsentToTransferBody,
    { pledgeNo: 'PLEDGE-7', to: 'antwerp-broker' },
  )
  consentToTransfer(@Called() call: Call, @Body() body: ConsentToTransferBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ConsentToTransfer',
      ...given,
      meta,
    }));
  }

  @acts(
    'consent-to-cutting',
    'The lender lets it be cut or divided; the parts bear the pledge',
    PledgeBody,
    { pledgeNo: 'PLEDGE-7' },
  )
  consentToCutting(@Called() call: Call, @Body() body: PledgeBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ConsentToCutting',
      ...given,
      meta,
    }));
  }

  @acts('release-pledge', 'The lender gives the pledge up', PledgeBody, { pledgeNo: 'PLEDGE-7' })
  releasePledge(@Called() call: Call, @Body() body: PledgeBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ReleasePledge',
      ...given,
      meta,
    }));
  }

  @acts('enforce-pledge', 'The lender takes its security; title moves', EnforcePledgeBody, {
    pledgeNo: 'PLEDGE-7',
  })
  enforcePledge(@Called() call: Call, @Body() body: EnforcePledgeBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'EnforcePledge',
      ...given,
      meta,
    }));
  }
}
