// Reads what page/tools/embed.mjs has packed. It stands in the loader of the page's script too, so it imports
// nothing.

/** Five signs for four bytes, then gzip. */
export async function unpack(packed: string): Promise<ArrayBuffer> {
  const start = packed.indexOf(" ") + 1;
  const bytes = new Uint8Array(Math.ceil((packed.length - start) / 5) * 4);
  for (let i = start, j = 0; i < packed.length; j += 4) {
    let v = 0;
    for (let k = 0; k < 5; k++) {
      const sign = packed.charCodeAt(i++);
      v = v * 85 + sign - 35 - Number(sign > 60) - Number(sign > 92);
    }
    bytes[j] = v >>> 24;
    bytes[j + 1] = v >>> 16;
    bytes[j + 2] = v >>> 8;
    bytes[j + 3] = v;
  }
  const stream = new Blob([bytes.subarray(0, Number(packed.slice(0, start)))]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
