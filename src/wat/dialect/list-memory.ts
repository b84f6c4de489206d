import type { ElementType } from './types.ts';

const SUFFIX: Readonly<Record<ElementType, string>> = { bool: '8_u', i32: '', i64: '', f64: '' };

/** The instruction that reads one item. */
export function loadOf(element: ElementType): string {
  return `${element === 'bool' ? 'i32' : element}.load${SUFFIX[element]}`;
}

/** The instruction that writes one item. */
export function storeOf(element: ElementType): string {
  return element === 'bool' ? 'i32.store8' : `${element}.store`;
}

/** The shift that makes a count of items one of bytes. */
export function shiftOf(element: ElementType): number {
  if (element === 'bool') return 0;
  return element === 'i32' ? 2 : 3;
}
