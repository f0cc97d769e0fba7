/* Parts of a case in words: claims, packages, who gives what, accounts, the provenance line. */
#ifndef ENT_REPORT_WORDS_H
#define ENT_REPORT_WORDS_H

#include "answers/analysis.h"
#include "report/json.h"
#include "report/style.h"

/* "North Korea offers Yongbyon: dismantled for Relief: partial". */
const char *ent_claim_text(ent_arena *arena, const ent_case *c, const ent_claim *claim);
/* The package as written, by name where it has one; "nothing" when empty. */
const char *ent_package_text(ent_arena *arena, const ent_case *c, const ent_package *package);
/* A row of a party's polytope: "Yongbyon dismantled - 0.5 Relief partial + ... >= b". */
const char *ent_row_text(ent_arena *arena, const ent_case *c, const ent_polytope *polytope,
                         const ent_row *row);
/* "Donald Trump" or "a report", never NULL. */
const char *ent_speaker_text(const ent_case *c, const ent_statement *statement);
/* The words of a statement with quotation marks where they are a quote; NULL if none. */
const char *ent_words_text(ent_arena *arena, const ent_statement *statement);
/* "United States account"; an explicit account has its own name. */
const char *ent_account_text(ent_arena *arena, const ent_case *c, const ent_account *account);

/* A statement as two lines or more: id, speaker and words, then what is claimed if asked. */
void ent_put_statement(ent_buffer *out, const ent_style *style, const ent_case *c,
                       uint32_t statement, unsigned indent, bool claims);
/*
 * What an outcome asks of each giver, a line for each:
 *   United States gives   Relief: coal, textiles
 */
void ent_put_exchange(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const uint64_t *outcome, unsigned indent);
/* Those in `by`: "United States", "Ana and Bo", "Ana, Bo and Cy"; "nobody alone" where none is. */
const char *ent_givers_text(ent_arena *arena, const ent_case *c, const ent_issue *issue);

/* The outcome as JSON: issues off the status quo only (docs/JSON.md). */
/* What the claim is about: its package, and what stands for it, as words. */
const char *ent_claim_package_text(ent_arena *arena, const ent_case *c, const ent_claim *claim);
void ent_json_package(ent_json *json, const char *key, const ent_space *space,
                      const uint64_t *outcome);
/* The ids of statements as a list. */
void ent_json_statements(ent_json *json, const char *key, const ent_case *c,
                         const uint32_t *statements, size_t count);

/* "case 3f9a01c, seed 1, 20,000 worlds per account, prior importance, entente 0.1.0". */
const char *ent_provenance(ent_arena *arena, const ent_analysis *analysis);
/* What a document says of the record it rests on: `as_of`, `with`, `without`, `supposed`. */
void ent_json_record_settings(ent_json *json, const ent_analysis *analysis);
/* All of these facts as keys of the document that is open. */
void ent_json_provenance(ent_json *json, const ent_analysis *analysis);

#endif
