/*
 * Questions: each is one file ask_*.c that ends in a const record; ask.c holds their table. The
 * functions here are what such a file is written with.
 */
#ifndef ENT_API_ASK_H
#define ENT_API_ASK_H

#include "answers/analysis.h"
#include "base/text.h"
#include "io/files.h"
#include "report/style.h"

typedef struct ent_asking ent_asking;
typedef struct ent_numbers ent_numbers; /* results.h */

typedef struct ent_question {
    ent_question_row row;
    ent_status (*answer)(ent_asking *asking);
} ent_question;

struct ent_asking {
    ent_work *work;
    const ent_files *files;
    const ent_request *request;
    const ent_question *question;
    ent_style style;
    bool part;     /* interrupted, and what was found is a document that says so */
    bool as_it_is; /* the answer is a file's text: no line of it is folded */
    ent_buffer *out;
    ent_numbers *results; /* what the reply holds besides its text */
};

#define ENT_SUPPOSE_OPTION                                                                         \
    {"suppose", "CLAIM", ENT_OPTION_TEXT, true,                                                    \
     "believe before all others what nobody said, as `us never relief=full`"}

/* Of every question that reads a case, also among other things. */
#define ENT_REDACT_OPTIONS                                                                         \
    {"redact", NULL, ENT_OPTION_FLAG, false,                                                       \
     "as if what the case marks `private` were not in it"},                                        \
    {"redact-words", NULL, ENT_OPTION_FLAG, false,                                                 \
     "without its words and names, with what follows from it"}

/* The options that every question about a case has; put at the head of its table. */
#define ENT_CASE_OPTIONS                                                                           \
    {"account", "NAME", ENT_OPTION_TEXT, false, "look at this account only"},                      \
    {"with", "ID", ENT_OPTION_TEXT, true, "believe this statement before all others"},             \
    {"without", "ID", ENT_OPTION_TEXT, true, "leave this statement out"},                          \
    {"as-of", "DATE", ENT_OPTION_TEXT, false, "leave out what was said after this date"},          \
    ENT_SUPPOSE_OPTION,                                                                            \
    ENT_REDACT_OPTIONS,                                                                            \
    {"worlds", "N", ENT_OPTION_COUNT, false, "worlds to draw per account (20000)"},                \
    {"seed", "N", ENT_OPTION_COUNT, false, "seed of the draws (1)"},                               \
    {"prior", "NAME", ENT_OPTION_TEXT, false, "importance (default) or flat"},                     \
    {"unnamed", "HOW", ENT_OPTION_TEXT, false,                                                     \
     "votes of council members whom the case does not model: stated, against or for"}

/* Was the flag given? */
bool ent_asked_flag(const ent_asking *asking, const char *name);
/* The option's last value, or NULL. */
const char *ent_asked_text(const ent_asking *asking, const char *name);
/* A whole number from least to most; *value stays when the option is not given. */
ent_status ent_asked_count(const ent_asking *asking, const char *name, uint64_t least,
                           uint64_t most, uint64_t *value);
ent_status ent_asked_number(const ent_asking *asking, const char *name, double least, double most,
                            double *value);

/* The option names something that the case does not have; the nearest of the names is offered. */
ent_status ent_no_such_name(const ent_asking *asking, const char *what, const char *name,
                            const char *const *names, size_t count);

/* Read the input as text. */
ent_status ent_asked_file(ent_asking *asking, size_t input, size_t limit, ent_text *text);
/*
 * Read the input as a case, with what is supposed behind its statements; its errors have been told
 * where this is not ENT_OK.
 */
ent_status ent_asked_case(ent_asking *asking, size_t input, const ent_case **c);
/* The end of the day that counts, by `--as-of` or the case, and the date as it was written. */
ent_status ent_asked_as_of(const ent_asking *asking, const ent_case *c, int64_t *as_of,
                           const char **text);
/* The shared options as settings for the case. */
ent_status ent_asked_settings(const ent_asking *asking, const ent_case *c, ent_settings *settings);
/* Say which councils the deal needs (levels NULL: any) that this question does not ask. */
void ent_tell_councils(const ent_asking *asking, const ent_analysis *analysis,
                       const uint64_t *levels);
/* Case, settings, accounts and worlds of the first input. */
ent_status ent_asked_analysis(ent_asking *asking, ent_analysis *analysis);
/* The same where only shares of worlds are asked for: maybe the first block (answers/blocks.h). */
ent_status ent_asked_shares(ent_asking *asking, ent_analysis *analysis);
/*
 * Is there an answer to print? The whole one, or after a break what the first `answered` accounts
 * have: the others are then taken out of the analysis, and the document says so.
 */
bool ent_has_answer(ent_asking *asking, ent_analysis *analysis, ent_status status,
                    size_t answered);
/*
 * A package as on the command line as an outcome: `issue=option,issue=item+item,issue=3.5`, or the
 * name of a package of the case.
 */
ent_status ent_asked_package(const ent_asking *asking, const ent_case *c, const char *text,
                             uint64_t *outcome);
/* Answer with the text of a file: as it is, and in JSON as the document's `text`. */
void ent_answer_file(ent_asking *asking, const ent_buffer *file);

#endif
