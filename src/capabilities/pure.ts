import { array } from './array.ts';
import type { Capability, GuestContext } from './capability.ts';
import { core } from './core.ts';
import { debug } from './debug.ts';
import { json } from './json.ts';
import { language } from './language.ts';
import { number } from './number.ts';
import { regex } from './regex.ts';
import { string } from './string.ts';
import { time } from './time.ts';

/** The capabilities that run in the worker beside the program. Nothing here may reach network or disk. */
export const pureCapabilities: readonly Capability<GuestContext>[] = [
  core,
  language,
  string,
  json,
  array,
  number,
  regex,
  time,
  debug,
];
