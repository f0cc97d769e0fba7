#include "io/geniusweb.h"

ent_status ent_geniusweb_write(ent_work *work, const ent_scenario *scenario,
                               ent_written_files *out)
{
    (void)work, (void)scenario, (void)out;
    return ENT_INVALID;
}
