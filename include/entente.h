/*
 * Entente: negotiation analysis as a library.
 *
 * This header, with entente_numbers.h which it includes, is the whole public interface. The command
 * line, the web page's server and the batch runners see nothing else, so whatever they can do, a C
 * program can do too.
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
 *   - Structs that the caller fills begin with their size, set by X_INIT; those that the library
 *     fills say theirs. Later versions add fields at the end alone.
 */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_VERSION "0.2.0"

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

/* The version of the library that runs, as ENT_VERSION is of the header that was compiled. */
ENT_API const char *ent_version(void);

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

/* An empty list, the caller's to destroy. NULL when memory is out. */
ENT_API ent_diags *ent_diags_create(void);
/* Frees the list and all that it holds. */
ENT_API void ent_diags_destroy(ent_diags *diags);
/* Forgets all of them; what ent_diags_get gave is gone. */
ENT_API void ent_diags_clear(ent_diags *diags);
/* The number of messages; it grows with every call that is given the list. O(1). */
ENT_API size_t ent_diags_count(const ent_diags *diags);
/* The number of those that are at least as severe as given. */
ENT_API size_t ent_diags_count_of(const ent_diags *diags, ent_severity least);
/* In the order they were found, sorted by place within a file. NULL past the end. O(1). */
ENT_API const ent_diag *ent_diags_get(const ent_diags *diags, size_t index);

/*
 * Add a message of the caller's own, without a place. The code is one of ent_code_at; message and
 * hint (NULL: none) are copied.
 */
ENT_API void ent_diags_add(ent_diags *diags, ent_severity severity, const char *code,
                           const char *message, const char *hint);

/* The long description of a code, NULL if there is no such code. */
ENT_API const char *ent_explain(const char *code);
/* The code and title at the index in the sorted table, false past the end. */
ENT_API bool ent_code_at(size_t index, const char **code, const char **title);

/* ---- The engine ---------------------------------------------------------------------------- */

/*
 * Several processes, on one machine or many, that work on the same request: each asks the same
 * question of its own engine. Rank 0 leads: it hands out the work, writes the files, and its reply
 * is the answer; those of the others are worth nothing. The answer does not depend on the number
 * of processes. A message of length 0 says that its sender has left.
 */
typedef struct ent_crew {
    int rank, ranks;
    void (*send)(void *user, int to, const void *bytes, size_t length);
    /*
     * The next message into bytes (of which `room` are there): true, with its sender and length.
     * False when there is none, or with `wait` only when there can be none any more.
     */
    bool (*receive)(void *user, bool wait, int *from, void *bytes, size_t room, size_t *length);
    void *user;
} ent_crew;

/* What a computation may use and whom it tells how far it is. Zero means the default throughout. */
/*
 * Worlds that were drawn, kept for the next question about the same case: a party whose statements
 * have not changed is not drawn anew. No result depends on it. It may be shared by the engines of
 * several threads, and outlives them.
 */
typedef struct ent_draws ent_draws;

/* Keep no more bytes than these, letting go of what is longest unused. NULL: memory is out. */
ENT_API ent_draws *ent_draws_create(size_t most_bytes);
ENT_API void ent_draws_destroy(ent_draws *draws);

typedef struct ent_engine_options {
    size_t size; /* sizeof(ent_engine_options); 0: that of version 0.2.0 */
    /* Like realloc, with the user's pointer; size 0 frees. NULL: the C library's. */
    void *(*resize)(void *memory_user, void *block, size_t size);
    void *memory_user;
    int threads; /* 0: as many as the machine has. No result depends on it. */
    /*
     * Called now and then with what is being done and how far it is (total 0: unknown).
     * True asks to stop: the call returns ENT_CANCELLED with what was found marked as partial.
     * From one thread at a time, though not always from the same one.
     */
    bool (*tick)(void *tick_user, const char *what, uint64_t done, uint64_t total);
    void *tick_user;
    const ent_crew *crew; /* NULL: alone. It outlives the engine. */
    ent_draws *draws;     /* NULL: nothing is kept. It outlives the engine. */
    /*
     * True asks to stop, as tick does. Called often, from any thread of the computation, and from
     * several at once, so that it does no more than read a flag. NULL: tick alone is asked.
     */
    bool (*stopped)(void *tick_user);
} ent_engine_options;

#define ENT_ENGINE_OPTIONS_INIT {.size = sizeof(ent_engine_options)}

typedef struct ent_engine ent_engine;

/* Create an engine. options may be NULL. Returns NULL when memory is out. */
ENT_API ent_engine *ent_engine_create(const ent_engine_options *options);
/* Replies outlive their engine; diagnostics too. */
ENT_API void ent_engine_destroy(ent_engine *engine);

/* ---- Questions ----------------------------------------------------------------------------- */

typedef enum ent_option_kind {
    ENT_OPTION_FLAG,   /* no value */
    ENT_OPTION_COUNT,  /* a whole number */
    ENT_OPTION_NUMBER, /* a decimal number */
    ENT_OPTION_TEXT,   /* a name, a date, a package ... */
} ent_option_kind;

/* One option of a question. */
typedef struct ent_option_row {
    const char *name;  /* without dashes: "worlds" */
    const char *value; /* what the help calls its value ("N"), NULL for a flag */
    ent_option_kind kind;
    bool repeats;      /* may be given several times */
    const char *help;  /* one sentence */
} ent_option_row;

/* One question that the engine answers: a row of the table behind help, manual and completions. */
typedef struct ent_question_row {
    const char *name;    /* "deals" */
    const char *form;    /* its inputs: "CASE", "PATH [PROFILE...]" */
    unsigned least, most; /* number of inputs */
    const char *summary; /* one line */
    const char *help;    /* paragraphs; may be "" */
    const ent_option_row *options;
    size_t option_count;
    bool has_plain, has_svg; /* formats besides text and JSON */
    bool has_numbers; /* its reply holds numbers as well; ENT_TYPED is possible */
    bool shared; /* a crew (see below) can share the work */
    bool served; /* about one case the page's server answers it as well */
} ent_question_row;

/* The question at the index, sorted by name; NULL past the end. */
ENT_API const ent_question_row *ent_question_at(size_t index);

typedef enum ent_kind { ENT_KIND_CASE, ENT_KIND_SCENARIO } ent_kind;

/*
 * What questions take the path for: a folder, and a file that a scenario format or a table claims,
 * is a scenario; any other file a case. Nothing is checked but that it can be read. ENT_IO.
 */
ENT_API ent_status ent_kind_of(ent_engine *engine, const char *path, ent_diags *diags,
                               ent_kind *kind);

typedef enum ent_output {
    ENT_TEXT, /* for people, at `width` columns */
    ENT_JSON, /* schemas in docs/JSON.md */
    ENT_PLAIN, /* one record a line, tab-separated */
    ENT_SVG,
    ENT_TYPED /* no text, only what ent_reply_deals and its like give */
} ent_output;

/* A file, or a text held in memory under a name that messages use. */
typedef struct ent_input {
    const char *path;
    const char *bytes; /* NULL: read the path; otherwise length bytes stand for the file */
    size_t length;
} ent_input;

typedef struct ent_option {
    const char *name, *value; /* value NULL for a flag */
} ent_option;

typedef struct ent_request {
    size_t size; /* sizeof(ent_request); 0: that of version 0.2.0 */
    const char *question;
    const ent_input *inputs;
    size_t input_count;
    const ent_option *options;
    size_t option_count;
    ent_output format;
    unsigned width; /* text: columns, 0 for 80 */
    bool color;     /* text: with terminal colours */
    /*
     * The file that the caller will write the answer to, NULL if none: where the question reads
     * that very file, by whatever name, the call comes back with ENT_USAGE.
     */
    const char *output;
    /* Strategies of the caller's own, which options may name; they outlive the call. */
    const struct ent_caller_strategy *strategies;
    size_t strategy_count;
} ent_request;

#define ENT_REQUEST_INIT {.size = sizeof(ent_request)}

typedef struct ent_reply ent_reply;

/*
 * Ask a question. Every message goes to diags. *reply is set whenever there is something to show
 * (also for ENT_FINDINGS, ENT_LIMIT and ENT_CANCELLED, where it says what it lacks), and NULL
 * otherwise; destroy it. The same request on the same bytes gives the same reply.
 */
ENT_API ent_status ent_ask(ent_engine *engine, const ent_request *request, ent_diags *diags,
                           ent_reply **reply);

/* The reply's bytes, followed by a NUL; *length may be NULL. */
ENT_API const char *ent_reply_text(const ent_reply *reply, size_t *length);
/* Frees the reply by the allocator of the engine that made it. */
ENT_API void ent_reply_destroy(ent_reply *reply);

#include "entente_numbers.h"

/*
 * The messages as a JSON document, "entente.error/1" of docs/JSON.md: what a caller prints who was
 * asked for JSON and has no reply. Its bytes are *reply's, to be destroyed.
 */
ENT_API ent_status ent_error_document(ent_engine *engine, ent_status status,
                                      const ent_diags *diags, ent_reply **reply);

/*
 * A diagnostic as people read it: code, place, the line with a caret, the hint. Writes at most
 * room bytes with the NUL and returns the length it would have.
 */
ENT_API size_t ent_diag_text(const ent_diag *diag, bool color, char *text, size_t room);

/*
 * Read a regular file of at most limit bytes; its bytes are the reply's, to be destroyed. Missing,
 * a folder, a device: ENT_IO; too large: ENT_INVALID; *reply is NULL then.
 */
ENT_API ent_status ent_read_file(ent_engine *engine, const char *path, size_t limit,
                                 ent_diags *diags, ent_reply **reply);

/* Room for a fingerprint: SHA-256 in 64 hexadecimal digits, and a NUL. */
#define ENT_FINGERPRINT_ROOM 65
/* The name of a content, as every export carries it. */
ENT_API void ent_fingerprint(const void *bytes, size_t length, char hex[ENT_FINGERPRINT_ROOM]);

/*
 * Write a file whole or not at all (temporary file, fsync, rename). ENT_IO: it could not be
 * written, and what stood there before is untouched.
 */
ENT_API ent_status ent_write_file(ent_engine *engine, const char *path, const char *bytes,
                                  size_t length, ent_diags *diags);

/*
 * The candidate that the name is a slip of ("yongbyn" -> "yongbyon"), or NULL. For the hints of
 * those who read names themselves.
 */
ENT_API const char *ent_nearest_name(const char *name, const char *const *candidates,
                                     size_t count);

/* ---- Topics: strategies and protocols ------------------------------------------------------- */

/* A kind of thing that options name: "strategy" is what --pair and --strategies name. */
typedef struct ent_topic_kind {
    const char *name, *plural;
    const char *const *options; /* of any question; NULL after the last */
} ent_topic_kind;

/* The kind at the index, sorted by name; NULL past the end. */
ENT_API const ent_topic_kind *ent_topic_kind_at(size_t index);

/* A parameter of a topic: `e` of `boulware:e=4`, or an option that it heeds, `--rounds`. */
typedef struct ent_topic_parameter {
    const char *name;
    double usual, least, most;
    const char *const *words; /* [most + 1] names of the values 0, 1, ...; NULL: a number */
    const char *help;
} ent_topic_parameter;

/*
 * The parameter as the help prints it, with its usual value and its range: "e=4: exponent (0.001 to
 * 1000)". Writes at most room bytes with the NUL and returns the length it would have.
 */
ENT_API size_t ent_topic_parameter_text(const ent_topic_parameter *parameter, char *text,
                                        size_t room);

typedef struct ent_topic {
    const char *name;    /* as the option has it: "boulware"; no two topics share one */
    const char *summary; /* one line, without a full stop */
    const char *detail;  /* some sentences */
    const char *source;  /* who described it */
    const ent_topic_parameter *parameters;
    size_t parameter_count;
} ent_topic;

/* The topic at the index of the kind at the index kind, sorted by name; false past the end. */
ENT_API bool ent_topic_at(size_t kind, size_t index, ent_topic *topic);

/* ---- Strategies of your own ----------------------------------------------------------------- */

#define ENT_STRATEGY_VERSION 1
/* What a strategy offers to walk out; any number that is no outcome does. */
#define ENT_WALK_AWAY UINT32_MAX

/* An offer on the record of a negotiation; `entry` is the number of an outcome. */
typedef struct ent_haggle_offer {
    uint32_t round, party, entry;
} ent_haggle_offer;

/* What a party at the table knows. */
typedef struct ent_bargaining {
    uint32_t party, parties;
    uint32_t round, rounds;  /* from 0 */
    double time;             /* (round + 1) / (rounds + 1), or the share of the seconds if more */
    uint32_t outcomes;
    const double *utility;   /* [outcomes] its own */
    const uint32_t *order;   /* [outcomes] from its worst to its best */
    double reservation;      /* -inf: none */
    uint32_t offer_count;
    const ent_haggle_offer *offers; /* all so far, of all parties */
} ent_bargaining;

/*
 * A shared object that exports `const ent_user_strategy entente_strategy` takes part by its path:
 * `entente haggle SCENARIO --pair ./mine.so,boulware`. It keeps what it must remember in `state`
 * alone, for several negotiations run at once.
 */
typedef struct ent_user_strategy {
    uint32_t version; /* ENT_STRATEGY_VERSION */
    const char *name;
    size_t state_size; /* bytes, zeroed before each negotiation */
    bool (*accepts)(const ent_bargaining *known, void *state, uint32_t outcome);
    uint32_t (*offers)(const ent_bargaining *known, void *state);
} ent_user_strategy;

/* ---- Strategies of the calling program's own ------------------------------------------------- */

typedef enum ent_reply_to_offer {
    ENT_REPLY_REJECT,
    ENT_REPLY_ACCEPT,
    ENT_REPLY_WALK_OUT,
    ENT_REPLY_FAIL /* the strategy has failed there: the negotiation ends so, without a deal */
} ent_reply_to_offer;

/* As an offer: the strategy has failed in that negotiation. */
#define ENT_FAIL_HERE (UINT32_MAX - 1)

/*
 * Turns of one party in many negotiations on one scenario, all in the same round. A negotiation is
 * known by its slot, which no other has until it is over.
 */
typedef struct ent_turns {
    size_t size;
    ent_bargaining table; /* what they have in common; without offers */
    const char *scenario;
    uint64_t seed;
    size_t count;
    const uint32_t *slot; /* [count] below `slots`, rising */
    const uint64_t *run;  /* [count] number of the negotiation: chance depends on it and the seed */
    const uint32_t *offer; /* [count] on the table; ENT_WALK_AWAY: none yet */
    const uint32_t *offer_count;            /* [count] */
    const ent_haggle_offer *const *offers;  /* [count][offer_count] all so far, of all parties */
    /* table.time is that of one of them; with a deadline in seconds they differ. */
    const double *time;    /* [count] relative time, 0 to 1 */
    double deadline;       /* seconds; 0: none */
    const double *seconds; /* [count] on its clock when the turn began; NULL: it has none */
    bool open;             /* only the seconds are a deadline: table.rounds are as many as fit in */
} ent_turns;

/*
 * A strategy that the calling program plays, asked about many negotiations at once, from the thread
 * that called ent_ask. It takes part by its name in ent_request.strategies wherever an exact
 * scenario is negotiated over. Each function returns false to have the call stopped.
 */
typedef struct ent_caller_strategy {
    const char *name; /* without comma, colon, slash; goes before one of ours of that name */
    /* What changes with the strategy: part of what a file of results is known by. NULL: nothing. */
    const char *version;
    void *user;
    /* These negotiations begin; `slots`: the most that are played at once. NULL: no matter. */
    bool (*begin)(void *user, const ent_turns *turns, uint32_t slots);
    /* reply[count]: ent_reply_to_offer. Zeroed. */
    bool (*respond)(void *user, const ent_turns *turns, uint8_t *reply);
    /* outcome[count]; ENT_WALK_AWAY and all that is no outcome walks out. */
    bool (*propose)(void *user, const ent_turns *turns, uint32_t *outcome);
} ent_caller_strategy;

#ifdef __cplusplus
}
#endif

#endif
