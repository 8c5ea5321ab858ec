import { randomUUID } from 'node:crypto';
import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteResp,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';

let standIn: StandIn;
let client: streamServices.StreamsClient;

const empty = () => new shared.Empty();
const named = (stream: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

beforeEach(async () => {
  standIn = await startStandIn();
  const { StreamsClient } = streamServices;
  client = new StreamsClient(`127.0.0.1:${standIn.port}`, credentials.createInsecure());
  const data = Buffer.from('{}');
  const id = '0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
  const event = { id, type: 'Happened', json: true, data, metadata: Buffer.alloc(0) };
  await standIn.log.append('stone-1', 'no_stream', [event]);
});

afterEach(async () => {
  client.close();
  await standIn.stop();
});

/** One unary append of one event. */
async function append(
  options: InstanceType<typeof streams.AppendReq.Options>,
  metadata: Readonly<Record<string, string>> = { type: 'Happened', 'content-type': 'x/y' },
): Promise<AppendResp> {
  return new Promise((resolve, reject) => {
    const call = client.append((error, response) => (error ? reject(error) : resolve(response)));
    const message = new streams.AppendReq.ProposedMessage();
    message.setId(new shared.UUID().setString(randomUUID()));
    for (const [name, value] of Object.entries(metadata)) message.getMetadataMap().set(name, value);
    call.write(new streams.AppendReq().setOptions(options));
    call.write(new streams.AppendReq().setProposedMessage(message));
    call.end();
  });
}

/** The first answer to these requests on one batch call. */
async function batch(...requests: readonly BatchAppendReq[]): Promise<BatchAppendResp> {
  const call = client.batchAppend(new Metadata());
  call.on('error', () => undefined);
  for (const request of requests) call.write(request);
  const [response] = await new Promise<[BatchAppendResp]>((resolve) =>
    call.once('data', (data: BatchAppendResp) => resolve([data])),
  );
  call.cancel();
  return response;
}

function batchRequest(
  fill: (options: InstanceType<typeof streams.BatchAppendReq.Options>) => void,
) {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(named('stone-1'));
  fill(options);
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(randomUUID()))
    .setOptions(options)
    .setIsFinal(true);
}

describe('a lost race', () => {
  it('is a response of the unary append, with the fields of old clients', async () => {
    const options = new streams.AppendReq.Options().setStreamIdentifier(named('stone-1'));
    const response = await append(options.setRevision('7'));
    expect(response.getWrongExpectedVersion()?.toObject()).toMatchObject({
      currentRevision: '0',
      expectedRevision: '7',
      currentRevision2060: 0,
      expectedRevision2060: 7,
    });
    const missing = new streams.AppendReq.Options().setStreamIdentifier(named('stone-2'));
    const other = await append(missing.setStreamExists(empty()));
    expect(other.getWrongExpectedVersion()?.hasCurrentNoStream()).toBe(true);
    expect(other.getWrongExpectedVersion()?.hasExpectedStreamExists()).toBe(true);
  });

  it('is a status with packed details of the batch append', async () => {
    const response = await batch(batchRequest((o) => o.setNoStream(new empties.Empty())));
    const status = response.getError();
    expect(status?.getCode()).toBe(6);
    expect(status?.getDetails()?.getTypeUrl()).toBe(
      'type.googleapis.com/event_store.client.WrongExpectedVersion',
    );
    const name = response.getStreamIdentifier()?.getStreamName_asU8();
    expect(Buffer.from(name ?? []).toString()).toBe('stone-1');
  });

  it('is trailers of a delete', async () => {
    const options = new streams.DeleteReq.Options().setStreamIdentifier(named('stone-2'));
    const request = new streams.DeleteReq().setOptions(options.setRevision('3'));
    const error = await new Promise<ServiceError | DeleteResp>((resolve) =>
      client.delete(request, (failed, response) => resolve(failed ?? response)),
    );
    expect(error).toMatchObject({ code: 9 });
    expect((error as ServiceError).metadata.getMap()).toMatchObject({
      exception: 'wrong-expected-version',
      'stream-name': 'stone-2',
      'expected-version': '3',
      'actual-version': '',
    });
  });
});

describe('an append', () => {
  it('without a type is refused by trailers', async () => {
    const options = new streams.AppendReq.Options().setStreamIdentifier(named('stone-1'));
    const refused = append(options.setAny(empty()), { type: 'Happened' });
    await expect(refused).rejects.toMatchObject({ code: 3 });
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect((error as ServiceError).metadata.getMap()).toMatchObject({
      exception: 'missing-required-metadata-property',
    });
  });

  it('whose deadline has passed times out and is not stored', async () => {
    const response = await batch(
      batchRequest((o) =>
        o.setAny(new empties.Empty()).setDeadline(timestamps.Timestamp.fromDate(new Date(0))),
      ),
    );
    expect(response.getError()?.getMessage()).toBe('Timeout');
    expect(standIn.traffic().appends).toBe(0);
  });

  it('whose last message does not come times out', async () => {
    const deadline = timestamps.Timestamp.fromDate(new Date(Date.now() + 100));
    const request = batchRequest((o) => o.setAny(new empties.Empty()).setDeadline(deadline));
    const response = await batch(request.setIsFinal(false));
    expect(response.getError()?.getDetails()?.getTypeName()).toBe('event_store.client.Timeout');
  });

  it('that expects nothing is a bad request', async () => {
    const response = await batch(batchRequest(() => undefined));
    expect(response.getError()?.getCode()).toBe(3);
  });
});

describe('the server', () => {
  it('tells its version in three parts and its methods in small letters', async () => {
    const { ServerFeaturesClient } = featureServices;
    const other = new ServerFeaturesClient(
      `127.0.0.1:${standIn.port}`,
      credentials.createInsecure(),
    );
    const features = await new Promise<SupportedMethods>((resolve, reject) =>
      other.getSupportedMethods(empty(), (error, answer) =>
        error ? reject(error) : resolve(answer),
      ),
    );
    other.close();
    expect(features.getEventStoreServerVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    const methods = features.toObject().methodsList;
    expect(methods).toContainEqual({
      methodName: 'batchappend',
      serviceName: 'event_store.client.streams.streams',
      featuresList: ['deadline_duration'],
    });
    expect(
      methods.every(({ methodName: m, serviceName: s }) => m + s === (m + s).toLowerCase()),
    ).toBe(true);
  });

  it('gives ids as two numbers to who asks for them so', async () => {
    const from = new streams.ReadReq.Options.StreamOptions();
    const uuids = new streams.ReadReq.Options.UUIDOption().setStructured(empty());
    const options = new streams.ReadReq.Options()
      .setStream(from.setStreamIdentifier(named('stone-1')).setStart(empty()))
      .setCount('1')
      .setNoFilter(empty())
      .setUuidOption(uuids);
    const call = client.read(new streams.ReadReq().setOptions(options));
    const ids: unknown[] = [];
    for await (const response of call) {
      const id = (response as ReadResp).getEvent()?.getEvent()?.getId()?.getStructured();
      ids.push(id?.toObject());
    }
    expect(ids).toEqual([
      {
        mostSignificantBits: BigInt.asIntN(64, 0x0197a1b2c3d47e5fn).toString(),
        leastSignificantBits: BigInt.asIntN(64, 0x8a9b0c1d2e3f4a5bn).toString(),
      },
    ]);
  });
});
