import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, WeightBody } from '#apps/ledger/bodies';
import { Count, Counts, Id, Of, OneOf, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { GradeScale, LaserInscriptionApplied, ReportType } from '#events/stone';

type Location = LaserInscriptionApplied['data']['location'];
const locations: readonly Location[] = ['girdle', 'table', 'other'];

const reportTypes: readonly ReportType[] = [
  'diamond-grading',
  'laboratory-grown-grading',
  'identification',
  'narrative',
];
const scales: readonly GradeScale[] = ['fancy-colour', 'iso-24016', 'laboratory'];

class DeltasBody {
  @Optional(Count(-10_000_000, 10_000_000, -4)) readonly mct?: number;
  @Optional(Counts(-1_000_000, 1_000_000, [10, 0, -10], { most: 3 }))
  readonly micrometres?: number[];
}

class IssueReportBody extends ActBody {
  @Text(60, '2211234567') readonly reportNo!: string;
  @Optional(OneOf(reportTypes)) readonly reportType?: ReportType;
  @Optional(OneOf(scales)) readonly gradeScale?: GradeScale;
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Optional(Text(60, 'cushion')) readonly shape?: string;
  @Optional(Text(60, 'Fancy Vivid Yellow')) readonly colour?: string;
  @Optional(Text(60, 'VS1')) readonly clarity?: string;
  @Optional(Text(60, 'Excellent')) readonly cut?: string;
  @Optional(Text(60, 'Excellent')) readonly polish?: string;
  @Optional(Text(60, 'Very Good')) readonly symmetry?: string;
  @Optional(Text(60, 'None')) readonly fluorescence?: string;
  @Optional(Text(60, '28.1 x 25.4 x 17.0')) readonly measurementsMm?: string;
}

class MatchReportBody extends ActBody {
  @Id('gia') readonly laboratory!: string;
  @Text(60, '2211234567') readonly reportNo!: string;
  @Text(200, 'measurements and inscription compared') readonly method!: string;
  @Optional(Of(() => DeltasBody)) readonly deltas?: DeltasBody;
}

class FindReportMismatchBody extends ActBody {
  @Id('gia') readonly laboratory!: string;
  @Text(60, '2211234567') readonly reportNo!: string;
  @Text(500, 'the table measures 58 %, the report says 61 %') readonly finding!: string;
  @Optional(Of(() => DeltasBody)) readonly deltas?: DeltasBody;
}

class InscribeStoneBody extends ActBody {
  @Text(100, 'GIA 2211234567') readonly text!: string;
  @OneOf(locations) readonly location!: Location;
}

/** Reports about a stone, and what ties it to them. */
@ApiTags('grading')
@Controller('v1/stones/:id')
export class GradingController {
  constructor(private readonly acts: Acts) {}

  @acts('issue-report', 'A laboratory issues its grading report', IssueReportBody, {
    reportNo: '2211234567',
    reportType: 'diamond-grading',
    gradeScale: 'fancy-colour',
    weight: { mct: 100_010, qualifier: 'eq', basis: 'reported' },
    colour: 'Fancy Vivid Yellow',
  })
  issueReport(@Called() call: Call, @Body() body: IssueReportBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'IssueReport', ...given, meta }));
  }

  @acts(
    'match-report',
    'The custodian compared the stone with a report: it is that stone',
    MatchReportBody,
    {
      laboratory: 'gia',
      reportNo: '2211234567',
      method: 'measurements and inscription compared',
      deltas: { mct: -4, micrometres: [10, 0, -10] },
    },
  )
  matchReport(@Called() call: Call, @Body() body: MatchReportBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'MatchReport', ...given, meta }));
  }

  @acts(
    'find-report-mismatch',
    'The custodian compared: it is another stone',
    FindReportMismatchBody,
    {
      laboratory: 'gia',
      reportNo: '2211234567',
      finding: 'the table measures 58 %, the report says 61 %',
    },
  )
  findReportMismatch(@Called() call: Call, @Body() body: FindReportMismatchBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'FindReportMismatch',
      ...given,
      meta,
    }));
  }

  @acts('inscribe-stone', 'The custodian inscribed the polished stone', InscribeStoneBody, {
    text: 'GIA 2211234567',
    location: 'girdle',
  })
  inscribeStone(@Called() call: Call, @Body() body: InscribeStoneBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'InscribeStone',
      ...given,
      meta,
    }));
  }
}
