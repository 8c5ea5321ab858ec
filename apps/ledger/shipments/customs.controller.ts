import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { ListOf, Mct, Text, Texts } from '#apps/ledger/fields';
import { Heading } from '#apps/ledger/shipments/shipments.controller';
import { acts } from '#apps/ledger/shown';

class DeclaredLineBody {
  @Heading() readonly hs!: string;
  @Mct(236_000, 1) readonly mct!: number;
}

class DeclarationBody extends ActBody {
  @Text(100, 'Specialised excise post') readonly office!: string;
  @Text(60, '25RU10009000012345') readonly mrn!: string;
  @ListOf(() => DeclaredLineBody, { most: 10 }) readonly lines!: DeclaredLineBody[];
  @Texts(3, ['RU'], { most: 100 }) readonly countriesOfMining!: string[];
}

class ReleaseByCustomsBody extends ActBody {
  @Text(100, 'Specialised excise post') readonly office!: string;
  @Text(60, '25RU10009000012345') readonly mrn!: string;
}

const declaration = {
  office: 'Specialised excise post',
  mrn: '25RU10009000012345',
  lines: [{ hs: '710231', mct: 236_000 }],
  countriesOfMining: ['RU'],
};

/** What is said to customs of a shipment, and what customs says. */
@ApiTags('shipments')
@Controller('v1/shipments/:id')
export class CustomsController {
  constructor(private readonly acts: Acts) {}

  @acts('declare-export', 'The consignor declares the goods', DeclarationBody, declaration)
  declareExport(@Called() call: Call, @Body() body: DeclarationBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'DeclareExport',
      ...given,
      meta,
    }));
  }

  @acts('declare-import', 'The consignee declares the goods', DeclarationBody, declaration)
  declareImport(@Called() call: Call, @Body() body: DeclarationBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'DeclareImport',
      ...given,
      meta,
    }));
  }

  @acts('release-by-customs', 'Customs lets the declared goods go', ReleaseByCustomsBody, {
    office: 'Specialised excise post',
    mrn: '25RU10009000012345',
  })
  release(@Called() call: Call, @Body() body: ReleaseByCustomsBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'ReleaseByCustoms',
      ...given,
      meta,
    }));
  }
}
