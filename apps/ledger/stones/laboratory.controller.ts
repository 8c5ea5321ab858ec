import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { Country, Flag, OneOf, Optional, PartyId, Text } from '#apps/ledger/fields';
import type { TreatmentKind } from '#events/laboratory';
import { acts } from '#apps/ledger/shown';

const treatments: readonly TreatmentKind[] = [
  'hpht',
  'laser-drilling',
  'fracture-filling',
  'irradiation',
  'coating',
  'other',
];

class DiscloseTreatmentBody extends ActBody {
  @OneOf(treatments) readonly kind!: TreatmentKind;
  @Flag(true) readonly permanent!: boolean;
  @Optional(Text(500, 'stated by the seller')) readonly note?: string;
}

class SubmitToLaboratoryBody extends ActBody {
  @PartyId('gia') readonly laboratory!: string;
  @Text(100, 'full grading') readonly service!: string;
}

class ReturnFromLaboratoryBody extends ActBody {
  @PartyId('antwerp-broker') readonly to!: string;
}

class DetectLaboratoryGrownBody extends ActBody {
  @Text(100, 'DiamondView') readonly instrument!: string;
  @Optional(Text(500, 'CVD growth pattern')) readonly finding?: string;
  @Optional(Country('CN')) readonly grownIn?: string;
}

class VerifyInscriptionBody extends ActBody {
  @Text(100, 'GIA 2211234567') readonly text!: string;
  @Text(200, 'microscope, 30x') readonly method!: string;
}

class RemoveInscriptionBody extends ActBody {
  @Text(100, 'GIA 2211234567') readonly text!: string;
  @Text(500, 'girdle repolished') readonly reason!: string;
}

/** Laboratories, treatments, instruments and inscriptions. */
@ApiTags('laboratory')
@Controller('v1/stones/:id')
export class LaboratoryController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'disclose-treatment',
    'What was done to it besides cutting; for life',
    DiscloseTreatmentBody,
    { kind: 'hpht', permanent: true },
  )
  discloseTreatment(@Called() call: Call, @Body() body: DiscloseTreatmentBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'DiscloseTreatment',
      ...given,
      meta,
    }));
  }

  @acts(
    'submit-to-laboratory',
    'The custodian releases it to a laboratory',
    SubmitToLaboratoryBody,
    { laboratory: 'gia', service: 'full grading' },
  )
  submitToLaboratory(@Called() call: Call, @Body() body: SubmitToLaboratoryBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'SubmitToLaboratory',
      ...given,
      meta,
    }));
  }

  @acts('return-from-laboratory', 'The laboratory releases it again', ReturnFromLaboratoryBody, {
    to: 'antwerp-broker',
  })
  returnFromLaboratory(@Called() call: Call, @Body() body: ReturnFromLaboratoryBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'ReturnFromLaboratory',
      ...given,
      meta,
    }));
  }

  @acts(
    'detect-laboratory-grown',
    'An instrument found it to be laboratory-grown',
    DetectLaboratoryGrownBody,
    { instrument: 'DiamondView', finding: 'CVD growth pattern' },
  )
  detectLaboratoryGrown(@Called() call: Call, @Body() body: DetectLaboratoryGrownBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'DetectLaboratoryGrown',
      ...given,
      meta,
    }));
  }

  @acts('verify-inscription', 'The inscription was read on the stone', VerifyInscriptionBody, {
    text: 'GIA 2211234567',
    method: 'microscope, 30x',
  })
  verifyInscription(@Called() call: Call, @Body() body: VerifyInscriptionBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'VerifyInscription',
      ...given,
      meta,
    }));
  }

  @acts('remove-inscription', 'The inscription is gone', RemoveInscriptionBody, {
    text: 'GIA 2211234567',
    reason: 'girdle repolished',
  })
  removeInscription(@Called() call: Call, @Body() body: RemoveInscriptionBody) {
    return this.acts.stone(call, body, (given, meta) => ({
      type: 'RemoveInscription',
      ...given,
      meta,
    }));
  }
}
