/*
 * Entente: negotiation analysis as a library.
 *
 * This header is the whole public interface. The command line, the web page's server and the batch
 * runners see nothing else, so whatever they can do, a C program can do too.
 *
 * Conventions, stated once:
 *   - Every name begins with ent_ (types, functions) or ENT_ (constants).
 *   - A fallible function returns an ent_status and puts what went wrong into an ent_diags.
 *     The order of arguments is: the object worked on, inputs, outputs.
 *   - A pointer that a getter returns belongs to the object it came from and lives as long.
 *   - X_destroy(NULL) does nothing.
 *   - Text is UTF-8 and ends in NUL. A missing text is NULL, a missing number is NaN, never 0.
 *   - The library never prints, never exits and keeps no global state. Files, the clock and
 *     memory come from the ent_engine that the caller made.
 *   - One engine may be used by one thread at a time; several engines are independent.
 */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_VERSION "0.1.0"

#if defined(__GNUC__)
#define ENT_API __attribute__((visibility("default")))
#define ENT_PRINTF(form, first) __attribute__((format(printf, form, first)))
#else
#define ENT_API
#define ENT_PRINTF(form, first)
#endif

/* What a call came to: name, the exit code of the command line, meaning. */
#define ENT_STATUS_MAP(X)                                                                          \
    X(OK, 0, "done")                                                                               \
    X(FINDINGS, 1, "done, and there is something to act on")                                       \
    X(USAGE, 2, "the call or the command line is wrong")                                           \
    X(INVALID, 3, "the input cannot be read or is invalid")                                        \
    X(LIMIT, 4, "stopped by a limit; what was found is there and marked")                          \
    X(IO, 3, "a file could not be read or written")                                                \
    X(NOMEM, 4, "out of memory")                                                                   \
    X(CANCELLED, 130, "interrupted; what was found is there and marked")

typedef enum ent_status {
#define ENT_X(name, exit, text) ENT_##name,
    ENT_STATUS_MAP(ENT_X)
#undef ENT_X
} ent_status;

/* The status in words. */
ENT_API const char *ent_status_text(ent_status status);
/* The exit code that the command line gives for it. */
ENT_API int ent_status_exit(ent_status status);

/* ---- Diagnostics -------------------------------------------------------------------------- */

typedef enum ent_severity { ENT_NOTE, ENT_WARNING, ENT_ERROR } ent_severity;

/* One message about one place. Line and column count from 1, in code points; 0 means unknown. */
typedef struct ent_diag {
    ent_severity severity;
    const char *code;    /* a letter and three digits, described by ent_explain */
    const char *file;    /* NULL when no file is concerned */
    uint32_t line;
    uint32_t column;
    uint32_t length;     /* code points to underline, at least 1 where line is not 0 */
    const char *message; /* one sentence, without a full stop */
    const char *hint;    /* what to do about it, or NULL */
    const char *source;  /* the line it stands in, or NULL */
} ent_diag;

typedef struct ent_diags ent_diags;

ENT_API ent_diags *ent_diags_create(void);
ENT_API void ent_diags_destroy(ent_diags *diags);
ENT_API void ent_diags_clear(ent_diags *diags);
ENT_API size_t ent_diags_count(const ent_diags *diags);
/* The number of those that are at least as severe as given. */
ENT_API size_t ent_diags_count_of(const ent_diags *diags, ent_severity least);
/* In the order they were found, sorted by place within a file. NULL past the end. */
ENT_API const ent_diag *ent_diags_get(const ent_diags *diags, size_t index);

/* The long description of a code, NULL if there is no such code. */
ENT_API const char *ent_explain(const char *code);
/* The code and title at the index in the sorted table, false past the end. */
ENT_API bool ent_code_at(size_t index, const char **code, const char **title);

#ifdef __cplusplus
}
#endif

#endif
