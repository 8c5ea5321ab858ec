import type { Recorded } from '#events/event';
import type { CertificateEvent } from '#events/certificate';
import type { JewelleryEvent } from '#events/jewellery';
import type { ParcelEvent } from '#events/parcel';
import type { PartyEvent } from '#events/party';
import type { ReliedOn } from '#events/relied-on';
import type { StoneEvent } from '#events/stone';
import type { ShipmentEvent } from '#events/shipment';
import {
  certificateId,
  certificateStream,
  parseStream,
  partyStream,
  shipmentStream,
} from '#events/streams';
import { certificate } from '#libs/certificate/certificate';
import type { Certificate } from '#libs/certificate/certificate-state';
import { fold } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import type { FlagKnown } from '#libs/flag/flag-command';
import { jewellery } from '#libs/jewellery/jewellery';
import { reachedBy } from '#libs/ledger/contest-follow';
import { goodsKnown } from '#libs/ledger/goods-known';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import { deciderOf, streamOf } from '#libs/ledger/ledger-command';
import { parcel } from '#libs/parcel/parcel';
import type { Parcel } from '#libs/parcel/parcel-state';
import { party } from '#libs/party/party';
import { shipment } from '#libs/shipment/shipment';
import type { GoodsKnown } from '#libs/shipment/shipment-command';
import { stone } from '#libs/stone/stone';
import type { Stone } from '#libs/stone/stone-state';
import type { RecordedEvent } from '#libs/store/store';

/** A stream's history, as it is now or as it was when the same command was decided before. */
export type Read = (stream: string) => Promise<readonly RecordedEvent[]>;

/** The flag of an id that the events raise by the day, if they do. */
export type FindFlag = (
  id: string,
  events: readonly RecordedEvent[],
  day: string,
) => Promise<FlagKnown>;

/**
 * The command with what its decider must know of other streams, and at which revision of each. A
 * decider reads nothing itself; what it relied on is recorded with what it decided.
 */
export async function lookUp(
  asked: DecidedCommand,
  read: Read,
  flagIn: FindFlag,
): Promise<DecidedCommand> {
  const { category, command } = asked;
  const reliedOn: ReliedOn[] = [];
  switch (category) {
    case 'certificate': {
      if (command.type === 'UseCertificate' || command.type === 'SuspectForgery') return asked;
      const country = await countryOf(command.meta.by);
      const known = { country, reliedOn };
      if (command.type !== 'ReplaceCertificate') return withKnown(known);
      const replacement = await certificateOf(command.replacement);
      return withKnown({ ...known, replaces: replacement?.paper?.replaces ?? null });
    }
    case 'shipment':
      switch (command.type) {
        case 'CreateShipment': {
          const goods = await goodsOf(command.goods.map(({ stream }) => stream));
          return withKnown({ goods, reliedOn });
        }
        case 'AttachCertificate':
          return withKnown({ certificate: await certificateOf(command.number), reliedOn });
        case 'DispatchShipment': {
          const state = await shipmentOf(asked.id);
          const goods = await goodsOf(state?.goods.map(({ stream }) => stream) ?? [], asked.id);
          const attached = await certificateOf(state?.certificate ?? null);
          return withKnown({ certificate: attached, goods, shipment: asked.id, reliedOn });
        }
        case 'UnpackShipment': {
          const state = await shipmentOf(asked.id);
          const goods = await goodsOf(state?.goods.map(({ stream }) => stream) ?? [], asked.id);
          return withKnown({ goods, shipment: asked.id, reliedOn });
        }
        case 'ArriveShipment': {
          const state = await shipmentOf(asked.id);
          const attached = await certificateOf(state?.certificate ?? null);
          return withKnown({ certificate: attached, reliedOn });
        }
        default:
          return asked;
      }
    case 'jewellery':
      if (command.type !== 'ApplyHallmark' && command.type !== 'RecogniseHallmark') return asked;
      return withKnown({ country: await countryOf(command.meta.by), reliedOn });
    case 'flag': {
      const events: RecordedEvent[] = [];
      for (const stream of new Set(command.streams)) {
        if (parseStream(stream)) events.push(...(await seen<RecordedEvent>(stream)));
      }
      events.sort((a, b) => (a.position < b.position ? -1 : 1));
      return withKnown({
        flag: await flagIn(asked.id, events, daysOf(command.meta.at).last),
        reliedOn,
      });
    }
    case 'stone':
    case 'parcel': {
      if (command.type === 'DesignateUnique') {
        return withKnown({ country: await countryOf(command.meta.by), reliedOn });
      }
      if (command.type === 'OfferToState') {
        return withKnown({ country: await stateOf(command.to), reliedOn });
      }
      if (command.type !== 'ResolveOriginContest' || command.outcome !== 'upheld') return asked;
      const history = await read(streamOf(asked));
      const { holding } = (fold(deciderOf(category), history) ?? {}) as Partial<Stone | Parcel>;
      const count = reachedBy(history, holding?.contests ?? [], command.contestNo);
      const reached = count > 0 ? count : undefined;
      return { ...asked, command: { ...command, reached } } as unknown as DecidedCommand;
    }
    case 'party':
    case 'report':
    case 'rulebook':
      return asked;
  }

  /** The types of command and knowledge belong together; the cases above are the one place. */
  function withKnown(known: object): DecidedCommand {
    return { ...asked, command: { ...command, known } } as unknown as DecidedCommand;
  }

  async function seen<E>(stream: string): Promise<readonly E[]> {
    const history = await read(stream);
    reliedOn.push({ stream, revision: history.length - 1 });
    return history as unknown as readonly E[];
  }

  async function countryOf(id: string): Promise<string> {
    return fold(party, await seen<Recorded<PartyEvent>>(partyStream(id)))?.country ?? '';
  }

  /** The state that an authority is of; nobody else is of one. */
  async function stateOf(id: string): Promise<string | null> {
    const state = fold(party, await seen<Recorded<PartyEvent>>(partyStream(id)));
    return state?.roles.includes('authority') ? state.country : null;
  }

  async function certificateOf(number: string | null): Promise<Certificate | null> {
    if (number === null) return null;
    const stream = certificateStream(certificateId(number));
    if (!parseStream(stream)) return null;
    return fold(certificate, await seen<Recorded<CertificateEvent>>(stream));
  }

  /** The shipment's own stream: the decider folds it too, so it is nothing to rely on. */
  async function shipmentOf(id: string) {
    const history = await read(shipmentStream(id));
    return fold(shipment, history as readonly Recorded<ShipmentEvent>[]);
  }

  async function goodsOf(
    streams: readonly string[],
    packedIn?: string,
  ): Promise<readonly GoodsKnown[]> {
    const found: GoodsKnown[] = [];
    for (const stream of new Set(streams)) {
      const goods = await oneOf(stream, packedIn);
      if (goods) found.push(goods);
    }
    return found;
  }

  async function oneOf(stream: string, packedIn?: string): Promise<GoodsKnown | undefined> {
    const asking = { by: command.meta.by, packedIn };
    switch (parseStream(stream)?.category) {
      case 'stone': {
        const state = fold(stone, await seen<Recorded<StoneEvent>>(stream));
        return state ? goodsKnown.stone(stream, state, asking) : undefined;
      }
      case 'parcel': {
        const state = fold(parcel, await seen<Recorded<ParcelEvent>>(stream));
        return state ? goodsKnown.parcel(stream, state, asking) : undefined;
      }
      case 'jewellery': {
        const state = fold(jewellery, await seen<Recorded<JewelleryEvent>>(stream));
        return state?.kind === 'item' ? goodsKnown.item(stream, state, asking) : undefined;
      }
      default:
        return undefined;
    }
  }
}

/**
 * Reads other streams as they stood when `recorded` was decided: what it relied on is in it. A
 * stream it does not name is the command's own.
 */
export function asReliedOn(recorded: RecordedEvent, read: Read): Read {
  const { reliedOn = [] } = recorded.data as Readonly<{ reliedOn?: readonly ReliedOn[] }>;
  return async (stream) => {
    const history = await read(stream);
    const until = reliedOn.find((each) => each.stream === stream)?.revision ?? -1;
    const last = stream === recorded.stream ? recorded.revision - 1 : until;
    return history.filter(({ revision }) => revision <= last);
  };
}
