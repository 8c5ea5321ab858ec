/** What the service is put together from, by the names Nest injects them under. */
export const STORE = Symbol('store');
export const LEDGER = Symbol('ledger');
export const VIEWS = Symbol('views');
export const PROJECTING = Symbol('projecting');
export const CONFIG = Symbol('config');
export const LIVE = Symbol('live');
export const METRICS = Symbol('metrics');
export const CREDENTIALS = Symbol('credentials');
