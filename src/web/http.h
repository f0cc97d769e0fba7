/* The sockets: HTTP on loopback by libmicrohttpd, one thread a connection. */
#ifndef ENT_WEB_HTTP_H
#define ENT_WEB_HTTP_H

#include "web/app.h"

typedef struct web_server web_server;

/*
 * Listen on 127.0.0.1 and [::1]; port 0 takes a free one. NULL if the port is in use or sockets
 * cannot be had. The app must live until web_server_stop.
 */
web_server *web_server_start(web_app *app, unsigned port, unsigned *bound);
void web_server_stop(web_server *server);

#endif
