#include "web/http.h"

#include "web/connections.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* The door keeps to fewer connections than this. */
enum {
    CONNECTIONS = 512,
    HEADER_BYTES = 32 << 10,
    QUERY_MOST = 64,
    BODIES_MOST = 4 * WEB_BODY_MOST /* of all requests together */
};

struct web_server {
    web_app *app;
    web_door *door;
    struct MHD_Daemon *daemons[2];
    atomic_size_t bodies; /* bytes announced by all that are on their way */
};

/* A request while its body arrives. */
typedef struct upload {
    char *body;
    size_t length, room;
    size_t announced;
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
    size_t count; /* more than QUERY_MOST: there were that many */
} query_list;

static enum MHD_Result add_query(void *user, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    (void)kind;
    query_list *list = user;
    if (list->count < QUERY_MOST) {
        list->at[list->count] = (web_pair){name, value};
    }
    list->count++;
    return MHD_YES;
}

/* The headers by which a request is judged: two of one would be two opinions. */
static const char *const judged[] = {"Content-Length", "Content-Type",   "Host",
                                     "If-None-Match",  "Origin",         "Sec-Fetch-Site",
                                     "Transfer-Encoding", "X-Entente-Token"};
enum { JUDGED = sizeof judged / sizeof *judged };

static enum MHD_Result count_judged(void *user, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    (void)kind;
    (void)value;
    unsigned *count = user;
    for (size_t i = 0; i < JUDGED; i++) {
        count[i] += strcasecmp(name, judged[i]) == 0;
    }
    return MHD_YES;
}

/* NULL, or the name of a judged header that came twice. */
static const char *doubled(struct MHD_Connection *connection)
{
    unsigned count[JUDGED] = {0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_judged, count);
    for (size_t i = 0; i < JUDGED; i++) {
        if (count[i] > 1) {
            return judged[i];
        }
    }
    return NULL;
}

/* Stands for the state of a request whose path holds a zero byte, written out or as %00. */
static char bad_path;

/*
 * The request line as it came: the version stands behind the NUL that ends its address. Where
 * something else does, the address had a NUL of its own.
 */
static void *look_at_path(void *user, const char *uri, struct MHD_Connection *connection)
{
    (void)user;
    (void)connection;
    bool whole = strncmp(uri + strlen(uri) + 1, "HTTP/", 5) == 0;
    return whole && strstr(uri, "%00") == NULL ? NULL : &bad_path;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void release(void *bytes)
{
    web_bytes_release(bytes);
}

static struct MHD_Response *response_of(web_reply *reply)
{
    web_bytes *body = reply->body;
    reply->body = NULL;
    if (body == NULL) {
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        body->length, body->at, release, body);
    if (response == NULL) {
        web_bytes_release(body);
    }
    return response;
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, web_reply *reply)
{
    web_bytes *body = reply->body == NULL ? NULL : web_bytes_take(reply->body);
    struct MHD_Response *response = response_of(reply);
    if (response == NULL) {
        web_bytes_release(body);
        return MHD_NO;
    }
    const char *const headers[][2] = {
        {"Content-Type", reply->type},
        {"Content-Encoding", reply->coding},
        {"Content-Security-Policy", reply->policy},
        {"ETag", body == NULL || body->tag[0] == '\0' ? reply->tag : body->tag},
        {"Allow", reply->allow},
        {"Retry-After", reply->status == 503 ? "1" : NULL},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        if (headers[i][1] != NULL) {
            MHD_add_response_header(response, headers[i][0], headers[i][1]);
        }
    }
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    web_bytes_release(body);
    return result;
}

/* No more comes than Content-Length said, which was looked at before. */
static bool receive(upload *u, const char *data, size_t size)
{
    if (size > WEB_BODY_MOST - u->length) {
        return false;
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

static web_guest *guest_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static web_request request_of(struct MHD_Connection *connection, const char *path,
                              const char *method)
{
    return (web_request){.method = method,
                         .path = path,
                         .host = header(connection, "Host"),
                         .origin = header(connection, "Origin"),
                         .fetch_site = header(connection, "Sec-Fetch-Site"),
                         .content_type = header(connection, "Content-Type"),
                         .token = header(connection, "X-Entente-Token"),
                         .none_match = header(connection, "If-None-Match"),
                         .body = ""};
}

/* The headers are here, the body is not: what is refused now costs neither memory nor time. */
static enum MHD_Result on_headers(web_server *server, struct MHD_Connection *connection,
                                  const char *path, const char *method, void **state)
{
    web_request request = request_of(connection, path, method);
    const char *length = header(connection, "Content-Length");
    const char *coding = header(connection, "Transfer-Encoding");
    web_reply reply;
    const char *twice = doubled(connection);
    if (*state == &bad_path || (twice != NULL && strcmp(twice, "Host") != 0)) {
        web_refuse(server->app, 400,
                   twice == NULL ? "the path holds a zero byte" : "a header stands there twice",
                   &reply);
        *state = NULL;
        return send_reply(connection, &reply);
    }
    request.host = twice == NULL ? request.host : NULL;
    if (coding != NULL) {
        web_refuse(server->app, 411, "the body's length is required", &reply);
        return send_reply(connection, &reply);
    }
    request.body_length = length == NULL ? 0 : (size_t)strtoull(length, NULL, 10);
    if (web_refused(server->app, &request, &reply)) {
        return send_reply(connection, &reply);
    }
    upload *u = calloc(1, sizeof *u);
    if (u == NULL) {
        return MHD_NO;
    }
    u->announced = request.body_length;
    if (atomic_fetch_add(&server->bodies, u->announced) + u->announced > BODIES_MOST) {
        atomic_fetch_sub(&server->bodies, u->announced);
        free(u);
        web_refuse(server->app, 503, "too much is being sent at once; try again", &reply);
        return send_reply(connection, &reply);
    }
    *state = u;
    return MHD_YES;
}

static enum MHD_Result serve(web_server *server, struct MHD_Connection *connection,
                             const char *path, const char *method, const upload *u)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    client c = {info == NULL ? -1 : info->connect_fd};
    query_list query = {.count = 0};
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_query, &query);
    web_request request = request_of(connection, path, method);
    request.query = query.at;
    request.query_count = query.count;
    request.body = u->body == NULL ? "" : u->body;
    request.body_length = u->length;
    request.gone = gone;
    request.user = &c;
    web_reply reply;
    if (query.count > QUERY_MOST) {
        web_refuse(server->app, 400, "these are too many options", &reply);
        return send_reply(connection, &reply);
    }
    web_guest *guest = guest_of(connection);
    web_door_work(server->door, guest);
    web_handle(server->app, &request, &reply);
    web_door_reply(server->door, guest);
    return send_reply(connection, &reply);
}

/* libmicrohttpd calls this for the headers, then for each piece of the body, then at its end. */
static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state)
{
    (void)version;
    upload *u = *state == &bad_path ? NULL : *state;
    if (u == NULL) {
        return on_headers(user, connection, path, method, state);
    }
    if (*size > 0) {
        bool kept = receive(u, data, *size);
        *size = 0;
        return kept ? MHD_YES : MHD_NO;
    }
    return serve(user, connection, path, method, u);
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    web_server *server = user;
    (void)code;
    upload *u = *state == &bad_path ? NULL : *state;
    if (u != NULL) {
        atomic_fetch_sub(&server->bodies, u->announced);
        free(u->body);
        free(u);
    }
    *state = NULL;
    web_door_rest(server->door, guest_of(connection));
}

static void on_connection(void *user, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    web_server *server = user;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        web_door_leave(server->door, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *context = info == NULL ? NULL : web_door_enter(server->door, info->connect_fd);
}

/* Address and port given, so that never anything but loopback is listened on. */
static struct MHD_Daemon *listen_on(web_server *server, const struct sockaddr *address,
                                    unsigned flags)
{
    return MHD_start_daemon(flags | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION,
                            0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR, address,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
                            MHD_OPTION_URI_LOG_CALLBACK, look_at_path, NULL,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
                            MHD_OPTION_END);
}

web_server *web_server_start(web_app *app, unsigned port, unsigned *bound)
{
    web_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return NULL;
    }
    server->app = app;
    server->door = web_door_create();
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->daemons[0] =
        server->door == NULL ? NULL : listen_on(server, (struct sockaddr *)&four, 0);
    if (server->daemons[0] == NULL) {
        web_door_destroy(server->door);
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
    web_door_destroy(server->door);
    free(server);
}
