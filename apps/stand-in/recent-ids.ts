export type Recorded = Readonly<{ stream: string; revision: number }>;

/** The server's memory for `any`: the newest ids only, gone after a restart. */
export type RecentIds = Readonly<{
  find: (id: string) => Recorded | undefined;
  add: (id: string, recorded: Recorded) => void;
  forget: () => void;
}>;

export function recentIds(most: number): RecentIds {
  const ids = new Map<string, Recorded>();
  return {
    find: (id) => ids.get(id),
    add(id, recorded) {
      ids.delete(id);
      ids.set(id, recorded);
      if (ids.size <= most) return;
      for (const [oldest] of ids) {
        ids.delete(oldest);
        return;
      }
    },
    forget: () => ids.clear(),
  };
}
