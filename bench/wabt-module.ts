import loadWabt from 'wabt';

/** The module that wabt itself runs, compiled C++, taken when it is instantiated. */
export async function captureWabtModule(): Promise<Uint8Array<ArrayBuffer>> {
  const { instantiate } = WebAssembly;
  let captured: Uint8Array<ArrayBuffer> | null = null;
  const capturing = async (bytes: ArrayBuffer, imports: WebAssembly.ImportObject) => {
    captured = new Uint8Array(bytes.slice(0));
    return instantiate(new Uint8Array(bytes), imports);
  };
  Object.assign(WebAssembly, { instantiate: capturing });
  try {
    await loadWabt();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
  if (captured === null) throw new Error('wabt did not instantiate a module');
  return captured;
}
