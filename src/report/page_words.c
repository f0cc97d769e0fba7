/* The answer in words, as HTML without script or style: for readers without scripts, for mail. */
#include "report/page_parts.h"

#include "base/number.h"
#include "record/redact.h"
#include "report/words.h"

#include <string.h>

static void put_escaped(ent_buffer *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        switch (*at) {
        case '<': ent_put(out, "&lt;"); break;
        case '>': ent_put(out, "&gt;"); break;
        case '&': ent_put(out, "&amp;"); break;
        case '"': ent_put(out, "&quot;"); break;
        default: ent_put_char(out, *at);
        }
    }
}

/* What the best package asks of each side, as the report has it. */
static void put_best(ent_buffer *out, const ent_case *c, const ent_picture *picture)
{
    ent_buffer lines = ent_buffer_init(out->arena, 0);
    ent_style style = {.width = 80};
    ent_put_exchange(&lines, &style, c, picture->at[0].deal.levels, 0);
    ent_put(out, "<pre>");
    put_escaped(out, ent_buffer_text(&lines));
    ent_put(out, "</pre>");
}

static const char *sides(const ent_case *c)
{
    uint32_t deciders = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        deciders += c->parties[p].role == ENT_DECIDER;
    }
    return deciders == 2 ? "both sides" : "all sides";
}

static void put_account(ent_buffer *out, const ent_page *page, size_t index)
{
    const ent_case *c = page->analysis->c;
    const ent_account *account = &page->analysis->accounts.at[index];
    const ent_picture *picture = page->accounts[index].picture;
    const char *all = sides(c);
    ent_put(out, "<h2>");
    put_escaped(out, ent_account_text(out->arena, c, account));
    ent_put(out, "</h2><p>");
    if (picture == NULL) {
        ent_put(out, account->consistent ? "Not asked.</p>"
                                         : "It contradicts itself: no preferences fit it.</p>");
        return;
    }
    const ent_zone *zone = &picture->deals.zone;
    double best = picture->count > 0 ? picture->at[0].deal.joint : 0;
    if (zone->impossible) {
        ent_putf(out, "That any package suits %s is impossible: it contradicts this account.</p>",
                 all);
        return;
    }
    bool ranged = zone->ranged && zone->high > zone->low;
    ent_putf(out,
             "In %s%s%s of the preference worlds that fit, some package suits %s%s (%s, "
             "standard error %.1f points). The best single package does in %s.</p>",
             ent_percent(out->arena, ranged ? zone->low : zone->share), ranged ? " to " : "",
             ranged ? ent_percent(out->arena, zone->high) : "", all,
             ranged ? ", depending on votes that nobody stated" : "",
             ent_counted(out->arena, picture->worlds, "worlds"),
             100 * zone->error, ent_percent(out->arena, best));
    if (best > 0) {
        put_best(out, c, picture);
    }
}

void ent_put_page_words(ent_buffer *out, const ent_page *page)
{
    const ent_case *c = page->analysis->c;
    ent_put(out, "<article class=\"plain-answer\"><h1>");
    put_escaped(out, c->title != NULL ? c->title : "Entente");
    ent_put(out, "</h1>");
    for (size_t i = 0; i < page->analysis->accounts.count; i++) {
        put_account(out, page, i);
    }
    ent_put(out, "<p>Shares of the preference worlds that fit an account. They are not odds. "
                 "Entente " ENT_VERSION ", case ");
    put_escaped(out, c->hash);
    if (c->withheld.told) {
        ent_put(out, ". Withheld: ");
        ent_put(out, ent_withheld_text(out->arena, &c->withheld));
    }
    ent_put(out, ".</p></article>");
}
