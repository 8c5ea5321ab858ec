/** One level of a tiled log: `hashes` in `full` tiles of 256 and, when not 0, one of `partial`. */
export type TileLevel = Readonly<{
  level: number;
  hashes: number;
  full: number;
  partial: number;
}>;

export type TiledLog = Readonly<{
  levels: readonly TileLevel[];
  tiles: number;
  /** Bytes of all hash tiles. */
  tileBytes: number;
  /** Entry bundles, each with the leaves of one tile of level 0. */
  bundles: number;
  /** Bytes of all bundles before compression. */
  bundleBytes: number;
  /** Hashes in the longest inclusion proof. */
  proof: number;
}>;

const width = 256;
const hashBytes = 32;

/** The length that stands before every entry of a bundle. */
const lengthBytes = 2;

/**
 * What a C2SP tlog-tiles log (https://c2sp.org/tlog-tiles) of `leaves` takes: level l holds
 * floor(leaves / 256^l) hashes, as only full tiles are hashed upwards; an empty tile is not stored.
 */
export function tiledLog(leaves: number, leafBytes: number): TiledLog {
  const levels: TileLevel[] = [];
  for (let hashes = leaves; hashes > 0; hashes = Math.floor(hashes / width)) {
    const full = Math.floor(hashes / width);
    levels.push({ level: levels.length, hashes, full, partial: hashes % width });
  }
  const tilesOf = ({ full, partial }: TileLevel) => full + Math.sign(partial);
  return {
    levels,
    tiles: sum(levels.map(tilesOf)),
    tileBytes: sum(levels.map(({ hashes }) => hashes * hashBytes)),
    bundles: levels[0] ? tilesOf(levels[0]) : 0,
    bundleBytes: leaves * (leafBytes + lengthBytes),
    proof: leaves < 2 ? 0 : Math.ceil(Math.log2(leaves)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
