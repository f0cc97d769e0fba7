/* Codes of records and accounts. Rows are sorted; see base/codes.h. */
ENT_CODE(CORE_CONTRADICTS, R101, "an account contradicts itself",
         "The statements that an account must believe cannot all be true. Nothing is dropped "
         "silently: `entente accounts` names the smallest sets that collide.")
