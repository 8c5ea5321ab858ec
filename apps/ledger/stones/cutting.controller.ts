import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody, LossBody, WeightBody } from '#apps/ledger/bodies';
import { Count, ListOf, Mct, Of, OneOf, Optional, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';
import type { ManufacturingLossRecorded } from '#events/stone';

type Cause = ManufacturingLossRecorded['data']['cause'];
const causes: readonly Cause[] = ['sawing', 'bruting', 'polishing', 'breakage', 'other'];
const most = 1000;

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });

export class StartManufacturingBody extends ActBody {
  @Text(60, 'ORDER-7') readonly orderNo!: string;
  @Optional(Text(200, 'Smolensk, works 2')) readonly factory?: string;
  @Optional(Count(1, 10_000, 15)) readonly craftsmen?: number;
}

class PlannedBody {
  @Text(60, 'cushion') readonly shape!: string;
  @Mct(100_000, 1) readonly plannedMct!: number;
}

class ApproveCuttingPlanBody extends ActBody {
  @Text(60, 'PLAN-3') readonly planNo!: string;
  @ListOf(() => PlannedBody, { most }) readonly outputs!: PlannedBody[];
}

class PieceBody {
  @Of(() => WeightBody) readonly weight!: WeightBody;
}

class CleaveRoughBody extends ActBody {
  @ListOf(() => PieceBody, { least: 2, most }) readonly pieces!: PieceBody[];
  @Of(() => LossBody) readonly loss!: LossBody;
}

class SawRoughBody extends CleaveRoughBody {
  @OneOf(['blade', 'laser'], 'laser') readonly method!: 'blade' | 'laser';
}

class ProducePolishedBody extends ActBody {
  @Optional(Text(60, 'PLAN-3')) readonly planNo?: string;
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @Optional(Text(60, 'cushion')) readonly shape?: string;
  @Optional(Text(60, 'Fancy Vivid Yellow')) readonly colour?: string;
  @Optional(Text(60, 'VS1')) readonly clarity?: string;
  @Optional(Text(100, 'New Sun')) readonly name?: string;
  @Optional(Text(60, '28.1 x 25.4 x 17.0')) readonly measurementsMm?: string;
}

export class RecordLossBody extends ActBody {
  @Of(() => WeightBody) readonly weight!: WeightBody;
  @OneOf(causes, 'polishing') readonly cause!: Cause;
}

/** From rough to polished, the carats always accounted for. */
@ApiTags('cutting')
@Controller('v1/stones/:id')
export class CuttingController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'start-manufacturing',
    'The custodian, a cutter or producer, begins',
    StartManufacturingBody,
    {
      orderNo: 'ORDER-7',
      factory: 'Smolensk, works 2',
      craftsmen: 15,
    },
  )
  startManufacturing(@Called() call: Call, @Body() body: StartManufacturingBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'StartManufacturing',
      ...given,
      meta,
    }));
  }

  @acts('approve-cutting-plan', 'What the factory means to make', ApproveCuttingPlanBody, {
    planNo: 'PLAN-3',
    outputs: [{ shape: 'cushion', plannedMct: 100_000 }],
  })
  approveCuttingPlan(@Called() call: Call, @Body() body: ApproveCuttingPlanBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'ApproveCuttingPlan',
      ...given,
      meta,
    }));
  }

  @acts('saw-rough', 'Saws all of it into pieces; their streams open at once', SawRoughBody, {
    method: 'laser',
    pieces: [{ weight: weighed(120_000) }, { weight: weighed(79_500) }],
    loss: weighed(500),
  })
  sawRough(@Called() call: Call, @Body() body: SawRoughBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'SawRough', ...given, meta }));
  }

  @acts(
    'cleave-rough',
    'Cleaves all of it into pieces; their streams open at once',
    CleaveRoughBody,
    {
      pieces: [{ weight: weighed(120_000) }, { weight: weighed(80_000) }],
      loss: weighed(0),
    },
  )
  cleaveRough(@Called() call: Call, @Body() body: CleaveRoughBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'CleaveRough', ...given, meta }));
  }

  @acts('produce-polished', 'One finished stone came out of it', ProducePolishedBody, {
    planNo: 'PLAN-3',
    weight: weighed(100_010),
    shape: 'cushion',
    colour: 'Fancy Vivid Yellow',
    name: 'New Sun',
  })
  producePolished(@Called() call: Call, @Body() body: ProducePolishedBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'ProducePolished',
      ...given,
      meta,
    }));
  }

  @acts('record-loss', 'Weight that became dust', RecordLossBody, {
    weight: weighed(99_000),
    cause: 'polishing',
  })
  recordLoss(@Called() call: Call, @Body() body: RecordLossBody) {
    return this.acts.stone(call, body, (given, meta) => ({ type: 'RecordLoss', ...given, meta }));
  }

  @acts('close-manufacturing', 'The order is done and its carats add up', ActBody, {
    at: { time: '2025-04-04', precision: 'day' },
  })
  closeManufacturing(@Called() call: Call, @Body() body: ActBody) {
    return this.acts.stone(call, body, (_, meta) => ({ type: 'CloseManufacturing', meta }));
  }
}
