/** Stands where the SDK wants a key. A local server asks for none, and Anthropic's must not reach it. */
export const LOCAL_KEY = 'local';
