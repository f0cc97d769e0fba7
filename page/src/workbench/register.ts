// The workbench joins the page where there is an editor.
import { setSchema } from "../editor/complete";
import { workbench } from "../state";
import { Workbench } from "./bench";
import { schema } from "./desk";
import type { Schema } from "./verbs";

/** The case format's schema: forms and completion are made from it. */
export function useSchema(given: object): void {
  setSchema(given);
  schema.value = given as Schema;
}
export function openWorkbench(): void {
  workbench.value = Workbench;
}
