const DISCORD_EPOCH = 1_420_070_400_000n;
const SEQUENCE_BITS = 22n;
const SEQUENCES = 4096n;

/** Makes ids as Discord does: the time in the upper bits, so that they sort by age; no two alike. */
export function createSnowflakes(now: () => number): () => string {
  let sequence = 0n;
  return () => {
    sequence = (sequence + 1n) % SEQUENCES;
    return (((BigInt(now()) - DISCORD_EPOCH) << SEQUENCE_BITS) | sequence).toString();
  };
}
