/*
 * Asks a case whether any package suits all, and prints the three best ones of each account.
 *
 *     cc zone.c $(pkg-config --cflags --libs entente) -o zone
 *     ./zone hanoi.yaml
 */
#include <entente.h>

#include <stdio.h>

static void print_package(const ent_deals_result *d, size_t deal)
{
    const char *link = "";
    for (size_t i = 0; i < d->issues; i++) {
        const ent_issue_row *issue = &d->issue[i];
        uint64_t level = d->levels[deal * d->issues + i];
        if (level == 0) {
            continue; /* as it is today */
        }
        if (issue->form == ENT_ISSUE_OPTIONS) {
            printf("%s%s: %s", link, issue->id, issue->part[level]);
        } else if (issue->form == ENT_ISSUE_RANGE) {
            printf("%s%s: %g", link, issue->id, issue->from + (double)level * issue->step);
        } else {
            printf("%s%s:", link, issue->id);
            for (size_t part = 0; part < issue->parts; part++) {
                if ((level >> part & 1) != 0) {
                    printf(" %s", issue->part[part]);
                }
            }
        }
        link = "; ";
    }
    printf("\n");
}

static void print_account(const ent_deals_result *d)
{
    printf("%s: some package suits all in %.0f%% of %u worlds\n", d->account, 100 * d->zone,
           d->worlds);
    for (size_t deal = 0; deal < d->deals && deal < 3; deal++) {
        printf("  %2.0f%%  ", 100 * d->joint[deal]);
        print_package(d, deal);
    }
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: zone CASE\n");
        return 2;
    }
    ent_engine *engine = ent_engine_create(NULL);
    ent_diags *diags = ent_diags_create();
    ent_input input = {.path = arguments[1]};
    ent_option options[] = {{"worlds", "2000"}, {"top", "3"}};
    ent_request request = ENT_REQUEST_INIT;
    request.question = "deals";
    request.inputs = &input;
    request.input_count = 1;
    request.options = options;
    request.option_count = 2;
    request.format = ENT_TYPED;
    ent_reply *reply = NULL;
    ent_status status = ent_ask(engine, &request, diags, &reply);
    for (size_t i = 0; reply != NULL && ent_reply_deals(reply, i) != NULL; i++) {
        print_account(ent_reply_deals(reply, i));
    }
    for (size_t i = 0; status != ENT_OK && i < ent_diags_count(diags); i++) {
        char text[4096];
        ent_diag_text(ent_diags_get(diags, i), false, text, sizeof text);
        fputs(text, stderr);
    }
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return ent_status_exit(status);
}
