import schema from "../../../docs/entente.schema.json";
import { beside } from "../state";
import { openWorkbench, useSchema } from "../workbench/register";
import { EditorPane, setStore } from "./pane";
import { setShelf } from "../workbench/library";
import { serverShelf, serverStore } from "./server_store";

useSchema(schema);
openWorkbench();
setStore(serverStore);
setShelf(serverShelf);
beside.value = EditorPane;
