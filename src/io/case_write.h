/* Private to the writer of cases. */
#ifndef ENT_IO_CASE_WRITE_H
#define ENT_IO_CASE_WRITE_H

#include "io/case.h"
#include "io/yaml_out.h"
#include "model/scenario.h"

/* By its name, or written out. */
void ent_write_package(ent_buffer *out, const ent_case *c, const ent_package *package);
void ent_write_statements(ent_buffer *out, const ent_case *c);
void ent_write_accounts(ent_buffer *out, const ent_case *c);
/* The name where it says more than the id, else NULL. */
const char *ent_other_name(const char *name, const char *id);

/* `utility: {...}` of a party, worths of 0 left out. */
void ent_write_utility(ent_yaml_flow *f, const ent_case *c, const ent_utility *u);

#endif
