/*
 * How long does a question take through the public interface: read a scenario's folder, work out
 * its frontier and points, hand out the numbers? The best of several calls on one thread; what
 * bindings are measured against (bindings/python/figures.py).
 *
 *     bench_ask FOLDER...
 */
#include <entente.h>

#include <stdio.h>
#include <time.h>

enum { CALLS = 20 };

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double ask(const char *path, size_t *points)
{
    double start = seconds();
    ent_engine_options alone = ENT_ENGINE_OPTIONS_INIT;
    alone.threads = 1;
    ent_engine *engine = ent_engine_create(&alone);
    ent_diags *diags = ent_diags_create();
    ent_input input = {.path = path};
    ent_request request = ENT_REQUEST_INIT;
    request.question = "frontier";
    request.inputs = &input;
    request.input_count = 1;
    request.format = ENT_TYPED;
    ent_reply *reply = NULL;
    *points = 0;
    if (ent_ask(engine, &request, diags, &reply) == ENT_OK) {
        *points = ent_reply_frontier(reply)->points;
    }
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return seconds() - start;
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        double best = 1e9;
        size_t points = 0;
        for (int k = 0; k < CALLS; k++) {
            double took = ask(arguments[i], &points);
            best = took < best ? took : best;
        }
        printf("%s %zu %.9f\n", arguments[i], points, best);
    }
    return 0;
}
