/* Codes of answers. Rows are sorted; see base/codes.h. */
ENT_CODE(TOO_MANY_OUTCOMES, A101, "too many outcomes to list",
         "The case has more outcomes than can be listed one by one. The zone and the best deals "
         "are found by search instead; ask for fewer deals with --top.")
