import { beside } from "../state";
import { EditorPane } from "./pane";

beside.value = EditorPane;
