/*
 * What a format of exact scenarios is to io/scenario.c: one const record, at the end of its file.
 */
#ifndef ENT_IO_SCENARIO_FORMAT_H
#define ENT_IO_SCENARIO_FORMAT_H

#include "io/files.h"
#include "io/names.h"
#include "io/node.h"
#include "io/table_options.h"
#include "model/scenario.h"

typedef enum ent_file_role { ENT_NO_PART, ENT_IS_DOMAIN, ENT_IS_PROFILE } ent_file_role;

/* The files of one scenario, read but not parsed. */
typedef struct ent_scenario_files {
    const char *name;            /* of the folder or file */
    ent_text domain;             /* at is NULL where there is none */
    const ent_text *profiles;
    const char *const *profile_names; /* the files' names without folder and extension */
    size_t count;
    bool named; /* the profiles were asked for by name */
    const ent_table_options *table; /* for formats of tables; NULL: none were given */
} ent_scenario_files;

/* A file to write; the name is relative to the folder, "" for the path itself. */
typedef struct ent_written {
    const char *name, *bytes;
    size_t length;
} ent_written;

/* What a writer makes. What the format cannot hold is told as S208 warnings. */
typedef struct ent_written_files {
    struct {
        ent_written *at;
        size_t count, room;
    } files;
} ent_written_files;

typedef struct ent_scenario_format {
    const char *name;              /* "genius" */
    const char *title;             /* "Genius XML" */
    const char *const *extensions; /* ends in NULL */
    bool folder;                   /* a scenario is a folder; otherwise one file */
    /* What is a text with one of the extensions to this format? A look, no parse. */
    ent_file_role (*role)(ent_arena *arena, const ent_text *text);
    /* Is a file of that name the format's own, but no part of a scenario? NULL: none is. */
    bool (*known)(const char *name);
    ent_status (*read)(ent_work *work, const ent_scenario_files *files, ent_scenario *out);
    bool read_only; /* `write` tells why it does not */
    ent_status (*write)(ent_work *work, const ent_scenario *scenario, ent_written_files *out);
} ent_scenario_format;

extern const ent_scenario_format ent_format_case; /* writes only; io/case_read.c reads */
extern const ent_scenario_format ent_format_csv;
extern const ent_scenario_format ent_format_genius;
extern const ent_scenario_format ent_format_geniusweb;
extern const ent_scenario_format ent_format_negmas;
extern const ent_scenario_format ent_format_negolog;
extern const ent_scenario_format ent_format_workbook; /* reads only */
extern const ent_scenario_format ent_format_xmcda;    /* reads only */

/* All that are read, ending in NULL. */
extern const ent_scenario_format *const ent_scenario_formats[];
/*
 * The format in which the file is a scenario of its own, NULL where there is none: by its ending,
 * and where a format of folders has the same by its start.
 */
const ent_scenario_format *ent_format_of_file(ent_work *work, const ent_files *files,
                                              const char *path);
/* Does the file's name end as the format's files do? */
bool ent_has_extension(const char *name, const ent_scenario_format *format);

/* Tell an error at the place and return ENT_INVALID. */
ent_status ent_scenario_fault(ent_work *work, const ent_text *text, ent_pos pos, ent_code code,
                              const char *hint, const char *format, ...) ENT_PRINTF(6, 7);
/* Tell a warning at the place. */
void ent_scenario_odd(ent_work *work, const ent_text *text, ent_pos pos, ent_code code,
                      const char *hint, const char *format, ...) ENT_PRINTF(6, 7);

/* A text of which white space around is cut and white space within is one blank each. */
const char *ent_tidy(ent_arena *arena, const char *text);

/*
 * Is it finite and beyond 1e100 in size? Below that no weight times a value, no sum of an outcome
 * and no rounding to digits overflows. An infinite reservation value is another matter.
 */
bool ent_is_too_large(double value);

/* The scalar as a finite number; S108 where the node is NULL (named by what), S109, S104. */
ent_status ent_scenario_number(ent_work *work, const ent_text *text, const ent_node *parent,
                               const ent_node *node, const char *what, double *value);
/* The level that a value's text means: by the names of a discrete issue, by number; UINT64_MAX. */
uint64_t ent_scenario_level(const ent_scenario_issue *issue, const ent_names *names,
                            const char *text);
/* A discrete issue of the listed scalars, tidied; `names` gets them. S108, S112. */
ent_status ent_discrete_issue(ent_work *work, const ent_text *text, const ent_node *list,
                              ent_names *names, ent_scenario_issue *issue);

/*
 * Room for `levels` more levels of issues or values of tables, counted in *sum; S104 at the place
 * when it is more than a scenario may hold.
 */
ent_status ent_scenario_room(ent_work *work, const ent_text *text, ent_pos pos, double levels,
                             double *sum);
/* An integer issue from lower to upper, checked; S110, S104. */
ent_status ent_integer_issue(ent_work *work, const ent_text *text, ent_pos pos, double lower,
                             double upper, ent_scenario_issue *issue);
/* A continuous issue cut into ENT_REAL_LEVELS levels; S110. Tells S207. */
ent_status ent_real_issue(ent_work *work, const ent_text *text, ent_pos pos, double lower,
                          double upper, ent_scenario_issue *issue);

#endif
