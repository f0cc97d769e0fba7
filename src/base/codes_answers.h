/* Codes of answers. Rows are sorted; see base/codes.h. */
ENT_CODE(TOO_MANY_OUTCOMES, A101, "too many outcomes to list",
         "The case has more outcomes than can be listed one by one. The zone and the best deals "
         "are found by search instead; ask for fewer deals with --top.")
ENT_CODE(TOO_MANY_VOTERS, A102, "too many parties with a say",
         "At most 64 parties can be deciders or approvers. Make those observers whose consent is "
         "not needed.")
ENT_CODE(GIVES_NOTHING, A103, "a third party that gives nothing",
         "What a third party could add is an issue that it gives: one with its name in `by`.")
ENT_CODE(COUNCIL_NOT_ASKED, A104, "a council that is not asked here",
         "Plans and stability look at the parties that give something. An approver that votes "
         "gives nothing, so its consent is not asked there; `entente deals` says whether it "
         "consents to the deal.")
