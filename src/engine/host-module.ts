/** The module of the imports that the meter adds. No program may import from it itself. */
export const HOST_MODULE = 'wattle';

/** Asked when an empty counter is found: `(i64 left) -> (i64 left)`. */
export const HOST_FUNCTION = 'refuel';

/** Called when calls are too deep: `() -> ()`, which must throw. */
export const EXHAUSTED_FUNCTION = 'exhausted';

/** The name under which the engine has the counter exported. */
export const COUNTER_EXPORT = 'wattle.fuel';
