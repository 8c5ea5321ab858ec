import type { Random } from '#apps/cli/generate/random';
import type { When } from '#events/event';
import type { PartyRole, Weight } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import type { LedgerCommand } from '#libs/ledger/ledger-command';

/** Who turns up here besides those of the pipeline. */
export const workshopRoles = {
  goldsmith: ['jeweller'],
  'assay-office': ['authority'],
} as const satisfies Readonly<Record<string, readonly PartyRole[]>>;

type Of = keyof typeof workshopRoles;

const stones = ['brilliant-0', 'brilliant-1', 'brilliant-2'];
const items = ['ring-0', 'ring-1'];
const boxes = ['box-0', 'box-1', 'box-2'];
const uins = ['6431000000000001', '6431000000000002'];
const weight: Weight = { mct: 1000, qualifier: 'eq', basis: 'weighed' };
const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;

/** What the goldsmith has to begin with: polished stones, and settings without a stone. */
export function workshopBeginnings(now: string, id: (n: number) => string): LedgerCommand[] {
  const meta = (n: number) => metaOf('goldsmith', id(n), now);
  return [
    ...stones.map((stone, n) => opened(stone, meta(n))),
    ...items.map((item, n) => made(item, meta(stones.length + n))),
  ];
}

/**
 * An act whose effect is on another stream, where it may be refused: the same stone is set in two
 * rings, sent in two boxes, or both, and two rings want one number.
 */
export function workshopCommand(random: Random, id: string, now: string): LedgerCommand {
  const stone = random.pick(stones);
  const item = random.pick(items);
  const box = random.pick(boxes);
  const smith = metaOf('goldsmith', id, now);
  switch (random.int(0, 7)) {
    case 0:
    case 1:
    case 2:
      return { category: 'stone', id: stone, command: { type: 'SetStone', item, meta: smith } };
    case 3:
      return {
        category: 'jewellery',
        id: item,
        command: { type: 'LetStoneGo', stone, meta: smith },
      };
    case 4: {
      const meta = metaOf('assay-office', id, now);
      const uin = random.pick(uins);
      const command = { type: 'ApplyHallmark', fineness: 585, mark: 'mark', uin, meta } as const;
      return { category: 'jewellery', id: item, command };
    }
    case 5:
    case 6: {
      const goods = [{ stream: `stone-${stone}`, hs: '710239', mct: weight.mct }];
      const way = { consignee: 'dealer', from: 'BE', to: 'AE', parcels: 1, goods } as const;
      const command = { type: 'CreateShipment', ...way, meta: smith } as const;
      return { category: 'shipment', id: box, command };
    }
    default:
      return { category: 'shipment', id: box, command: { type: 'UnpackShipment', meta: smith } };
  }
}

function opened(id: string, meta: CommandMeta): LedgerCommand {
  const known = { form: 'polished', weight, origin, owner: 'goldsmith', basis: 'stock' } as const;
  const command = { type: 'OpenHistory', ...known, meta } as const;
  return { category: 'stone', id, command };
}

function made(id: string, meta: CommandMeta): LedgerCommand {
  const ring = { description: 'a ring', metal: 'gold', fineness: 585, grossMg: 4000 } as const;
  return { category: 'jewellery', id, command: { type: 'MakeItem', ...ring, meta } };
}

function metaOf(by: Of, id: string, now: string): CommandMeta {
  const at: When = { time: now, precision: 'instant' };
  return { id, by, roles: workshopRoles[by], now, at };
}
