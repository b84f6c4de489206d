export interface RateLimit {
  /** Requests of one route in one channel, guild or webhook. */
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateState {
  readonly isAllowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

interface Bucket {
  used: number;
  resetsAt: number;
}

/** Counts requests per bucket and tells of it in Discord's headers. */
export class RateLimits {
  readonly #rate: RateLimit;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: RateLimit, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Counts one request. `major` is the channel or webhook that the limit is for. */
  take(route: string, major: string): RateState {
    const { limit } = this.#rate;
    const bucket = this.#bucketOf(`${route} ${major}`);
    const isAllowed = bucket.used < limit;
    if (isAllowed) bucket.used += 1;
    const resetAfter = Math.max(0, bucket.resetsAt - this.#now()) / 1000;
    return {
      isAllowed,
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - bucket.used),
        'x-ratelimit-reset-after': String(resetAfter),
        'x-ratelimit-reset': String(bucket.resetsAt / 1000),
        'x-ratelimit-bucket': Buffer.from(route).toString('hex').slice(0, 32),
        ...(isAllowed ? {} : { 'retry-after': String(resetAfter), 'x-ratelimit-scope': 'user' }),
      },
    };
  }

  #bucketOf(key: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(key);
    if (known !== undefined && known.resetsAt > now) return known;
    const fresh = { used: 0, resetsAt: now + this.#rate.windowMs };
    this.#buckets.set(key, fresh);
    return fresh;
  }
}
