// The page that `entente serve --edit` serves: the same with the case file open beside it.
import { setReader } from "./pdf/read";
import "./editor/register";
import "./main";

// An asset of the server's own, with a policy that allows nothing.
setReader(async () => new Worker("pdf-reader.js"));
