import type { MiningOrigin } from '#events/certificate';
import { prefixOn } from '#libs/reference/kimberley-eligibility';
import { type Sent, declareExport, forge, passThrough } from '#apps/cli/generate/border-turns';
import type { Cast, Party } from '#apps/cli/generate/cast';
import { day, dayOf, daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';

/** What a certificate is made out at, US cents for a carat of rough. */
const declaredCents = 12_000;

/** How long certificates are valid for here; states differ, and the scheme fixes none. */
const validFor = 60 * day;

/**
 * Rough under a Kimberley certificate: issued, sealed, validated, sent, unpacked, confirmed. Answers
 * when the goods are out of the container; at once where no border of the scheme is crossed.
 */
export function ship(
  script: Script,
  cast: Cast,
  goods: Goods,
  { from, to }: Readonly<{ from: Party; to: Party }>,
  at: number,
): number {
  const [exporter, importer] = [from, to].map(({ country }) => prefixOn(country, dayOf(at)));
  if (exporter === undefined || importer === undefined || exporter === importer) return at;
  const { random } = script;
  const n = script.serial();
  const number = `${exporter}${goods.id.slice(0, 7)}${n.toString(36)}`.toUpperCase();
  const id = `${goods.id.replaceAll(/[.~]+/g, '-')}-s${n}`;
  const sealNo = `S${random.int(1_000_000, 9_999_999)}`;
  const leaving = cast.authority(from.country);
  const { mct } = goods;
  if (from.country === 'RU') {
    const actNo = `A-${n}-${random.int(100, 999)}`;
    const control = { type: 'PassStateControl', actNo, actDate: dayOf(at) } as const;
    script.rough(goods, { by: leaving, at: at - 2 * hour }, control);
  }
  script.certificate(
    number,
    { by: leaving, at },
    {
      type: 'IssueCertificate',
      number,
      origin: minedIn(goods),
      issuedOn: dayOf(at),
      expiresOn: dayOf(at + validFor),
      exporter: { party: from.id, name: from.name, address: from.country },
      importer: { party: to.id, name: to.name, address: to.country },
      exportingCountry: from.country,
      importingCountry: to.country,
      lines: [
        {
          hs: '710231',
          mct,
          value: { minor: Math.round((mct * declaredCents) / 1000), currency: 'USD' },
        },
      ],
      parcels: 1,
      tamperResistant: true,
    },
  );
  const by = from;
  const packed = { stream: `${goods.category}-${goods.id}`, hs: '710231', mct };
  script.shipment(
    id,
    { by, at: at + hour },
    {
      type: 'CreateShipment',
      consignee: to.id,
      from: from.country,
      to: to.country,
      goods: [packed],
      parcels: 1,
    },
  );
  script.shipment(id, { by: leaving, at: at + 2 * hour }, { type: 'SealContainer', sealNo });
  const sent: Sent = { id, number, sealNo, goods, from, to };
  if (random.chance(0.1)) declareExport(script, cast, sent, at + 3 * hour);
  script.certificate(
    number,
    { by: leaving, at: at + 3 * hour },
    {
      type: 'ValidateCertificate',
      signatory: `officer ${random.int(1, 20)}`,
      check: random.chance(0.3) ? 'opened' : 'risk-analysis',
      sealNo,
    },
  );
  script.shipment(id, { by, at: at + 4 * hour }, { type: 'AttachCertificate', number });
  const carrier = random.pick(['Malca-Amit (generated)', 'Brinks (generated)']);
  script.shipment(id, { by, at: at + 6 * hour }, { type: 'DispatchShipment', carrier });
  if (random.chance(0.1)) passThrough(script, sent, at + 7 * hour);
  const arrivedAt = daysLater(random, at, 2, 9);
  const arrival = { type: 'ArriveShipment', parcels: 1, mct, sealNo } as const;
  script.shipment(id, { by: to, at: arrivedAt }, arrival);
  if (random.chance(0.01)) forge(script, cast, sent, arrivedAt);
  script.shipment(id, { by: to, at: arrivedAt + hour }, { type: 'UnpackShipment' });
  script.certificate(
    number,
    { by: cast.authority(to.country), at: arrivedAt + 2 * hour },
    {
      type: 'ConfirmImport',
      number,
      parcels: 1,
      mct,
      importer: to.id,
      exporter: from.id,
      receivedOn: dayOf(arrivedAt),
    },
  );
  return arrivedAt + 3 * hour;
}

function minedIn({ from: [country = '', ...others] }: Goods): MiningOrigin {
  return others.length === 0
    ? { kind: 'single', country }
    : { kind: 'mixed-listed', countries: [country, ...others] };
}
