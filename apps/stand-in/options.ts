/** How a stand-in is started. */
export type StandInOptions = Readonly<{
  /** Port of the first node, the others follow; absent or 0: any free ones. */
  port?: number;
  /** The file that keeps the log; absent: it lives in memory. */
  data?: string;
  /** Nodes that share the log; the first leads. Default 1. */
  nodes?: number;
  /** PEM texts; absent: no TLS. */
  tls?: Readonly<{ cert: string; key: string }>;
  /** When given, every call needs them; clients send credentials over TLS only. */
  credentials?: Readonly<{ username: string; password: string }>;
  /** Most bytes of one append (data, metadata and twice the type). Default 1 MiB. */
  maxAppendSize?: number;
  /** How many event ids `any` and `stream_exists` remember. Default 50 000. */
  rememberedIds?: number;
  /** After how many appends the server writes a statistics event of its own. Default 64. */
  statisticsEvery?: number;
  /** Milliseconds since 1970. Default the system's clock. */
  now?: () => number;
}>;
