/* The later panels of the page's document: plan, stay or walk, what would hold. */
#include "report/page_parts.h"

#include <string.h>

/* The steps in people's words; everything else names them by id. */
static void put_step_texts(ent_json *json, const ent_plan *plan)
{
    ent_json_open_list(json, "steps");
    for (uint32_t s = 0; s < plan->step_count; s++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "id", plan->steps[s].id);
        ent_json_text(json, "text", plan->steps[s].text);
        ent_json_count(json, "issue", plan->steps[s].issue);
        ent_json_count(json, "part", plan->steps[s].part);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_plan(ent_json *json, ent_numbering *n, const ent_page *page,
                     size_t account, const ent_planned *planned)
{
    ent_json_open_map(json, "plan");
    ent_json_count(json, "outcome", ent_number_outcome(n, planned->deal));
    put_step_texts(json, &planned->plan);
    ent_json_plan(json, page->analysis, account, planned);
    ent_json_close_map(json);
}

static void put_walks(ent_json *json, ent_numbering *n, const ent_page *page,
                      const ent_page_account *here)
{
    ent_json_open_list(json, "walk");
    for (size_t i = 0; i < here->walk_count; i++) {
        const uint64_t *common = here->walks[i].walk.common;
        ent_json_open_map(json, NULL);
        ent_json_index(json, "nash_outcome",
                       common == NULL ? ENT_NONE : ent_number_outcome(n, common));
        ent_json_walk(json, page->analysis, &here->walks[i]);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_held(ent_json *json, ent_numbering *n, const ent_page *page,
                     const ent_page_account *here)
{
    ent_json_open_list(json, "stability");
    for (size_t i = 0; i < here->held_count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_count(json, "outcome", ent_number_outcome(n, here->held[i].levels));
        ent_json_held(json, page->analysis, &here->held[i]);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_page_steps(ent_json *json, ent_numbering *n, const ent_page *page, size_t account)
{
    const ent_page_account *here = &page->accounts[account];
    if (here->plan != NULL) {
        put_plan(json, n, page, account, here->plan);
    }
    if (page->parts & ENT_PART_WALK) {
        put_walks(json, n, page, here);
    }
    if (page->parts & ENT_PART_HOLDS) {
        put_held(json, n, page, here);
    }
}
