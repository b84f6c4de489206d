import { argv } from './argv.ts';
import { abs, add, divide, max, min, multiply, remainder, subtract } from './arithmetic.ts';
import { letForm, setForm } from './bindings.ts';
import { casts } from './casts.ts';
import { catchForm, defaultForm } from './catch.ts';
import { comparisons } from './comparisons.ts';
import { doForm, ifForm } from './conditionals.ts';
import { each } from './each.ts';
import { check, fail, resv } from './endings.ts';
import { format } from './format.ts';
import { list, object } from './json-building.ts';
import { and, not, or } from './logic.ts';
import { breakForm, continueForm, forForm, whileForm } from './loops.ts';
import { at, len, newForm, put } from './places.ts';
import type { Form } from './scope.ts';

/** Every form of the dialect, in the order of the docs. */
const ALL: readonly Form[] = [
  letForm,
  setForm,
  format,
  ifForm,
  doForm,
  forForm,
  whileForm,
  each,
  breakForm,
  continueForm,
  ...[add, subtract, multiply, divide, remainder, min, max, abs],
  ...comparisons,
  ...[and, or, not],
  ...casts,
  catchForm,
  defaultForm,
  fail,
  check,
  ...[object, list],
  ...[newForm, at, put, len],
  resv,
  argv,
];

export const FORMS: ReadonlyMap<string, Form> = new Map(ALL.map((form) => [form.name, form]));
