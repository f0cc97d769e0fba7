#include "web/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What one browser may take: slow senders and floods end here. */
enum {
    CONNECTIONS = 32,
    SECONDS_IDLE = 40, /* longer than a long poll */
    HEADER_BYTES = 32 << 10,
    QUERY_MOST = 64
};

struct web_server {
    web_app *app;
    struct MHD_Daemon *daemons[2];
};

/* A request while its body arrives. */
typedef struct upload {
    char *body;
    size_t length, room;
    int refused; /* an HTTP status once it is too much */
} upload;

typedef struct client {
    int socket;
} client;

static bool gone(void *user)
{
    const client *c = user;
    char byte;
    return recv(c->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

typedef struct query_list {
    web_pair at[QUERY_MOST];
    size_t count;
} query_list;

static enum MHD_Result add_query(void *user, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    (void)kind;
    query_list *list = user;
    if (list->count < QUERY_MOST) {
        list->at[list->count++] = (web_pair){name, value};
    }
    return MHD_YES;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, web_reply *reply)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->length, reply->body, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        web_reply_finish(reply);
        return MHD_NO;
    }
    const char *const headers[][2] = {
        {"Content-Type", reply->type == NULL ? "application/json" : reply->type},
        {"Content-Security-Policy", reply->policy == NULL ? "default-src 'none'" : reply->policy},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    }
    enum MHD_Result result =
        MHD_queue_response(connection, (unsigned)(reply->status == 0 ? 500 : reply->status),
                           response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, int status)
{
    web_reply reply = {.status = status, .type = "text/plain"};
    return send_reply(connection, &reply);
}

static bool receive(upload *u, const char *data, size_t size)
{
    if (size > WEB_BODY_MOST - u->length) {
        u->refused = 413;
        return true;
    }
    if (u->length + size + 1 > u->room) {
        size_t room = (u->length + size + 1) * 2;
        char *wider = realloc(u->body, room);
        if (wider == NULL) {
            return false;
        }
        u->body = wider;
        u->room = room;
    }
    memcpy(u->body + u->length, data, size);
    u->length += size;
    u->body[u->length] = '\0';
    return true;
}

static enum MHD_Result serve(web_server *server, struct MHD_Connection *connection,
                             const char *path, const char *method, const upload *u)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    client c = {info == NULL ? -1 : info->connect_fd};
    query_list query = {.count = 0};
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_query, &query);
    web_request request = {.method = method,
                           .path = path,
                           .query = query.at,
                           .query_count = query.count,
                           .host = header(connection, "Host"),
                           .origin = header(connection, "Origin"),
                           .fetch_site = header(connection, "Sec-Fetch-Site"),
                           .content_type = header(connection, "Content-Type"),
                           .token = header(connection, "X-Entente-Token"),
                           .body = u->body == NULL ? "" : u->body,
                           .body_length = u->length,
                           .gone = gone,
                           .user = &c};
    web_reply reply;
    web_handle(server->app, &request, &reply);
    return send_reply(connection, &reply);
}

/* libmicrohttpd calls this for the headers, then for each piece of the body, then at its end. */
static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state)
{
    (void)version;
    upload *u = *state;
    if (u == NULL) {
        u = calloc(1, sizeof *u);
        *state = u;
        const char *length = header(connection, "Content-Length");
        if (u != NULL && length != NULL && strtoull(length, NULL, 10) > WEB_BODY_MOST) {
            u->refused = 413;
            return refuse(connection, 413); /* before any of the body is read */
        }
        return u == NULL ? MHD_NO : MHD_YES;
    }
    if (*size > 0) {
        bool kept = u->refused != 0 || receive(u, data, *size);
        *size = 0;
        return kept ? MHD_YES : MHD_NO;
    }
    return u->refused != 0 ? refuse(connection, u->refused)
                           : serve(user, connection, path, method, u);
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)user;
    (void)connection;
    (void)code;
    upload *u = *state;
    if (u != NULL) {
        free(u->body);
        free(u);
    }
    *state = NULL;
}

/* Address and port given, so that never anything but loopback is listened on. */
static struct MHD_Daemon *listen_on(web_server *server, const struct sockaddr *address,
                                    unsigned flags)
{
    return MHD_start_daemon(flags | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION,
                            0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR, address,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SECONDS_IDLE,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
}

web_server *web_server_start(web_app *app, unsigned port, unsigned *bound)
{
    web_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return NULL;
    }
    server->app = app;
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->daemons[0] = listen_on(server, (struct sockaddr *)&four, 0);
    if (server->daemons[0] == NULL) {
        free(server);
        return NULL;
    }
    *bound = MHD_get_daemon_info(server->daemons[0], MHD_DAEMON_INFO_BIND_PORT)->port;
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)*bound)};
    six.sin6_addr = in6addr_loopback;
    /* A machine without IPv6 is served on IPv4 alone. */
    server->daemons[1] = listen_on(server, (struct sockaddr *)&six, MHD_USE_IPv6);
    web_app_listen(app, *bound);
    return server;
}

void web_server_stop(web_server *server)
{
    if (server == NULL) {
        return;
    }
    web_app_stop(server->app);
    for (size_t i = 0; i < 2; i++) {
        if (server->daemons[i] != NULL) {
            MHD_stop_daemon(server->daemons[i]);
        }
    }
    free(server);
}
