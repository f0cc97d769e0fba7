/* Codes of haggling. Rows are sorted; see base/codes.h. */
ENT_CODE(NO_STRATEGY, H101, "no such strategy",
         "The strategy is not one of those that `entente haggle --help` lists.")
