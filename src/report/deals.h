/* Zone and deals of the accounts, as text, plain records and JSON. */
#ifndef ENT_REPORT_DEALS_H
#define ENT_REPORT_DEALS_H

#include "answers/deals.h"
#include "report/doubts.h"
#include "report/words.h"

/* deals[accounts.count]; where analysis->worlds[i].account is NULL there are none. */
void ent_put_deals_json(ent_buffer *out, const ent_analysis *analysis, const ent_deals *deals);
void ent_put_deals_plain(ent_buffer *out, const ent_analysis *analysis, const ent_deals *deals);
void ent_put_deals_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_deals *deals);

/* A zone with its error, interval and range as a map of its own. */
void ent_json_zone(ent_json *json, const char *key, const ent_zone *zone);
/* One deal as JSON members of the map that is open (docs/JSON.md: package, shares, joint, ...). */
void ent_json_deal(ent_json *json, const ent_case *c, const ent_deal *deal);
/* "UN Security Council: 9 of 15 votes, vetoes of ...", and what is assumed about the others. */
const char *ent_council_text(ent_arena *arena, const ent_case *c, uint32_t party);
/* The councils' rules as a list of the JSON map that is open; nothing where there is none. */
void ent_json_councils(ent_json *json, const ent_analysis *analysis);
/* "possible", "necessary", "impossible". */
const char *ent_verdict_text(ent_verdict verdict);
/*
 * The deal with a bar for each party that is asked:
 *   United States gives  Relief: partial           United States  57%  ######....
 * in the form: who gives what, then the shares.
 */
void ent_put_deal(ent_buffer *out, const ent_style *style, const ent_case *c, const ent_deal *deal,
                  unsigned indent);
/* "the United States in 57%, North Korea in 51%" for those asked. */
const char *ent_shares_text(ent_arena *arena, const ent_case *c, const ent_deal *deal);

#endif
