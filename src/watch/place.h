#ifndef WATCH_PLACE_H
#define WATCH_PLACE_H

#include "watch/watch.h"

/*
 * Where an overview stands: its unit, the report, the assignments of it, the
 * periods. Checks the right. The parameters are watch_overview's; without any report the rest stays empty.
 */
bool watch_place(struct call *c, id unit_id, id report_id, period p, struct overview *o);

#endif
