/* What the files of the GeniusWeb format share; see geniusweb.c. */
#ifndef ENT_IO_GENIUSWEB_H
#define ENT_IO_GENIUSWEB_H

#include "io/scenario_format.h"

ent_status ent_geniusweb_write(ent_work *work, const ent_scenario *scenario,
                               ent_written_files *out);

#endif
