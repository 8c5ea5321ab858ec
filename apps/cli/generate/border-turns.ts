import type { Cast, Party } from '#apps/cli/generate/cast';
import { daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';

/** A shipment under way: its id, its certificate and seal, and from whom to whom. */
export type Sent = Readonly<{
  id: string;
  number: string;
  sealNo: string;
  goods: Goods;
  from: Party;
  to: Party;
}>;

/** Declared to customs, which let the goods go two hours later. */
export function declareExport(script: Script, cast: Cast, sent: Sent, at: number): void {
  const { goods, from, id } = sent;
  const office = `customs ${from.country}`;
  const mrn = `${from.country}-${script.serial()}`;
  script.shipment(
    id,
    { by: from, at },
    {
      type: 'DeclareExport',
      office,
      mrn,
      lines: [{ hs: '710231', mct: goods.mct }],
      countriesOfMining: goods.from,
    },
  );
  const by = cast.authority(from.country);
  const released = { type: 'ReleaseByCustoms', office, mrn } as const;
  script.shipment(id, { by, at: at + 2 * hour }, released);
}

/** Seen at an airport between. */
export function passThrough(script: Script, { id, to, sealNo }: Sent, at: number): void {
  const country = to.country === 'AE' ? 'CH' : 'AE';
  const act = { by: to, at, place: { country } };
  script.shipment(id, act, { type: 'RecordTransit', country, sealNo });
}

/** Another is shown a paper with a number nobody issued, and the authority named says so. */
export function forge(script: Script, cast: Cast, { number: like, from, to }: Sent, at: number) {
  const number = `${like}F`;
  const answeredAt = daysLater(script.random, at, 2, 10);
  script.certificate(
    number,
    { by: cast.authority(to.country), at },
    { type: 'SuspectForgery', number, check: 'layout-differs', finding: 'the paper is thin' },
  );
  script.certificate(
    number,
    { by: cast.authority(from.country), at: answeredAt },
    { type: 'ConfirmForgery', reply: 'not printed here' },
  );
}
