/*
 * Who is connected. A connection may wait for its request, send it slowly or read its reply slowly
 * only for so long, and when too many stand about, the one that has been idle longest makes room
 * for the next. Computations and long polls are work, not idleness.
 */
#ifndef ENT_WEB_CONNECTIONS_H
#define ENT_WEB_CONNECTIONS_H

#include <stdbool.h>

typedef struct web_door web_door;
typedef struct web_guest web_guest;

web_door *web_door_create(void);
/* All guests must have left. */
void web_door_destroy(web_door *door);

/* A connection came; NULL when memory is out. */
web_guest *web_door_enter(web_door *door, int socket);
/* It is closed now; the socket is no longer touched. NULL is fine. */
void web_door_leave(web_door *door, web_guest *guest);
/* Its request is whole and being answered; then the reply goes out; then it waits again. */
void web_door_work(web_door *door, web_guest *guest);
void web_door_reply(web_door *door, web_guest *guest);
void web_door_rest(web_door *door, web_guest *guest);

#endif
