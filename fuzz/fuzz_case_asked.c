/*
 * Arbitrary bytes as a case, asked one of the questions through the public interface: whatever the
 * reader lets pass must be answered. A question that takes long is stopped, as a user would.
 */
#include "entente.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const questions[] = {
    "accounts", "bridge", "check",  "deals", "diff", "exchange", "html",
    "influence", "page",  "plan",   "report", "walk", "why",
};

static bool takes_worlds(const char *question)
{
    size_t i = 0;
    while (strcmp(ent_question_at(i)->name, question) != 0) {
        i++;
    }
    const ent_question_row *row = ent_question_at(i);
    for (size_t j = 0; j < row->option_count; j++) {
        if (strcmp(row->options[j].name, "worlds") == 0) {
            return true;
        }
    }
    return false;
}

static bool tick(void *user, const char *what, uint64_t done, uint64_t total)
{
    const clock_t *begun = user;
    (void)what, (void)done, (void)total;
    return clock() - *begun > 2 * CLOCKS_PER_SEC;
}

/* Which question is asked depends on the bytes, so that a finding can be had again. */
static const char *question_of(const uint8_t *bytes, size_t size)
{
    size_t sum = size;
    for (size_t i = 0; i < size; i++) {
        sum += bytes[i];
    }
    return questions[sum % (sizeof questions / sizeof *questions)];
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    clock_t begun = clock();
    ent_engine_options options = {.threads = 1, .tick = tick, .tick_user = &begun};
    ent_engine *engine = ent_engine_create(&options);
    ent_diags *diags = ent_diags_create();
    if (engine == NULL || diags == NULL) {
        abort();
    }
    const ent_input inputs[2] = {{"fuzz.yaml", (const char *)bytes, size},
                                 {"fuzz.yaml", (const char *)bytes, size}};
    const ent_option worlds = {"worlds", "8"};
    const char *question = question_of(bytes, size);
    ent_request request = {.question = question,
                           .inputs = inputs,
                           .input_count = strcmp(question, "diff") == 0 ? 2 : 1,
                           .options = &worlds,
                           .option_count = takes_worlds(question) ? 1 : 0};
    ent_reply *reply = NULL;
    ent_status status = ent_ask(engine, &request, diags, &reply);
    if (status == ENT_USAGE || (reply == NULL && ent_diags_count(diags) == 0 &&
                                status != ENT_CANCELLED)) {
        abort(); /* the request is right, and silence is no answer */
    }
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return 0;
}
