/* What the files of the report share: summary_head.c, summary_ways.c and summary.c. */
#ifndef ENT_REPORT_SUMMARY_PARTS_H
#define ENT_REPORT_SUMMARY_PARTS_H

#include "report/summary.h"

/* Was the account analysed, and does it have worlds? */
bool ent_summary_has(const ent_summary *s, size_t account);
/* How many accounts are told: those that believe the same once. The account that is told k-th. */
size_t ent_summary_shown(const ent_summary *s);
size_t ent_summary_at(const ent_summary *s, size_t told);
/* "United States account" and those that are the same; "the record" where there is one alone. */
const char *ent_summary_title(ent_arena *arena, const ent_summary *s, size_t account);

/* Title, counts, the answer, the table of the accounts and what its first figure means. */
void ent_put_summary_head(ent_buffer *out, const ent_style *style, const ent_summary *s);

/* Cells of that table: share after the best menu, and after the best question; "-": not known. */
const char *ent_summary_menu_cell(ent_arena *arena, const ent_summary *s, size_t account);
const char *ent_summary_ask_cell(ent_arena *arena, const ent_summary *s, size_t account);

/* What to ask first and what to table together, account by account. */
void ent_put_summary_ways(ent_buffer *out, const ent_style *style, const ent_summary *s);

#endif
