/* Parts of a case in words: claims, packages, who gives what, accounts, the provenance line. */
#ifndef ENT_REPORT_WORDS_H
#define ENT_REPORT_WORDS_H

#include "answers/whole.h"
#include "report/json.h"
#include "report/style.h"

/*
 * What a text has told: named packages that it has spelled out, and from then on names; statements
 * whose words it has given. A function that may be given NULL spells everything out.
 */
typedef struct ent_told {
    bool *packages;   /* [package_count] */
    bool *statements; /* [statement_count] */
} ent_told;
ent_told ent_told_nothing(ent_arena *arena, const ent_case *c);

/* "North Korea offers Yongbyon: dismantled for Relief: partial". */
const char *ent_claim_text(ent_arena *arena, const ent_case *c, const ent_claim *claim);
const char *ent_claim_text_once(ent_arena *arena, const ent_case *c, const ent_told *told,
                                const ent_claim *claim);
/* The package as written, by name where it has one; "nothing" when empty. */
const char *ent_package_text(ent_arena *arena, const ent_case *c, const ent_package *package);
const char *ent_package_text_once(ent_arena *arena, const ent_case *c, const ent_told *told,
                                  const ent_package *package);
/* A row of a party's polytope: "Yongbyon dismantled - 0.5 Relief partial + ... >= b". */
const char *ent_row_text(ent_arena *arena, const ent_case *c, const ent_polytope *polytope,
                         const ent_row *row);
/* "Donald Trump" or "a report", never NULL. */
const char *ent_speaker_text(const ent_case *c, const ent_statement *statement);
/* The words of a statement with quotation marks where they are a quote; NULL if none. */
const char *ent_words_text(ent_arena *arena, const ent_statement *statement);
/*
 * The party within a sentence: "the United States", "the union"; other names as they are. English
 * has the article where a name's last word is a common noun, of which the usual ones are known.
 */
const char *ent_party_phrase(ent_arena *arena, const ent_case *c, uint32_t party);
/* "United States account"; an explicit account has its own name. */
const char *ent_account_text(ent_arena *arena, const ent_case *c, const ent_account *account);

/* The same, with the accounts that believe the same and are told with it. */
const char *ent_told_title(ent_arena *arena, const ent_analysis *analysis, size_t account);
/* With those of them alone in which the sides last stood in the same places. */
const char *ent_placed_title(ent_arena *arena, const ent_analysis *analysis, size_t account);

/* A statement as two lines or more: id, speaker and words, then what is claimed if asked. */
void ent_put_statement(ent_buffer *out, const ent_style *style, const ent_case *c,
                       uint32_t statement, unsigned indent, bool claims);
void ent_put_statement_once(ent_buffer *out, const ent_style *style, const ent_case *c,
                            const ent_told *told, uint32_t statement, unsigned indent,
                            bool claims);
/*
 * What an outcome asks of each giver, a line for each:
 *   United States gives   Relief: coal, textiles
 */
void ent_put_exchange(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const uint64_t *outcome, unsigned indent);
/* Those in `by`: "United States", "Ana and Bo", "Ana, Bo and Cy"; "nobody alone" where none is. */
const char *ent_givers_text(ent_arena *arena, const ent_case *c, const ent_issue *issue);

/* What the claim is about: its package, and what stands for it, as words. */
const char *ent_claim_package_text(ent_arena *arena, const ent_case *c, const ent_told *told,
                                   const ent_claim *claim);
/* The outcome as JSON: issues off the status quo only (docs/JSON.md). */
void ent_json_package(ent_json *json, const char *key, const ent_space *space,
                      const uint64_t *outcome);
/* The ids of statements as a list. */
void ent_json_statements(ent_json *json, const char *key, const ent_case *c,
                         const uint32_t *statements, size_t count);

/* "case 3f9a01c, seed 1, 20,000 worlds per account, prior importance, entente 0.1.0". */
const char *ent_provenance(ent_arena *arena, const ent_analysis *analysis);
/* What was withheld from a redacted case, as the member `withheld`; nothing where it is whole. */
void ent_json_withheld(ent_json *json, const ent_case *c);
/* What a document says of its record: `as_of`, `with`, `without`, `supposed`, `withheld`. */
void ent_json_record_settings(ent_json *json, const ent_analysis *analysis);
/* All of these facts as keys of the document that is open. */
void ent_json_provenance(ent_json *json, const ent_analysis *analysis);

#endif
