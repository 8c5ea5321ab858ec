import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { Flag, Id, OneOf, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { ReportQuoted } from '#events/report';

type Where = ReportQuoted['data']['on'];
const wheres: readonly Where[] = ['offer', 'invoice', 'memo', 'listing', 'other'];

class NamedReportBody extends ActBody {
  @Id('gia') readonly laboratory!: string;
  @Text(60, '2211234567') readonly reportNo!: string;
}

class SupersedeReportBody extends NamedReportBody {
  @Optional(Text(60, '2211234568')) readonly successor?: string;
  @Text(500, 'graded anew after recutting') readonly reason!: string;
}

class WithdrawReportBody extends NamedReportBody {
  @Text(500, 'issued for another stone') readonly reason!: string;
}

class FlagInHouseBody extends NamedReportBody {
  @Flag(true) readonly inHouse!: boolean;
}

class QuoteReportBody extends NamedReportBody {
  @Optional(Id('new-sun')) readonly stone?: string;
  @OneOf(wheres, 'offer') readonly on!: Where;
  @Optional(Text(100, 'LOT-17')) readonly reference?: string;
}

const named = { laboratory: 'gia', reportNo: '2211234567' };

/** The life of a laboratory's report; `id` is `laboratory.number` in lower case. */
@ApiTags('grading')
@Controller('v1/reports/:id')
export class ReportsController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'supersede-report',
    'The laboratory says the report holds no longer, and which one does',
    SupersedeReportBody,
    { ...named, successor: '2211234568', reason: 'graded anew after recutting' },
  )
  supersede(@Called() call: Call, @Body() body: SupersedeReportBody) {
    return this.acts.report(call, body, (given, meta) => ({
      type: 'SupersedeReport',
      ...given,
      meta,
    }));
  }

  @acts('withdraw-report', 'The laboratory takes its report back', WithdrawReportBody, {
    ...named,
    reason: 'issued for another stone',
  })
  withdraw(@Called() call: Call, @Body() body: WithdrawReportBody) {
    return this.acts.report(call, body, (given, meta) => ({
      type: 'WithdrawReport',
      ...given,
      meta,
    }));
  }

  @acts('flag-in-house', 'The stone is at the laboratory again, or no longer', FlagInHouseBody, {
    ...named,
    inHouse: true,
  })
  flagInHouse(@Called() call: Call, @Body() body: FlagInHouseBody) {
    return this.acts.report(call, body, (given, meta) => ({ type: 'FlagInHouse', ...given, meta }));
  }

  @acts('quote-report', 'A party names the report for goods; nobody compared', QuoteReportBody, {
    ...named,
    stone: 'new-sun',
    on: 'offer',
    reference: 'LOT-17',
  })
  quote(@Called() call: Call, @Body() body: QuoteReportBody) {
    return this.acts.report(call, body, (given, meta) => ({ type: 'QuoteReport', ...given, meta }));
  }
}
