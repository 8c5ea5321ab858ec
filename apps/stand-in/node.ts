import { createServer, type AddressInfo, type Socket } from 'node:net';
import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { StandInOptions } from '#apps/stand-in/options';

export type Service = readonly [ServiceDefinition, UntypedServiceImplementation];

/** One listening server. */
export type Node = Readonly<{
  port: number;
  /** Kills one connection, or all of them. */
  cut: (peer?: string) => void;
  /** Says GOAWAY on every connection; what runs may go on for so long. */
  goAway: (graceMs: number) => void;
  /** Kills every connection and stops listening. */
  kill: () => Promise<void>;
}>;

/** Kestrel's limit: a client's 101st call on a connection waits until another has ended. */
const streamsPerConnection = 100;

/** Listens on `port` of 127.0.0.1 (0: any free one). Throws what the system says if it cannot. */
export async function listen(
  port: number,
  tls: StandInOptions['tls'],
  services: readonly Service[],
): Promise<Node> {
  const server = new Server({
    'grpc.max_concurrent_streams': streamsPerConnection,
    'grpc.max_receive_message_length': 17 * 1024 * 1024,
  });
  for (const [definition, implementation] of services) {
    server.addService(definition, implementation);
  }
  const injector = server.createConnectionInjector(credentials(tls));
  const sockets = new Map<string, Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.on('close', () => sockets.delete(peer));
    socket.on('error', () => undefined);
    injector.injectConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, '127.0.0.1', resolve);
  });

  function cut(peer?: string): void {
    for (const [name, socket] of sockets) if (peer === undefined || name === peer) socket.destroy();
  }

  return {
    port: (listener.address() as AddressInfo).port,
    cut,
    goAway: (graceMs) => injector.drain(graceMs),
    async kill() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      cut();
      await closed;
      injector.destroy();
      server.forceShutdown();
    },
  };
}

function credentials(tls: StandInOptions['tls']): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  return ServerCredentials.createSsl(null, [pair], false);
}
