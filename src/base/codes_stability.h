/* Codes of the graph model, of plans and of walking out (G2). Rows are sorted. */
ENT_CODE(BAD_GMCR, G101, "not a graph-model file",
         "The file is not a .gmcr file as the GMCR programs save it: a JSON map with `options` "
         "(each with a `name`) and `decisionMakers` (each with a `name` and the numbers of its "
         "`options`).")
ENT_CODE(NO_ACTOR, G102, "no decision maker",
         "A conflict needs at least one decision maker and one option; otherwise nobody can move.")
ENT_CODE(TOO_MANY_OPTIONS, G103, "conflict too large",
         "Tables over all combinations of options are held in memory: 22 options and 24 decision "
         "makers at most. Leave out options that every state shares.")
ENT_CODE(BAD_PATTERN, G104, "a pattern that cannot be read",
         "A pattern is a list of pairs of an option's number (from 0) and \"Y\" or \"N\", such as "
         "[[0, \"Y\"], [2, \"N\"]]. An option stands in a pattern once at most.")
ENT_CODE(BAD_RANKING, G105, "invalid ranking",
         "A ranking by hand lists every state's number (from 1, the best first) once; states that "
         "are equally good stand together in a list.")
ENT_CODE(NO_STATE, G106, "every state is ruled out",
         "The patterns under `infeasibles` contradict each other: no combination of options is "
         "left.")
ENT_CODE(NO_SUCH_STATE, G107, "no such state",
         "A state is named by its options' Y and N in the order of the file, or by its number from "
         "1. The state must not be ruled out.")
ENT_CODE(COALITION_LIMIT, G108, "too many states for coalitions",
         "What a coalition can do together is worked out for at most 1,024 states.")
ENT_CODE(TOO_MANY_MOVES, G109, "too many moves around an outcome",
         "Around one outcome of a case at most 14 steps can be taken back or used as threats.")
ENT_CODE(NOT_A_DEAL, G201, "nothing to plan",
         "A plan needs a deal: a package that is off the status quo on some issue.")
ENT_CODE(FORBIDDEN_DEAL, G202, "a deal that is not available",
         "The deal breaks a rule of the case, or reaches a package that the account says is not "
         "available (`cannot`).")
ENT_CODE(NO_STAKES, G203, "a party without stakes",
         "No decider gives or gets anything in this deal, or the party asked about has no stake in "
         "the case, so that it values all outcomes alike.")
ENT_CODE(TOO_MANY_STEPS, G204, "too many steps",
         "A deal of up to 16 steps is planned exactly, one of up to 64 by search.")
ENT_CODE(NO_ACCOUNT, G205, "no account to answer for",
         "Every account contradicts itself, or the one asked for does. `entente accounts` shows "
         "which statements collide.")
ENT_CODE(TOO_MANY_DEALS, G206, "too many outcomes for the Nash deal",
         "The deal that haggling would reach is found by looking through all outcomes in every "
         "world, which stops at some ten million outcomes. Name the deal with `--offer`.")
