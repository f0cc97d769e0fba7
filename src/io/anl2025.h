/* Scenarios of the Automated Negotiation League 2025: a centre that negotiates with many edges. */
#ifndef ENT_IO_ANL2025_H
#define ENT_IO_ANL2025_H

#include "io/scenario_format.h"

/* The folder's centre, and the folder of its edges. */
#define ENT_ANL_CENTRE "center.yml"
#define ENT_ANL_EDGES "edges"

/*
 * files->domain is the centre, files->profiles are the edges in the order of their names. Where the
 * centre's utility is decided by Python code, S111.
 */
ent_status ent_read_anl2025(ent_work *work, const ent_scenario_files *files, ent_scenario *out);

#endif
