/** For how many milliseconds a service asks not to be asked again; null where it does not say. */
export function retryAfterMs(headers: Headers): number | null {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds > 0) return milliseconds;
  const text = headers.get('retry-after') ?? '';
  const seconds = Number.parseFloat(text);
  const wait = Number.isNaN(seconds) ? untilDate(text, headers.get('date') ?? '') : seconds * 1_000;
  return wait > 0 ? wait : null;
}

/** By the clock of the service, so that a wrong one here changes nothing. */
function untilDate(date: string, now: string): number {
  return Date.parse(date) - Date.parse(now);
}
