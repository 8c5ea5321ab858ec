import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, Moment, WhenBody } from '#apps/ledger/bodies';
import { Flag, OneOf, Optional, PartyId, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';

type Outcome = 'cleared' | 'refused' | 'escalated';

class ReportLossBody extends ActBody {
  @Optional(Moment()) readonly lastSeen?: WhenBody;
  @Optional(Text(100, 'Antwerp 2025/4411')) readonly policeRef?: string;
  @Optional(Text(100, 'Lloyds 7781')) readonly insurer?: string;
  @Text(500, 'not in the parcel paper at stock-taking') readonly circumstances!: string;
}

class ReportTheftBody extends ActBody {
  @Optional(Moment()) readonly lastSeen?: WhenBody;
  @Text(100, 'Antwerp 2025/4411') readonly policeRef!: string;
  @Optional(Text(100, 'Lloyds 7781')) readonly insurer?: string;
  @Text(500, 'taken from the safe at night') readonly circumstances!: string;
}

class ReportRecoveryBody extends ActBody {
  @Optional(Text(100, 'Antwerp 2025/4411')) readonly policeRef?: string;
  @Optional(Text(200, 'inscription polished away')) readonly condition?: string;
}

class SeizeGoodsBody extends ActBody {
  @Text(60, 'ORDER 118/25') readonly orderNo!: string;
  @Text(500, 'certificate in doubt') readonly reason!: string;
  @Optional(Flag(false)) readonly inPlace?: boolean;
}

class ForfeitGoodsBody extends ActBody {
  @Text(60, 'ORDER 204/25') readonly orderNo!: string;
  @PartyId('gokhran') readonly to!: string;
}

class EndSeizureBody extends ActBody {
  @Text(500, 'the certificate was genuine') readonly reason!: string;
}

class ReleaseHoldBody extends ActBody {
  @Text(60, 'HOLD-12') readonly holdNo!: string;
  @Text(500, 'mine named by the supplier') readonly reason!: string;
  @Text(60, 'officer-2') readonly officer!: string;
}

class PlaceHoldBody extends ReleaseHoldBody {
  @Optional(Text(100, 'eu-3p-russian')) readonly rule?: string;
  @Optional(Text(60, '2025-04')) readonly ruleVersion?: string;
}

class RecordDecisionBody extends ActBody {
  @Text(60, 'EU 833/2014') readonly regime!: string;
  @Text(60, '2025-04') readonly ruleVersion!: string;
  @OneOf(['cleared', 'refused', 'escalated']) readonly outcome!: Outcome;
  @Text(60, 'officer-2') readonly officer!: string;
  @Text(500, 'origin in Botswana shown by the mine record') readonly rationale!: string;
}

/** What keeps goods from moving on: loss, theft, seizure and holds, and who decided so. */
@ApiTags('loss, seizure and holds')
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
export class StandingController {
  constructor(private readonly acts: Acts) {}

  @acts('report-loss', 'The custodian or the owner reports it lost', ReportLossBody, {
    circumstances: 'not in the parcel paper at stock-taking',
  })
  reportLoss(@Called() call: Call, @Body() body: ReportLossBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ReportLoss', ...given, meta }));
  }

  @acts('report-theft', 'The custodian or the owner reports it stolen', ReportTheftBody, {
    policeRef: 'Antwerp 2025/4411',
    circumstances: 'taken from the safe at night',
  })
  reportTheft(@Called() call: Call, @Body() body: ReportTheftBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ReportTheft', ...given, meta }));
  }

  @acts('report-recovery', 'Whoever has it again says so', ReportRecoveryBody, {
    policeRef: 'Antwerp 2025/4411',
  })
  reportRecovery(@Called() call: Call, @Body() body: ReportRecoveryBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'ReportRecovery',
      ...given,
      meta,
    }));
  }

  @acts(
    'seize-goods',
    'An authority seizes it and has it from then on, or leaves it in place',
    SeizeGoodsBody,
    { orderNo: 'ORDER 118/25', reason: 'certificate in doubt' },
  )
  seizeGoods(@Called() call: Call, @Body() body: SeizeGoodsBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'SeizeGoods', ...given, meta }));
  }

  @acts(
    'forfeit-goods',
    'An authority orders seized goods to become the property of a party',
    ForfeitGoodsBody,
    { orderNo: 'ORDER 204/25', to: 'gokhran' },
  )
  forfeitGoods(@Called() call: Call, @Body() body: ForfeitGoodsBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ForfeitGoods', ...given, meta }));
  }

  @acts('end-seizure', 'The authority that seized it lets it go', EndSeizureBody, {
    reason: 'the certificate was genuine',
  })
  endSeizure(@Called() call: Call, @Body() body: EndSeizureBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'EndSeizure', ...given, meta }));
  }

  @acts('place-hold', 'A compliance officer stops it', PlaceHoldBody, {
    holdNo: 'HOLD-12',
    reason: 'origin not shown',
    officer: 'officer-1',
    rule: 'eu-3p-russian',
  })
  placeHold(@Called() call: Call, @Body() body: PlaceHoldBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'PlaceHold', ...given, meta }));
  }

  @acts('release-hold', 'Another officer lifts the hold', ReleaseHoldBody, {
    holdNo: 'HOLD-12',
    reason: 'mine named by the supplier',
    officer: 'officer-2',
  })
  releaseHold(@Called() call: Call, @Body() body: ReleaseHoldBody) {
    return this.acts.goods(call, body, (given, meta) => ({ type: 'ReleaseHold', ...given, meta }));
  }

  @acts('record-decision', 'A person decided under a regime', RecordDecisionBody, {
    regime: 'EU 833/2014',
    ruleVersion: '2025-04',
    outcome: 'cleared',
    officer: 'officer-2',
    rationale: 'origin in Botswana shown by the mine record',
  })
  recordDecision(@Called() call: Call, @Body() body: RecordDecisionBody) {
    return this.acts.goods(call, body, (given, meta) => ({
      type: 'RecordDecision',
      ...given,
      meta,
    }));
  }
}
