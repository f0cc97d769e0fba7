/* What the writers of scenario formats share. */
#ifndef ENT_IO_SCENARIO_WRITE_H
#define ENT_IO_SCENARIO_WRITE_H

#include "base/text.h"
#include "io/scenario_format.h"

/* The text with & < > " ' and control characters as XML wants them. */
void ent_put_xml(ent_buffer *b, const char *text);
/* The text in double quotation marks, as JSON and YAML read it. */
void ent_put_quoted(ent_buffer *b, const char *text);
/* The shortest form that reads back as the same double. */
void ent_put_number(ent_buffer *b, double value);
/*
 * A number as YAML 1.1 knows a float, by whose rules PyYAML reads: with a point, also before an
 * exponent (`1e-05` is a text there); `.inf`, `.nan`.
 */
void ent_put_yaml_float(ent_buffer *b, double value);
/* The same, but that a whole number may stand without a point. */
void ent_put_yaml_number(ent_buffer *b, double value);
/* A level as NegMAS's files have it: a number where the issue is of numbers, otherwise a text. */
void ent_put_negmas_level(ent_buffer *b, ent_arena *arena, const ent_scenario_issue *issue,
                          uint64_t level);

/* Add a file to what is written. */
ent_status ent_add_file(ent_work *work, ent_written_files *out, const char *name,
                        const ent_buffer *bytes);
/* A name for a file: what could be a path or hidden is an underscore; at most 100 bytes. */
const char *ent_safe_name(ent_arena *arena, const char *name);

/* Tell that the format cannot hold it (S208). */
void ent_tell_lost(ent_work *work, const char *format, ...) ENT_PRINTF(2, 3);
/* Tell that nothing can be written (S113); returns ENT_INVALID. */
ent_status ent_cannot_hold(ent_work *work, const char *format, ...) ENT_PRINTF(2, 3);

/* The party's evaluator of the issue, made from `part` where there is none. */
ent_evaluator ent_evaluator_of(ent_arena *arena, const ent_scenario *s, uint32_t party,
                               uint32_t issue);
/* The greatest value that an issue adds, and the least. */
double ent_part_greatest(const ent_scenario *s, uint32_t party, uint32_t issue);
double ent_part_least(const ent_scenario *s, uint32_t party, uint32_t issue);
/* The greatest sum of the additive part, before any cap. */
double ent_greatest_sum(const ent_scenario *s, uint32_t party);
/* Is the evaluator a straight line over all levels: affine, with no level that is cut? */
bool ent_is_straight(const ent_scenario_issue *issue, const ent_evaluator *e);
/* Are the utilities of the party a sum over issues alone? */
bool ent_is_additive(const ent_utility *u);

#endif
