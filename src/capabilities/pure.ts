import { array } from './array.ts';
import { base64 } from './base64.ts';
import type { Capability, GuestContext } from './capability.ts';
import { core } from './core.ts';
import { csv } from './csv.ts';
import { debug } from './debug.ts';
import { hash } from './hash.ts';
import { hex } from './hex.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { language } from './language.ts';
import { markdown } from './markdown.ts';
import { number } from './number.ts';
import { regex } from './regex.ts';
import { string } from './string.ts';
import { time } from './time.ts';
import { url } from './url.ts';
import { xml } from './xml.ts';

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
  hash,
  base64,
  hex,
  url,
  html,
  xml,
  csv,
  markdown,
  debug,
];
