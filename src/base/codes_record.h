/* Codes of records and accounts. Rows are sorted; see base/codes.h. */
ENT_CODE(CORE_CONTRADICTS, R101, "an account contradicts itself",
         "The statements that an account must believe cannot all be true. Nothing is dropped "
         "silently: `entente accounts` names the smallest sets that collide.")
ENT_CODE(SIDE_SPLITS, R102, "a side contradicts itself",
         "Statements of one side cannot all be true. Its account is grown from them in file order, "
         "and those that collide with earlier ones are left out of it. `entente accounts` names "
         "them; believe another with --with, or define the accounts in the case.")
ENT_CODE(BOTH_CHANGED, R103, "changed by both",
         "A and B both changed this, each otherwise, and nobody but you can tell which is meant. "
         "Both stand in the merged text between marks.")
ENT_CODE(WRITTEN_ANEW, R104, "a case written anew",
         "`entente merge` puts what B changed into the lines of A. Where these cannot be told "
         "apart, as in a case in braces throughout, it writes the whole case out.")
