import type { ArrivalFinding, BorderRule, ShippedGoods } from '#events/shipment';
import { judgeCountry } from '#libs/certificate/certificate-content';
import {
  needUndoubted,
  needValidOn,
  paperOf,
  prefixOf,
} from '#libs/certificate/certificate-standing';
import type { Certificate } from '#libs/certificate/certificate-state';
import { Refused } from '#libs/decider/decider';
import { eligibilityOf, prefixOn } from '#libs/reference/kimberley-eligibility';
import type { ArriveShipment } from '#libs/shipment/shipment-command';
import type { Shipment } from '#libs/shipment/shipment-state';
import { parcelError } from '#libs/trade/weight';

const roughHeadings: ReadonlySet<string> = new Set(['710210', '710221', '710231']);

export const isRough = ({ hs }: Pick<ShippedGoods, 'hs'>) => roughHeadings.has(hs);

/**
 * What the border asks of a shipment that leaves on `day` (domain I9): polished and jewellery
 * nothing, rough inside one country or one participant nothing, rough between participants one
 * validated certificate of its own that agrees with it. Throws what is not fulfilled.
 */
export function borderRule(
  shipment: Shipment,
  id: string,
  certificate: Certificate | null,
  day: string,
): BorderRule {
  const { from, to, goods } = shipment;
  if (!goods.some(isRough)) return { need: 'none', why: 'polished' };
  if (from === to) return { need: 'none', why: 'inside-one-country' };
  const [exporter, importer] = [prefixOn(from, day), prefixOn(to, day)];
  if (exporter !== undefined && exporter === importer) {
    return { need: 'none', why: 'inside-one-participant' };
  }
  const exporting = judgeCountry(from, day, 'export', certificate?.paper?.zone);
  const importing = judgeCountry(to, day, 'import');
  if (shipment.certificate === null || certificate === null) {
    throw new Refused('certificate-needed', `rough from ${from} to ${to} needs a certificate`, {
      from,
      to,
      day,
    });
  }
  needUndoubted(certificate);
  if (certificate.status !== 'in-use' || certificate.shipment !== id) {
    throw new Refused('wrong-status', `the certificate is ${certificate.status}`, {
      status: certificate.status,
    });
  }
  needValidOn(paperOf(certificate), day);
  if (prefixOf(certificate) !== exporter) throw differs('another participant');
  checkAgrees(shipment, certificate);
  return { need: 'certificate', number: certificate.number, exporting, importing };
}

/** Throws unless parties, countries, parcels, headings and carats are the shipment's. */
export function checkAgrees(shipment: Shipment, certificate: Certificate): void {
  const paper = paperOf(certificate);
  if (paper.exporter.party !== shipment.consignor) throw differs('another exporter');
  if (paper.importer.party !== shipment.consignee) throw differs('another importer');
  if (paper.exportingCountry !== shipment.from || paper.importingCountry !== shipment.to) {
    throw differs('another journey');
  }
  if (paper.parcels !== shipment.parcels) {
    throw new Refused('parcels-differ', `the certificate is for ${paper.parcels} parcels`, {
      certificate: paper.parcels,
      shipment: shipment.parcels,
    });
  }
  const rough = shipment.goods.filter(isRough);
  for (const { hs, mct } of paper.lines) {
    const packed = mctOf(rough.filter((goods) => goods.hs === hs));
    if (packed === 0) throw hsDiffers(`no goods are under ${hs}`);
    const toleranceMct = parcelError({ min: mct, max: mct });
    if (Math.abs(packed - mct) <= toleranceMct) continue;
    throw new Refused('carats-differ', `the certificate is for ${mct} mct under ${hs}`, {
      certificate: mct,
      shipment: packed,
      toleranceMct,
    });
  }
  const certified = new Set<string>(paper.lines.map(({ hs }) => hs));
  if (rough.some(({ hs }) => !certified.has(hs)))
    throw hsDiffers('the certificate lacks a heading');
}

/** What does not agree when it arrives on `day`; an arrival is a fact, whatever is wrong with it. */
export function arrivalFindings(
  command: ArriveShipment,
  shipment: Shipment,
  certificate: Certificate | null,
  day: string,
): readonly ArrivalFinding[] {
  const { parcels, mct, sealNo } = command;
  const findings: ArrivalFinding[] = [];
  if (parcels !== shipment.parcels) findings.push('parcels-differ');
  const packed = mctOf(shipment.goods);
  if (mct !== undefined && Math.abs(mct - packed) > parcelError({ min: packed, max: packed })) {
    findings.push('carats-differ');
  }
  if (sealNo !== undefined && sealNo !== shipment.sealNo) findings.push('seal-differs');
  if (shipment.border?.need !== 'certificate') return findings;
  if (eligibilityOf(shipment.to, day, 'import').verdict === 'no') {
    findings.push('participant-not-eligible');
  }
  if (!certificate?.paper || certificate.doubt || certificate.shipment === null) {
    findings.push('certificate-not-valid');
  } else if (day > certificate.paper.expiresOn) findings.push('certificate-expired');
  return findings;
}

export function mctOf(goods: readonly Pick<ShippedGoods, 'mct'>[]): number {
  return goods.reduce((sum, { mct }) => sum + mct, 0);
}

function differs(what: string): Refused {
  return new Refused('certificate-differs', `the certificate is of ${what}`);
}

function hsDiffers(what: string): Refused {
  return new Refused('hs-differs', what, { field: 'lines' });
}
