// The engine's one door, from JavaScript: in a page's worker, in node, in tests. The module is what
// entente.js makes of entente.wasm; wasm/door.c says what the blocks hold.
const utf8 = new TextEncoder();
const text = new TextDecoder("utf-8", { ignoreBOM: true });
const ABSENT = 0xffffffff;

/** The fields as one block: length in four bytes, bytes, NUL; null is absent. */
function blockOf(fields) {
  const parts = fields.map((f) => (f === null || f === undefined ? null : typeof f === "string" ? utf8.encode(f) : f));
  const block = new Uint8Array(parts.reduce((sum, p) => sum + 4 + (p ? p.length + 1 : 0), 0));
  const view = new DataView(block.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part ? part.length : ABSENT, true);
    at += 4;
    if (part) {
      block.set(part, at);
      at += part.length + 1;
    }
  }
  return block;
}

function reader(block) {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  let at = 0;
  const next = () => {
    const length = view.getUint32(at, true);
    at += 4;
    if (length === ABSENT) return null;
    const field = text.decode(block.subarray(at, at + length));
    at += length + 1;
    return field;
  };
  return { next, count: () => Number(next()), more: () => at < block.length };
}

function replyOf(block) {
  const r = reader(block);
  const reply = { exit: r.count(), status: r.next(), text: r.next(), diags: [] };
  for (let left = r.count(); left > 0; left--) {
    reply.diags.push({
      severity: r.next(), code: r.next(), file: r.next(), line: r.count(), column: r.count(),
      length: r.count(), message: r.next(), hint: r.next(), source: r.next(), text: r.next(),
    });
  }
  return reply;
}

const pairsOf = (options) =>
  Array.isArray(options)
    ? options
    : Object.entries(options).flatMap(([name, value]) =>
        value === false || value === undefined
          ? []
          : (Array.isArray(value) ? value : [value]).map((v) => [name, v === true || v === null ? null : String(v)]));

/**
 * Ask: {question, inputs: [path], files: [{path, bytes}], options: {name: value} or [[name, value]],
 * format: "json" | "text" | "plain" | "svg", width}. Bytes are text or Uint8Array; an input is the path of
 * a file that came along, or of a folder of such. Returns {exit, status, text, diags}. A throw means that
 * the module is not to be asked again.
 */
export function ask(module, request) {
  const options = pairsOf(request.options ?? {});
  const files = request.files ?? [];
  const inputs = request.inputs ?? files.slice(0, 1).map((f) => f.path);
  const block = blockOf([
    request.question, request.format ?? "json", String(request.width ?? 0),
    String(inputs.length), ...inputs,
    String(options.length), ...options.flat(),
    String(files.length), ...files.flatMap((f) => [f.path, f.bytes]),
  ]);
  const none = { exit: 4, status: "out of memory", text: null, diags: [] };
  const at = module._door_make(block.length + 4);
  if (at === 0) return none;
  module.HEAPU8.set(block, at + 4);
  const reply = module._door_ask(at + 4, block.length, at);
  const length = new DataView(module.HEAPU8.buffer).getUint32(at, true);
  module._door_free(at);
  if (reply === 0) return none;
  const answer = replyOf(module.HEAPU8.slice(reply, reply + length));
  module._door_free(reply);
  return answer;
}

/** The questions that the engine answers, with their options. */
export function questions(module) {
  const at = module._door_make(4);
  const table = module._door_questions(at);
  const length = new DataView(module.HEAPU8.buffer).getUint32(at, true);
  module._door_free(at);
  const r = reader(module.HEAPU8.slice(table, table + length));
  module._door_free(table);
  const rows = [];
  while (r.more()) {
    const row = { name: r.next(), form: r.next(), least: r.count(), most: r.count(), summary: r.next(),
      plain: r.count() === 1, svg: r.count() === 1, options: [] };
    for (let left = r.count(); left > 0; left--) {
      row.options.push({ name: r.next(), value: r.next(), kind: r.next(), repeats: r.count() === 1, help: r.next() });
    }
    rows.push(row);
  }
  return rows;
}
