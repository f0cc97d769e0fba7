import schema from "../../../docs/entente.schema.json";
import { beside } from "../state";
import { setSchema } from "./complete";
import { EditorPane, setStore } from "./pane";
import { serverStore } from "./server_store";

setSchema(schema);
setStore(serverStore);
beside.value = EditorPane;
