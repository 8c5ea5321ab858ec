import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called } from '#apps/ledger/acts';
import { ActBody } from '#apps/ledger/bodies';
import { CertificateNo } from '#apps/ledger/certificates/certificate-bodies';
import { Count, Country, Form, ListOf, Mct, Optional, PartyId, Text } from '#apps/ledger/fields';
import { acts } from '#apps/ledger/shown';

export const Heading = () => Form(/^\d{6}$/, 'a heading of six digits', 6, '710231');

class ShippedGoodsBody {
  @Form(
    /^(?:stone|parcel|jewellery)-[a-z0-9.~-]+$/,
    'a stone, parcel or jewellery',
    220,
    'stone-dawn',
  )
  readonly stream!: string;
  @Heading() readonly hs!: string;
  @Mct(236_000, 1) readonly mct!: number;
}

class CreateShipmentBody extends ActBody {
  @PartyId('kgk') readonly consignee!: string;
  @Country('RU') readonly from!: string;
  @Country('IN') readonly to!: string;
  @ListOf(() => ShippedGoodsBody, { most: 100 }) readonly goods!: ShippedGoodsBody[];
  @Count(1, 10_000, 1) readonly parcels!: number;
  @Optional(Form(/^[A-Z]{3}$/, 'an Incoterm of three letters', 3, 'CIP'))
  readonly incoterm?: string;
}

class AttachCertificateBody extends ActBody {
  @CertificateNo() readonly number!: string;
}

class SealContainerBody extends ActBody {
  @Text(60, 'SEAL-0118') readonly sealNo!: string;
  @Optional(Text(60, 'BOX-3')) readonly containerNo?: string;
}

class VerifyContainerSealBody extends ActBody {
  @Text(60, 'SEAL-0118') readonly sealNo!: string;
}

class ReportContainerBreachBody extends ActBody {
  @Optional(Text(60, 'SEAL-9999')) readonly foundNo?: string;
  @Text(500, 'the seal was cut') readonly finding!: string;
}

class DispatchShipmentBody extends ActBody {
  @Text(200, 'Malca-Amit') readonly carrier!: string;
  @Optional(Text(60, 'AWB 020-12345675')) readonly waybill?: string;
}

class RecordTransitBody extends ActBody {
  @Country('AE') readonly country!: string;
  @Optional(Text(100, 'Dubai Airport Freezone')) readonly office?: string;
  @Optional(Text(60, 'SEAL-0118')) readonly sealNo?: string;
}

class ArriveShipmentBody extends ActBody {
  @Count(0, 10_000, 1) readonly parcels!: number;
  @Optional(Mct(236_000, 1)) readonly mct?: number;
  @Optional(Text(60, 'SEAL-0118')) readonly sealNo?: string;
}

class RejectShipmentBody extends ActBody {
  @Text(500, 'the certificate had expired') readonly reason!: string;
}

class EndShipmentBody extends ActBody {
  @Optional(Text(500, 'the sale was called off')) readonly reason?: string;
}

/** A consignment on its way: goods, seal, certificate, dispatch and arrival. */
@ApiTags('shipments')
@Controller('v1/shipments/:id')
export class ShipmentsController {
  constructor(private readonly acts: Acts) {}

  @acts('create-shipment', 'The custodian packs goods for a journey', CreateShipmentBody, {
    consignee: 'kgk',
    from: 'RU',
    to: 'IN',
    goods: [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }],
    parcels: 1,
    incoterm: 'CIP',
  })
  create(@Called() call: Call, @Body() body: CreateShipmentBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'CreateShipment',
      ...given,
      meta,
    }));
  }

  @acts(
    'attach-certificate',
    'The consignor attaches a validated certificate, which serves no other shipment',
    AttachCertificateBody,
    { number: 'RU0012345' },
  )
  attach(@Called() call: Call, @Body() body: AttachCertificateBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'AttachCertificate',
      ...given,
      meta,
    }));
  }

  @acts('seal-container', 'The container is sealed', SealContainerBody, { sealNo: 'SEAL-0118' })
  seal(@Called() call: Call, @Body() body: SealContainerBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'SealContainer',
      ...given,
      meta,
    }));
  }

  @acts('verify-seal', 'The seal is whole and bears its number', VerifyContainerSealBody, {
    sealNo: 'SEAL-0118',
  })
  verifySeal(@Called() call: Call, @Body() body: VerifyContainerSealBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'VerifySeal',
      ...given,
      meta,
    }));
  }

  @acts('report-seal-breach', 'The seal is broken or another one', ReportContainerBreachBody, {
    finding: 'the seal was cut',
  })
  reportBreach(@Called() call: Call, @Body() body: ReportContainerBreachBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'ReportSealBreach',
      ...given,
      meta,
    }));
  }

  @acts(
    'dispatch-shipment',
    'It leaves; rough between participants only under its certificate',
    DispatchShipmentBody,
    { carrier: 'Malca-Amit', waybill: 'AWB 020-12345675' },
  )
  dispatch(@Called() call: Call, @Body() body: DispatchShipmentBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'DispatchShipment',
      ...given,
      meta,
    }));
  }

  @acts('record-transit', 'It passed through a country, sealed', RecordTransitBody, {
    country: 'AE',
  })
  transit(@Called() call: Call, @Body() body: RecordTransitBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'RecordTransit',
      ...given,
      meta,
    }));
  }

  @acts(
    'arrive-shipment',
    'The consignee has it; what differs is recorded as findings',
    ArriveShipmentBody,
    { parcels: 1, mct: 236_000, sealNo: 'SEAL-0118' },
  )
  arrive(@Called() call: Call, @Body() body: ArriveShipmentBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'ArriveShipment',
      ...given,
      meta,
    }));
  }

  @acts('reject-shipment', 'Consignee or authority does not let it in', RejectShipmentBody, {
    reason: 'the certificate had expired',
  })
  reject(@Called() call: Call, @Body() body: RejectShipmentBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'RejectShipment',
      ...given,
      meta,
    }));
  }

  @acts('return-shipment', 'The consignor has a rejected shipment back', EndShipmentBody, {})
  giveBack(@Called() call: Call, @Body() body: EndShipmentBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'ReturnShipment',
      ...given,
      meta,
    }));
  }

  @acts('unpack-shipment', 'The goods are out of it, and it is over', EndShipmentBody, {})
  unpack(@Called() call: Call, @Body() body: EndShipmentBody) {
    return this.acts.shipment(call, body, (given, meta) => ({
      type: 'UnpackShipment',
      ...given,
      meta,
    }));
  }
}
