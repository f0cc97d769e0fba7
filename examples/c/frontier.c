/*
 * Prints the Pareto frontier of an exact scenario, its Nash point, and how a negotiation on it ends.
 *
 *     cc frontier.c $(pkg-config --cflags --libs entente) -o frontier
 *     ./frontier SCENARIO
 */
#include <entente.h>

#include <stdio.h>

/* Ask the question about the scenario; the reply is the caller's. Messages go to stderr. */
static ent_reply *ask(ent_engine *engine, const char *question, const char *path)
{
    ent_diags *diags = ent_diags_create();
    ent_input input = {.path = path};
    ent_request request = ENT_REQUEST_INIT;
    request.question = question;
    request.inputs = &input;
    request.input_count = 1;
    request.format = ENT_TYPED;
    ent_reply *reply = NULL;
    if (ent_ask(engine, &request, diags, &reply) != ENT_OK) {
        char text[4096];
        for (size_t i = 0; i < ent_diags_count(diags); i++) {
            ent_diag_text(ent_diags_get(diags, i), false, text, sizeof text);
            fputs(text, stderr);
        }
    }
    ent_diags_destroy(diags);
    return reply;
}

static void print_values(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        printf("%s%.6f", i > 0 ? " " : "", values[i]);
    }
    printf("\n");
}

static void print_frontier(const ent_frontier_result *f)
{
    printf("%zu points on the frontier of %s outcomes%s\n", f->points, f->outcomes,
           f->proved ? "" : " (not proved)");
    for (size_t i = 0; i < f->points; i++) {
        print_values(f->values + i * f->parties, f->parties);
    }
    if (f->nash != SIZE_MAX) {
        printf("Nash ");
        print_values(f->values + f->nash * f->parties, f->parties);
    }
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: frontier SCENARIO\n");
        return 2;
    }
    ent_engine *engine = ent_engine_create(NULL);
    ent_reply *frontier = ask(engine, "frontier", arguments[1]);
    ent_reply *run = ask(engine, "haggle", arguments[1]);
    if (frontier != NULL && ent_reply_frontier(frontier) != NULL) {
        print_frontier(ent_reply_frontier(frontier));
    }
    if (run != NULL && ent_reply_run(run) != NULL) {
        const ent_run_result *r = ent_reply_run(run);
        printf("%s in round %u after %zu offers\n", r->end, r->last_round, r->offers);
    }
    ent_reply_destroy(frontier);
    ent_reply_destroy(run);
    ent_engine_destroy(engine);
    return 0;
}
