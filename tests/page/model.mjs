// The workbench's document model for node: its modules in one, built with the page's own esbuild.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Also holds `verbs`: the shapes of claims, from the schema. */
export async function model(source) {
  const root = resolve(source);
  const { buildSync } = createRequire(join(root, "page/package.json"))("esbuild");
  const folder = mkdtempSync(join(tmpdir(), "entente-model-"));
  const from = (name) => JSON.stringify(join(root, "page/src", name));
  buildSync({
    stdin: {
      contents: `export * from ${from("workbench/yaml.ts")}; export * as acts from ${from("workbench/acts.ts")};
        export * from ${from("workbench/model.ts")}; export { verbsOf } from ${from("workbench/verbs.ts")};
        export { mentions } from ${from("workbench/names.ts")}; export * from ${from("workbench/find.ts")};
        export * as pdf from ${from("pdf/lines.ts")};
        export * as claims from ${from("workbench/claim.ts")};
        export { difference } from ${from("editor/merge.ts")}; export * from ${from("editor/form.ts")};
        export { EditorState } from "@codemirror/state"; export * as commands from "@codemirror/commands";`,
      resolveDir: join(root, "page"), loader: "ts",
    },
    bundle: true, format: "esm", platform: "browser", outfile: join(folder, "model.mjs"), logLevel: "error",
  });
  const m = await import(pathToFileURL(join(folder, "model.mjs")));
  rmSync(folder, { recursive: true });
  return { ...m, verbs: m.verbsOf(JSON.parse(readFileSync(join(root, "docs/entente.schema.json"), "utf8"))) };
}
