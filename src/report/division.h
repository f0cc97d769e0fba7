/* A division by Adjusted Winner: JSON, text, plain lines. */
#ifndef ENT_REPORT_DIVISION_H
#define ENT_REPORT_DIVISION_H

#include "bargain/adjusted_winner.h"
#include "report/json.h"
#include "report/style.h"

void ent_put_division_json(ent_buffer *out, const ent_division *division);
void ent_put_division_text(ent_buffer *out, const ent_style *style, const ent_division *division);
/* One item a line: its name, the shares of the first and of the second party. */
void ent_put_division_plain(ent_buffer *out, const ent_division *division);

#endif
