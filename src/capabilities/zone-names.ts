import { normalOffset } from './time-fields.ts';

const AREAS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Pacific', 'Atlantic', 'Indian'];
/** Letters that mean one offset; not IST and BST, which mean several. */
const OFFSETS: ReadonlyMap<string, string> = new Map([
  ['est', '-05:00'],
  ['edt', '-04:00'],
  ['cst', '-06:00'],
  ['cdt', '-05:00'],
  ['mst', '-07:00'],
  ['mdt', '-06:00'],
  ['pst', '-08:00'],
  ['pdt', '-07:00'],
  ['cet', '+01:00'],
  ['cest', '+02:00'],
  ['eest', '+03:00'],
  ['jst', '+09:00'],
  ['aest', '+10:00'],
  ['aedt', '+11:00'],
]);
/** Places that people name and the database of zones does not: each zone, and who keeps its time. */
const PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'America/New_York': 'et, eastern, nyc, boston, washington, miami, atlanta, philadelphia',
    'America/Chicago': 'ct, central, dallas, houston, austin',
    'America/Denver': 'mt, mountain',
    'America/Los_Angeles': 'pt, pacific, la, sf, san francisco, seattle, portland, san diego, las vegas',
    'America/Toronto': 'ottawa, montreal',
    'America/Sao_Paulo': 'são paulo, rio de janeiro, brasilia',
    'Europe/Berlin': 'germany, munich, münchen, hamburg, frankfurt, cologne, köln, stuttgart',
    'Europe/Zurich': 'switzerland, zürich, geneva, bern, basel',
    'Europe/Vienna': 'austria, wien',
    'Europe/London': 'uk, england, manchester, edinburgh',
    'Europe/Paris': 'france, lyon',
    'Europe/Madrid': 'spain, barcelona',
    'Europe/Rome': 'italy, milan',
    'Europe/Amsterdam': 'netherlands, the hague, rotterdam',
    'Asia/Kolkata': 'india, mumbai, delhi, new delhi, bangalore, bengaluru, chennai, hyderabad, pune',
    'Asia/Shanghai': 'china, beijing, shenzhen',
    'Asia/Tokyo': 'osaka, kyoto',
    'Asia/Dubai': 'abu dhabi',
    'Asia/Jerusalem': 'tel aviv',
  }).flatMap(([zone, places]) => places.split(', ').map((place) => [place, zone] as const)),
);

/** The offset of a zone's usual letters in any case, as `+02:00`; undefined for letters that are none. */
export function offsetOfLetters(letters: string): string | undefined {
  return OFFSETS.get(letters.toLowerCase());
}

/**
 * What a zone may be called in the database, likeliest first, from how people call it: Berlin, new york, PST, UTC+2. What
 * stands behind a comma is the country of a city.
 */
export function zoneCandidates(zone: string): readonly string[] {
  const [place = ''] = zone.split(',', 1);
  const name = place.trim().replace(/\s+time$/i, '');
  const known = PLACES.get(name.toLowerCase()) ?? offsetOfLetters(name) ?? normalOffset(name);
  if (known !== null) return [known];
  const city = name.replace(/\s+/g, '_');
  return [city, ...AREAS.map((area) => `${area}/${city}`)];
}
