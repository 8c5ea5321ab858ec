import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Example } from '#test/support/rulebook-example';

/** Two parties with every role: goods go from hand to hand between them. */
export type Hands = Readonly<{
  names: readonly [string, string];
  clients: readonly [Client, Client];
}>;

/** Where the goods are on the ledger now: `/v1/stones/eu-01`. */
export type Built = Readonly<{ path: string; position: string }>;

const document = { type: 'paper', sha256: 'ab'.repeat(32) };
const mines: Readonly<Record<string, string>> = {
  RU: 'ru-udachny',
  BW: 'bw-jwaneng',
  CA: 'ca-diavik',
};
const earliest = '2021-01-01';

/** Watches are classified when they are imported; everything else bears what it is. */
const classified: Readonly<Record<string, string>> = {
  '710221': '710221',
  '710229': '710229',
  '9101': '910111',
};

/**
 * Builds the goods an example of the rule book speaks of by acts over HTTP. What the example leaves
 * open happens on the day of import, so that no day but the example's own decides.
 */
export async function build(example: Example, hands: Hands): Promise<Built> {
  const { date, hs, fin } = example;
  const id = example.id.toLowerCase();
  const teller = tell(hands, id);
  if (/^(711|910)/.test(hs)) await jewellery(example, teller);
  else if (hs === '710210') await lot(example, teller);
  else await loose(example, teller);
  const heading = classified[hs];
  if (heading !== undefined) await teller.act('classify-goods', date, { hs: heading });
  if (fin !== null && !teller.isProcessed) await processed(example, teller);
  let papers = 0;
  for (const kind of example.ev) {
    const evidenceNo = `EV-${++papers}`;
    for (const paper of papersOf(kind, example)) {
      await teller.act('attach-evidence', date, { evidenceNo, paper, document });
    }
    if (kind === 'NO_KP') {
      await teller.act('revoke-evidence', date, { evidenceNo, ground: 'invalid', reason: 'none' });
    }
  }
  return { path: teller.path, position: teller.position };
}

type Stop = Readonly<{ on: string; country: string }>;

/** Where the goods went after they began, in order; the last one is where they are shipped from. */
function journey({ date, frm, fin, transitRU, transitBY, leftRU, inEU, locThird }: Example) {
  const end = frm === null || frm === '?' ? null : frm;
  const abroad = fin === null || fin === 'RU' ? (end ?? 'AE') : fin;
  const stops: Stop[] = [];
  const first = locThird ?? leftRU;
  if (transitRU) stops.push({ on: earliest, country: 'RU' });
  if (transitBY) stops.push({ on: earliest, country: 'BY' });
  if (inEU !== null) stops.push({ on: inEU, country: 'BE' });
  if (first !== null) stops.push({ on: first, country: abroad });
  else if (fin !== null) stops.push({ on: date, country: fin });
  if (end !== null && stops.at(-1)?.country !== end) stops.push({ on: date, country: end });
  return stops;
}

const mct = ({ ct }: Example) => Math.round(Number(ct) * 1000);
const weighing = (of: number) => ({ mct: of, qualifier: 'eq', basis: 'weighed' });
const at = (country: string) => ({ place: { country } });

function originOf(country: string) {
  const share = { country, minPpm: 1_000_000, maxPpm: 1_000_000 };
  const countries = country === '?' ? [] : [share];
  return { countries, mineIds: [], chainOfCustody: 'unknown' };
}

async function loose(example: Example, teller: Teller): Promise<void> {
  const { hs, mined, fin, mat, frm } = example;
  const isPolished = /(39|29|91)$/.test(hs);
  const rough = isPolished ? mct(example) * 2 : mct(example);
  const mineId = mines[mined];
  const stops = journey(example);
  if (mineId !== undefined && mat === 'N') {
    await teller.act('recover-rough', earliest, { mineId, weight: weighing(rough) });
  } else {
    const form = isPolished && mined === '?' ? 'polished' : 'rough';
    const weight = weighing(form === 'polished' ? mct(example) : rough);
    const [begin = { on: earliest, country: frm ?? 'AE' }] = mined === '?' ? stops : [];
    const where = at(mined === '?' ? begin.country : mined);
    const origin = originOf(mat === 'S' ? '?' : mined);
    await teller.act('open-history', begin.on, { form, weight, origin, basis: 'bought', ...where });
  }
  if (mat === 'S') {
    const grown = { instrument: 'DiamondView', ...(mined !== '?' && { grownIn: mined }) };
    await teller.act('detect-laboratory-grown', earliest, grown);
  }
  for (const { on, country } of stops) {
    if (mined !== '?' || stops[0]?.on !== on) await teller.move(on, country);
    if (isPolished && mined !== '?' && country === fin) await cut(example, teller, on);
  }
}

async function cut(example: Example, teller: Teller, on: string): Promise<void> {
  const where = at(example.fin ?? '');
  await teller.act('start-manufacturing', on, { orderNo: 'ORDER-1', ...where });
  await teller.act('produce-polished', on, { weight: weighing(mct(example)), ...where });
  teller.part();
}

async function lot(example: Example, teller: Teller): Promise<void> {
  const days = {
    from: { time: earliest, precision: 'day' },
    to: { time: earliest, precision: 'day' },
  };
  const content = { weight: weighing(mct(example)), pieces: 1 };
  teller.begin('parcels');
  const mineId = mines[example.mined];
  await teller.act('recover-lot', earliest, { mineId, ...days, content });
  for (const { on, country } of journey(example)) await teller.move(on, country);
}

async function jewellery(example: Example, teller: Teller): Promise<void> {
  const { mined, fin } = example;
  const [made = { on: example.date, country: fin ?? 'AE' }, ...stops] = journey(example);
  const isMadeAbroad = example.leftRU !== null && fin === 'RU';
  const begin = isMadeAbroad ? { on: earliest, country: 'RU' } : made;
  const item = `${example.id.toLowerCase()}-ring`;
  const stone = {
    form: 'polished',
    weight: weighing(mct(example)),
    origin: originOf(mined),
    owner: teller.owner,
  };
  const where = at(begin.country);
  await teller.act('open-history', begin.on, { ...stone, basis: 'bought', ...where });
  const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_200, ...where };
  await teller.act('make-item', begin.on, ring, `/v1/jewellery/${item}`);
  await teller.act('set-stone', begin.on, { item, ...where });
  teller.begin('jewellery', item);
  for (const { on, country } of isMadeAbroad ? [made, ...stops] : stops)
    await teller.move(on, country);
}

/** Where goods that no event of the ledger made were last worked on. */
async function processed({ fin, hs, date }: Example, teller: Teller): Promise<void> {
  const operation = /(39|29|91)$/.test(hs) ? 'polished' : 'sawn';
  const paper = { kind: 'processing-record', country: fin, operation, on: '2021-01-01' };
  await teller.act('attach-evidence', date, { evidenceNo: 'EV-0', paper, document });
}

function papersOf(kind: string, { mined, fin, frm, locThird, leftRU, inEU }: Example) {
  const country = mined === '?' ? 'BW' : mined;
  const kimberley = (origin: object) => [
    { kind: 'kimberley-certificate', number: 'BW0012345', origin },
  ];
  switch (kind) {
    case 'KP':
    case 'KP_SINGLE':
    case 'NO_KP':
      return kimberley({ kind: 'single', country });
    case 'KP_LIST':
      return kimberley({ kind: 'mixed-listed', countries: [country, 'NA'] });
    case 'KP_MIXED':
      return kimberley({ kind: 'mixed-undisclosed' });
    case 'G7':
      return [{ kind: 'g7-certificate', number: 'G7-1' }];
    case 'DOC':
      return [{ kind: 'supplier-declaration', supplier: 'KGK' }];
    case 'DDS':
      return [{ kind: 'due-diligence-statement', signatory: 'J. Peeters' }];
    case 'GF': {
      if (inEU !== null) return [{ kind: 'location-proof', country: 'BE', from: inEU, to: inEU }];
      const there = fin === null || fin === 'RU' ? frm : fin;
      return [{ kind: 'location-proof', country: there, from: locThird ?? leftRU ?? '2021-01-01' }];
    }
    case 'SELF_LOOSE':
      return [{ kind: 'us-self-certification', statement: 'loose' }];
    case 'SELF_JEW':
      return [{ kind: 'us-self-certification', statement: 'jewellery' }];
    case 'SELF_GL103':
      return [{ kind: 'us-licence-statement', licence: 'GL103' }];
    case 'SELF_GL104':
      return [{ kind: 'us-licence-statement', licence: 'GL104' }];
    case 'ATTEST':
      return [{ kind: 'cbsa-attestation', signatory: 'M. Roy' }];
    case 'METI_CONF':
      return [{ kind: 'meti-confirmation', number: 'METI-1' }];
    case 'LICENCE':
      return [{ kind: 'licence', number: 'L-1', scope: 'loan to a museum' }];
    default:
      throw new Error(`no paper is called ${kind}`);
  }
}

type Teller = ReturnType<typeof tell>;

/** Acts on one thing after the other, by whoever holds it. */
function tell({ names, clients }: Hands, id: string) {
  let holder: 0 | 1 = 0;
  let path = `/v1/stones/${id}`;
  let position = '0';
  let isProcessed = false;
  return {
    act,
    move,
    part,
    begin,
    owner: names[0],
    get path() {
      return path;
    },
    get position() {
      return position;
    },
    get isProcessed() {
      return isProcessed;
    },
  };

  async function act(what: string, on: string, said: object, on2 = path): Promise<void> {
    const body = { at: { time: on, precision: 'day' }, ...said };
    const answer = await created(clients[holder].post(`${on2}/${what}`, body));
    position = answer.headers.get('adamant-position') ?? String(answer.body.position);
  }

  async function move(on: string, country: string): Promise<void> {
    const next = holder === 0 ? 1 : 0;
    await act('release-custody', on, { to: names[next], purpose: 'carriage' });
    holder = next;
    await act('accept-custody', on, { place: { country } });
  }

  function part(): void {
    path += '.1';
    isProcessed = true;
  }

  function begin(collection: 'parcels' | 'jewellery', named = id): void {
    path = `/v1/${collection}/${named}`;
    isProcessed = true;
  }
}
