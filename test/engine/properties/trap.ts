/** What ends a program in the interpreter, with V8's message for it. */
export class Trap extends Error {}
