/* Codes of haggling. Rows are sorted; see base/codes.h. */
ENT_CODE(NO_STRATEGY, H101, "no such strategy",
         "The strategy is not one of those that `entente haggle --help` lists.")
ENT_CODE(PARAMETER, H102, "not a parameter of the strategy",
         "A strategy is written as `name:key=value:key=value`. The strategy has no parameter of "
         "that name, or it cannot take the value.")
ENT_CODE(PARTIES, H103, "parties and strategies do not match",
         "Haggling takes 2 to 20 parties and a strategy for each, or one for all.")
ENT_CODE(NO_PROTOCOL, H104, "no such protocol",
         "The protocol is not one of those that `entente haggle --help` lists.")
ENT_CODE(TOO_MANY_DEALS, H105, "the deals cannot be haggled over",
         "Haggling in a case's worlds lists the available deals. There are none, or too many.")
ENT_CODE(NOT_RESULTS, H106, "not a file of results",
         "The file that `--results` names is no SQLite database, or it is damaged.")
ENT_CODE(OTHER_TOURNAMENT, H107, "another tournament's results",
         "A file of results belongs to one tournament: the same scenarios to the last value, "
         "strategies, protocol, rounds, repetitions and seed. A restart with other options, or "
         "after a change in a scenario's files, would mix two.")
ENT_CODE(NOT_A_STRATEGY, H108, "not a strategy's shared object",
         "A shared object takes part when it exports `const ent_user_strategy entente_strategy` of "
         "this version, as entente.h declares it.")
ENT_CODE(FAILING, H109, "a strategy that fails again and again",
         "With `--isolate` a strategy from a shared object may fail without ending the program, "
         "but one that gives no answer costs time each time. After some of these the call ends; "
         "results that were kept stay.")
ENT_CODE(RESULTS_IN_USE, H110, "results that another tournament writes",
         "Another process holds the file of results. Two tournaments cannot write one file.")
ENT_CODE(RESULTS_CHANGED, H111, "results that were changed afterwards",
         "The runs in the file are not those that the tournament wrote: their checksum differs. "
         "The file was damaged or edited; remove it to start again.")
ENT_CODE(CALLERS_OWN, H112, "a strategy of the calling program cannot play here",
         "Strategies that the calling program plays, as those in Python are, are asked about "
         "many negotiations on an exact scenario at once. They do not play in the worlds of "
         "a case, nor in separate processes: the program watches them itself.")
ENT_CODE(NO_SCORE, H114, "no such score",
         "`--score` says what a tournament ranks by: a number for each party of each run. It is "
         "computed when the run is played and kept with it.")
ENT_CODE(SAMPLED, H201, "a sample of the outcomes",
         "The outcomes are too many to list and sort, so that the parties know only a sample: "
         "where their values are sums the exact frontier and each one's best and worst outcome, "
         "and others drawn at random. Without the whole frontier agreements may lie further from "
         "it than they would.")
ENT_CODE(LEFT_OUT, H202, "a scenario left out of a tournament",
         "Tournaments take 2 to 20 parties, and at most 1,000,000 tuples of strategies on a "
         "scenario. With `--tuples all` every ordered tuple plays, whose number is the strategies "
         "to the power of the parties. Name fewer strategies, or give `--tuples pairs`.")
ENT_CODE(MISBEHAVED, H203, "a strategy that misbehaves",
         "A strategy from a shared object crashed, ended its process, gave no answer in time, or "
         "offered what is no outcome. An offer that is none counts as walking out; the other runs "
         "count as failed, without a deal. Or a strategy of whatever kind took longer for a turn "
         "than `--step-limit` allows: the talks end there as too slow, without a deal.")
ENT_CODE(IN_PAIRS, H204, "strategies that meet in pairs only",
         "On a scenario with many parties there are too many tuples of strategies to play all in a "
         "reasonable time. Beyond 1,000 of them every strategy sits in each seat in turn, with one "
         "other in all the other seats, and plays against itself: meetings of three strategies and "
         "more are left out. Give `--tuples all` to play every tuple all the same, or `--tuples "
         "pairs` to choose these.")
ENT_CODE(REAL_TIME, H205, "time that is measured",
         "With `step-cost=real` a strategy from outside moves the clock on by the time that its "
         "answers take. That depends on the machine and on what else it does, so that the same "
         "call may come to something else; with stated seconds it never does.")
