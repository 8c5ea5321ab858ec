import { hubByUnlocode } from '#libs/reference/hubs';
import { mineById } from '#libs/reference/mines';

/** A point on the Earth, and how far from it the place may really be. */
export type Point = Readonly<{ name: string; lat: number; lon: number; withinKm: number }>;

/** A hub reaches as far as its city does. */
const cityKm = 30;

/** Where a place of the trade is, as far as the reference data tells: by mine or by UN/LOCODE. */
export function pointOf(
  place: Readonly<{ mineId?: string; unlocode?: string }> | undefined,
): Point | undefined {
  if (place?.mineId !== undefined) {
    const mine = mineById(place.mineId);
    if (!mine?.coordinates) return undefined;
    const { precisionKm: withinKm, ...at } = mine.coordinates;
    return { name: mine.name, ...at, withinKm };
  }
  const hub = place?.unlocode === undefined ? undefined : hubByUnlocode(place.unlocode);
  return hub && { name: hub.name, ...hub.coordinates, withinKm: cityKm };
}

const earthKm = 6371;

/** The way along the great circle in km, less how far each place may really be from its point. */
export function leastKmBetween(a: Point, b: Point): number {
  const [latA, latB] = [radians(a.lat), radians(b.lat)];
  const [dLat, dLon] = [latB - latA, radians(b.lon - a.lon)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin(dLon / 2) ** 2;
  const km = 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
  return Math.max(0, km - a.withinKm - b.withinKm);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
