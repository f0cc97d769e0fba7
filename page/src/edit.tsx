// The page that `entente serve --edit` serves: the same with the case file open beside it.
import "./editor/register";
import "./main";
