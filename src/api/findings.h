/* Messages in JSON. */
#ifndef ENT_API_FINDINGS_H
#define ENT_API_FINDINGS_H

#include "base/diag.h"
#include "report/json.h"

/* The messages as a list of maps: severity, code, file, line, column, length, message, hint. */
void ent_put_findings(ent_json *json, const char *key, const ent_diags *diags);

#endif
