/* Codes of exact scenarios. Rows are sorted; see base/codes.h. */
ENT_CODE(BAD_SCENARIO, S101, "not a scenario",
         "The folder or file does not hold a negotiation scenario that Entente can read.")
