/* What the files of the report share: summary*.c. */
#ifndef ENT_REPORT_SUMMARY_PARTS_H
#define ENT_REPORT_SUMMARY_PARTS_H

#include "report/layout.h"
#include "report/summary.h"

/* Was the account analysed, and does it have worlds? */
bool ent_summary_has(const ent_summary *s, size_t account);
/* How many accounts are told: those that believe the same once. The account that is told k-th. */
size_t ent_summary_shown(const ent_summary *s);
size_t ent_summary_at(const ent_summary *s, size_t told);
/* "United States account" and those that are the same; "the record" where there is one alone. */
const char *ent_summary_title(ent_arena *arena, const ent_summary *s, size_t account);
/* The same without the word account: "United States". */
const char *ent_summary_name(ent_arena *arena, const ent_summary *s, size_t account);
/*
 * In a sentence: "the United States account", `the account "As the papers tell it"`, with names in
 * at most so many columns.
 */
const char *ent_summary_phrase(ent_arena *arena, const ent_summary *s, size_t account,
                               size_t columns);
/* Do statements collide that the accounts believe, if not one and the same account? */
bool ent_summary_conflict(const ent_summary *s);
/* Questions in dispute that are open now. */
size_t ent_summary_live(const ent_summary *s);

/* "The Hanoi summit: is there a package that all would take?" */
const char *ent_summary_question(ent_arena *arena, const ent_summary *s);
/* "8 issues, 110,592 packages, ...; 49 statements, 23 with claims; 2 questions in dispute". */
const char *ent_summary_counts(ent_arena *arena, const ent_summary *s);
/* The answer: how many of the preferences leave room first, shares second. */
const char *ent_summary_answer(ent_arena *arena, const ent_summary *s);
/* Title, counts, the answer, the table of the accounts and what its first figure means. */
void ent_put_summary_head(ent_buffer *out, const ent_style *style, const ent_summary *s);

/* What is doubtful in the accounts' shares, each kind once, in few words, without figures. */
typedef struct ent_summary_notes {
    const char **at; /* told as [1], [2], ... */
    size_t count, room;
    const char **marks; /* [accounts] "" or "[1]", "[1, 2]" */
} ent_summary_notes;
ent_summary_notes ent_summary_notes_of(ent_arena *arena, const ent_summary *s);

/* The rows of the table of accounts. */
typedef struct ent_summary_row {
    const char *label;
    const char *(*cell)(ent_arena *arena, const ent_summary *s, size_t account);
} ent_summary_row;
enum { ENT_SUMMARY_ROWS = 4 };
extern const ent_summary_row ent_summary_rows[ENT_SUMMARY_ROWS];

/* The accounts side by side. notes: marks beside the shares; NULL: none. */
void ent_put_summary_table(ent_buffer *out, const ent_style *style, const ent_summary *s,
                           const ent_summary_notes *notes);

/* What to ask first and what to table together; nothing where there is no menu. */
void ent_put_summary_way(ent_buffer *out, const ent_style *style, const ent_summary *s,
                         size_t account);
/* The number of the package among those of the menu, from 1, or 0. */
size_t ent_summary_place(const ent_summary *s, const ent_menu *menu, const uint64_t *levels);
/* The largest menu of the account, NULL where there is none. */
const ent_menu *ent_summary_menu(const ent_summary *s, size_t account);

/* Where the curve bends: shares for one package, two, three together, any, with open votes for. */
enum { ENT_SUMMARY_CURVE = 5 };
void ent_summary_curve(const ent_summary *s, size_t account, double ends[ENT_SUMMARY_CURVE]);
/* An account that has a package which suits all in some world. */
typedef struct ent_ranked {
    size_t account;
    const ent_deal *deal;
} ent_ranked;
/* The accounts by their best package, best first; those without one are not among them. */
size_t ent_summary_ranked(ent_arena *arena, const ent_summary *s, ent_ranked **order);
/* The question that lifts most what to expect, where it does so by a point; else NULL. */
const ent_enquiry *ent_summary_ask(const ent_enquiries *e);
/* Is the share so small that a package has one line, not its particulars? */
bool ent_summary_hopeless(double share);
/* Do both packages say the same? */
bool ent_summary_same(const ent_summary *s, const uint64_t *a, const uint64_t *b);
/* The parts of the page about packages: the best, those tabled together, what to ask first. */
void ent_add_summary_deals(ent_layout *page, ent_arena *arena, const ent_style *style,
                           const ent_summary *s);

#endif
