import { afterAll, beforeAll, describe } from '@jest/globals';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import { openStore } from '#libs/store/open-store';
import { behavesLikeAnEventStore } from '#test/contract/event-store';
import { findsCorrections } from '#test/contract/event-store-corrections';
import { agreesWithTheModel } from '#test/contract/event-store-model';
import { withNewPrefix } from '#test/support/eventstoredb';

const real = process.env['TEST_EVENTSTORE_URL'];

let standIn: StandIn | undefined;

/** A server cannot be emptied: each ledger has a prefix of its own. */
const open = () =>
  openStore(withNewPrefix(real ?? standIn?.url ?? ''), { ledger: 'test.example/log' });

beforeAll(async () => {
  if (!real) standIn = await startStandIn();
});
afterAll(() => standIn?.stop());

describe(`the eventstoredb event store on ${real ? 'a real server' : 'the stand-in'}`, () => {
  behavesLikeAnEventStore(open);
  agreesWithTheModel(open);
  findsCorrections(open);
});
