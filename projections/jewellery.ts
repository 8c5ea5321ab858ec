import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { claimOf } from '#projections/origin';
import type { OriginClaim } from '#projections/origin';
import { forgetId } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** A mark and the states that recognise it. */
export type ShownHallmark = Readonly<{
  country: string;
  mark: string;
  uin: string | null;
  cause: string;
  recognised: readonly Readonly<{ state: string; validFrom: string; verdict: string }>[];
}>;

/** A piece of jewellery as it stands; custody and title are told by their own views. */
export type JewelleryRow = Readonly<{
  id: string;
  status: 'made' | 'with-consumer' | 'broken-up';
  maker: string;
  description: string;
  metal: string;
  fineness: number;
  gross_mg: number;
  stones: readonly Readonly<{ stone: string; position: string | null }>[];
  melee_mct: number;
  hallmarks: readonly ShownHallmark[];
  /** Who declared which origin of all its stones, for what. */
  claims: readonly OriginClaim[];
  revision: number;
}>;

const rows: Table<JewelleryRow> = {
  name: 'jewellery',
  columns: {
    id: 'text',
    status: 'text',
    maker: 'text',
    description: 'text',
    metal: 'text',
    fineness: 'integer',
    gross_mg: 'integer',
    stones: 'json',
    melee_mct: 'integer',
    hallmarks: 'json',
    claims: 'json',
    revision: 'integer',
  },
  key: ['id'],
};

/** Every piece of jewellery: what is set in it and which marks it bears. */
export const jewellery: Projection = {
  name: 'jewellery',
  version: 2,
  tables: [rows],
  handles: [
    'JewelleryItemMade',
    'OriginDeclared',
    'StoneTakenIn',
    'MeleeTakenIn',
    'StoneLetGo',
    'ItemBrokenUp',
    'HallmarkApplied',
    'HallmarkReturned',
    'HallmarkRecognised',
    'RetailSold',
    'ReturnedByCustomer',
    'Repurchased',
  ],
  project,
  forget: forgetId('jewellery', rows),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { category, id = event.stream } = parseStream(event.stream) ?? {};
  if (category !== 'jewellery') return;
  if (event.type === 'JewelleryItemMade') {
    const { description, metal, fineness, grossMg } = event.data;
    return views.put(rows, {
      id,
      status: 'made',
      maker: event.meta.by,
      description,
      metal,
      fineness,
      gross_mg: grossMg,
      stones: [],
      melee_mct: 0,
      hallmarks: [],
      claims: [],
      revision: event.revision,
    });
  }
  const row = await views.get(rows, { id });
  if (row) views.put(rows, { ...row, ...changes(row, event), revision: event.revision });
}

function changes(row: JewelleryRow, event: Recorded<LedgerEvent>): Partial<JewelleryRow> {
  switch (event.type) {
    case 'OriginDeclared':
      return { claims: [...row.claims, claimOf(event)] };
    case 'StoneTakenIn': {
      const { stone, position = null } = event.data;
      return { stones: [...row.stones, { stone, position }] };
    }
    case 'MeleeTakenIn':
      return { melee_mct: row.melee_mct + event.data.content.weight.mct };
    case 'StoneLetGo':
      return { stones: row.stones.filter(({ stone }) => stone !== event.data.stone) };
    case 'ItemBrokenUp':
      return { status: 'broken-up', stones: [] };
    case 'HallmarkApplied': {
      const { country, mark, uin = null } = event.data;
      const struck = { country, mark, uin, cause: event.meta.id, recognised: [] };
      return { hallmarks: [...row.hallmarks, struck] };
    }
    case 'HallmarkReturned':
      return { hallmarks: row.hallmarks.filter(({ cause }) => cause !== event.data.cause) };
    case 'HallmarkRecognised': {
      const { state, markCountry, validFrom, judgement } = event.data;
      const one = { state, validFrom, verdict: judgement.verdict };
      return {
        hallmarks: row.hallmarks.map((mark) =>
          mark.country === markCountry ? { ...mark, recognised: [...mark.recognised, one] } : mark,
        ),
      };
    }
    case 'RetailSold':
      return { status: 'with-consumer' };
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return { status: 'made' };
    default:
      return {};
  }
}

export async function itemOf(views: ViewReader, id: string): Promise<JewelleryRow | undefined> {
  return views.get(rows, { id });
}
