/*
 * The local server under load from another process on loopback: requests a second of an answer
 * that is kept, its memory before and after, and the time from a switched statement to its picture
 * when asked for and when computed ahead. bench_server [CASE [REQUESTS]]
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REPLY_MOST = 4 << 20, SWITCHES = 5, READY_SECONDS = 60 };

typedef struct server {
    pid_t process;
    unsigned port;
    char token[65];
} server;

static char reply[REPLY_MOST];

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static bool start(server *s, const char *program, const char *path, const char *option)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    s->process = fork();
    if (s->process == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        execl(program, program, "serve", path, "-q", option, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *out = fdopen(ends[0], "r");
    char line[256] = "";
    bool told = s->process > 0 && out != NULL && fgets(line, sizeof line, out) != NULL &&
                sscanf(line, "http://127.0.0.1:%u/#token=%64s", &s->port, s->token) == 2;
    if (out != NULL) {
        fclose(out);
    }
    return told;
}

static void end(const server *s)
{
    kill(s->process, SIGTERM);
    waitpid(s->process, NULL, 0);
}

static int reach(const server *s)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)s->port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(sock, (struct sockaddr *)&to, sizeof to) != 0) {
        close(sock);
        return -1;
    }
    return sock;
}

/* One request on an open connection: the bytes of the body, at *body; 0 if it failed. */
static size_t get(const server *s, int sock, const char *path, const char **body)
{
    char request[512];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nX-Entente-Token: %s\r\n\r\n",
                          path, s->port, s->token);
    if (send(sock, request, (size_t)length, MSG_NOSIGNAL) != length) {
        return 0;
    }
    size_t have = 0;
    size_t wanted = REPLY_MOST;
    while (have < wanted) {
        ssize_t got = recv(sock, reply + have, REPLY_MOST - 1 - have, 0);
        if (got <= 0) {
            return 0;
        }
        have += (size_t)got;
        reply[have] = '\0';
        const char *blank = wanted == REPLY_MOST ? strstr(reply, "\r\n\r\n") : NULL;
        const char *told = blank == NULL ? NULL : strstr(reply, "Content-Length: ");
        if (told != NULL) {
            *body = blank + 4;
            wanted = (size_t)(*body - reply) + (size_t)strtoul(told + 16, NULL, 10);
        }
    }
    return strncmp(reply, "HTTP/1.1 200", 12) == 0 ? have - (size_t)(*body - reply) : 0;
}

static double time_of(const server *s, const char *path)
{
    const char *body;
    double from = now_ms();
    int sock = reach(s);
    bool fine = sock >= 0 && get(s, sock, path, &body) > 0;
    close(sock);
    return fine ? now_ms() - from : -1;
}

static long memory(const server *s)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)s->process);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        (void)sscanf(line, "VmRSS: %ld", &kb);
    }
    if (f != NULL) {
        fclose(f);
    }
    return kb;
}

static const char *const picture = "/api/page?light";

static bool load(const server *s, unsigned requests)
{
    const char *body;
    size_t bytes = 0;
    int sock = reach(s);
    for (unsigned i = 0; i < 500; i++) { /* until all is in its place */
        bytes = get(s, sock, picture, &body);
    }
    long before = memory(s);
    double from = now_ms();
    for (unsigned i = 0; i < requests && bytes > 0; i++) {
        bytes = get(s, sock, picture, &body);
    }
    double kept = now_ms() - from;
    close(sock);
    unsigned fresh = requests / 5;
    from = now_ms();
    for (unsigned i = 0; i < fresh && bytes > 0; i++) {
        bytes = time_of(s, picture) < 0 ? 0 : bytes;
    }
    double each = now_ms() - from;
    long after = memory(s);
    printf("an answer that is kept, %zu bytes, one client\n"
           "  %.0f requests a second on one connection; %.0f with a connection for each\n"
           "  resident memory %ld KB before %u requests, %ld KB after\n",
           bytes, requests / kept * 1e3, fresh / each * 1e3, before, requests + fresh, after);
    return bytes > 0;
}

static void switched(char path[256], unsigned i)
{
    static const char *const statements[SWITCHES] = {
        "walk-away-values", "order-for-north-korea", "order-for-the-us", "kcna-definition",
        "trump-entirety"};
    snprintf(path, 256, "/api/page?light&without=%s", statements[i]);
}

static double mean_switch(const server *s)
{
    char path[256];
    double sum = 0;
    for (unsigned i = 0; i < SWITCHES; i++) {
        switched(path, i);
        double took = time_of(s, path);
        if (took < 0) {
            return -1;
        }
        sum += took;
    }
    return sum / SWITCHES;
}

/* Wait until the first few switches were computed ahead; the seconds it took. */
static double wait_ready(const server *s)
{
    double from = now_ms();
    while (now_ms() - from < READY_SECONDS * 1e3) {
        const char *body = NULL;
        int sock = reach(s);
        size_t length = get(s, sock, "/api/status", &body);
        close(sock);
        const char *at = length == 0 ? NULL : strstr(body, "\"ready\": ");
        if (at != NULL && strtoul(at + 9, NULL, 10) >= SWITCHES) {
            break;
        }
        nanosleep(&(struct timespec){0, 100000000}, NULL);
    }
    return (now_ms() - from) * 1e-3;
}

static bool switches(const char *program, const char *path, double asked)
{
    server s;
    if (!start(&s, program, path, "--threads=2")) {
        return false;
    }
    double first = time_of(&s, picture);
    double waited = wait_ready(&s);
    double ready = mean_switch(&s);
    printf("a statement switched, mean of %d\n"
           "  %.0f ms computed when asked for; %.1f ms computed ahead (%.1f s after the first "
           "picture, which took %.0f ms)\n",
           SWITCHES, asked, ready, waited, first);
    end(&s);
    return first > 0 && ready > 0;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "examples/hanoi.yaml";
    unsigned requests = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 10000;
    char program[4096];
    const char *slash = strrchr(argv[0], '/');
    snprintf(program, sizeof program, "%.*s/../entente",
             slash == NULL ? 1 : (int)(slash - argv[0]), slash == NULL ? "." : argv[0]);
    server s;
    if (!start(&s, program, path, "--lazy")) {
        fprintf(stderr, "%s does not serve %s\n", program, path);
        return 1;
    }
    bool fine = load(&s, requests);
    double asked = mean_switch(&s);
    end(&s);
    fine = fine && asked > 0 && switches(program, path, asked);
    return fine ? 0 : 1;
}
