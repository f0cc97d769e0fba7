/* Which columns of a table are whose, where the table does not say; which rows and columns sum. */
#ifndef ENT_IO_TABLE_GUESS_H
#define ENT_IO_TABLE_GUESS_H

#include "io/table.h"

/*
 * Utilities where neither u(NAME) nor --utilities names them: the columns of numbers behind the
 * words that tell the outcomes apart. Two readings that fit are S130; a column of numbers with an
 * odd cell is an error at the cell.
 */
ent_status ent_guess_utilities(ent_reading *r);
/* Other layouts than outcomes that the table looks like: S130 with the option that chooses. */
ent_status ent_other_layouts(const ent_reading *r);
/* Leave out rows that are sums, means or the greatest or least of those above; S130, S231. */
ent_status ent_leave_totals(ent_reading *r);
/* Leave out columns of joint gains and ranks among guessed utilities; S130. */
ent_status ent_leave_joint_columns(ent_reading *r);

#endif
