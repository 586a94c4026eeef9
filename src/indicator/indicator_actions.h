#ifndef INDICATOR_INDICATOR_ACTIONS_H
#define INDICATOR_INDICATOR_ACTIONS_H

#include "indicator/indicator.h"

/*
 * A definition has a new version: every standing form that holds it gets a new
 * version too, with the new definition. Private to the room.
 */
bool report_follow(struct call *c, id indicator_id);

#endif
