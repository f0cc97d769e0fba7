#include "web/guard.h"

#include <string.h>
#include <strings.h>

static bool our_host(const web_guard *guard, const char *host)
{
    for (size_t i = 0; host != NULL && i < WEB_HOSTS; i++) {
        if (strcmp(host, guard->hosts[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* In time that does not depend on where they differ. */
static bool same_token(const char *a, const char *b)
{
    size_t length = strlen(a);
    if (b == NULL || strlen(b) != length) {
        return false;
    }
    unsigned difference = 0;
    for (size_t i = 0; i < length; i++) {
        difference |= (unsigned)(a[i] ^ b[i]);
    }
    return difference == 0;
}

static bool foreign(const web_guard *guard, const web_request *request)
{
    const char *site = request->fetch_site;
    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) {
        return true;
    }
    const char *origin = request->origin;
    return origin != NULL &&
           (strncmp(origin, "http://", 7) != 0 || !our_host(guard, origin + 7));
}

/* application/json, alone or with parameters: not what a form of another page can send. */
static bool is_json(const char *type)
{
    static const char json[] = "application/json";
    size_t length = sizeof json - 1;
    return type != NULL && strncasecmp(type, json, length) == 0 &&
           (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

const char *web_refusal(const web_guard *guard, const web_request *request, int *status)
{
    bool write =
        strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0;
    *status = 403;
    if (!our_host(guard, request->host)) {
        *status = 421;
        return "this server does not go by that name";
    }
    if (!write && strcmp(request->path, "/") == 0) {
        return NULL; /* the page holds nothing; it gets the token from the address's fragment */
    }
    if (foreign(guard, request)) {
        return "calls come from our own page only";
    }
    if (!write && strcmp(request->path, WEB_READER) == 0) {
        return NULL; /* it holds nothing either */
    }
    if (!same_token(guard->token, request->token)) {
        *status = 401;
        return "the token is missing or of another run; open the address that was printed";
    }
    const char *type = request->content_type;
    if (write && !is_json(type)) {
        *status = 415;
        return "a write is application/json";
    }
    if (request->body_length > WEB_BODY_MOST) {
        *status = 413;
        return "the body is too large";
    }
    return NULL;
}
