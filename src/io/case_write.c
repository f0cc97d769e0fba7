/* A case as YAML. O(output). The record, its statements and claims, is in case_write_record.c. */
#include "io/case_write.h"

#include "base/number.h"
#include "io/yaml_out.h"
#include "record/approval.h"
#include "record/redact.h"

#include <string.h>

/* ---- Packages ----------------------------------------------------------------------------- */

static void put_level(ent_buffer *out, const ent_issue *issue, uint64_t level)
{
    if (issue->kind == ENT_OPTIONS) {
        ent_put(out, issue->part_ids[level]);
    } else if (issue->kind == ENT_RANGE) {
        ent_yaml_number(out, ent_range_value(issue, level));
    } else {
        const char *between = "[";
        for (uint32_t i = 0; i < issue->parts; i++) {
            if ((level >> i & 1) != 0) {
                ent_putf(out, "%s%s", between, issue->part_ids[i]);
                between = ", ";
            }
        }
        ent_put(out, level == 0 ? "none" : "]");
    }
}

static void put_choices(ent_buffer *out, const ent_case *c, const ent_package *package)
{
    ent_yaml_flow f = ent_yaml_open(out);
    for (size_t i = 0; i < package->count; i++) {
        const ent_issue *issue = &c->space.issues[package->choices[i].issue];
        ent_yaml_key(&f, issue->id);
        put_level(out, issue, package->choices[i].level);
    }
    ent_put_char(out, '}');
}

void ent_write_package(ent_buffer *out, const ent_case *c, const ent_package *package)
{
    if (package->name != NULL) {
        ent_put(out, package->name);
    } else {
        put_choices(out, c, package);
    }
}

static void put_packages(ent_buffer *out, const ent_case *c)
{
    ent_put(out, c->package_count > 0 ? "packages:\n" : "");
    for (size_t i = 0; i < c->package_count; i++) {
        ent_putf(out, "  %s: ", c->packages[i].name);
        put_choices(out, c, &c->packages[i]);
        ent_put(out, "\n");
    }
}

static void put_rules(ent_buffer *out, const ent_case *c)
{
    ent_put(out, c->space.rule_count > 0 ? "rules:\n" : "");
    for (size_t i = 0; i < c->space.rule_count; i++) {
        const ent_rule *rule = &c->space.rules[i];
        ent_put(out, "  - ");
        ent_yaml_flow f = ent_yaml_open(out);
        ent_yaml_key(&f, "if");
        ent_write_package(out, c, &rule->when);
        ent_yaml_key(&f, "then");
        ent_write_package(out, c, &rule->then);
        ent_yaml_entry(&f, "because", rule->because);
        ent_put(out, "}\n");
    }
}

/* ---- Parties, people, sources ------------------------------------------------------------- */

const char *ent_other_name(const char *name, const char *id)
{
    return name != NULL && strcmp(name, id) != 0 ? name : NULL;
}

static void put_members(ent_buffer *out, ent_yaml_flow *f, const ent_case *c,
                        const ent_approval *a, const char *key, bool veto)
{
    const char *between = "[";
    for (uint32_t m = 0; m < a->member_count; m++) {
        if (!veto || a->veto[m]) {
            if (between[0] == '[') {
                ent_yaml_key(f, key);
            }
            ent_putf(out, "%s%s", between, c->parties[a->members[m]].id);
            between = ", ";
        }
    }
    ent_put(out, between[0] == '[' ? "" : "]");
}

static void put_approval(ent_buffer *out, ent_yaml_flow *f, const ent_case *c,
                         const ent_approval *a)
{
    ent_yaml_key(f, "approval");
    ent_yaml_flow g = ent_yaml_open(out);
    ent_yaml_raw(&g, "votes", ent_format(out->arena, "%u", a->votes));
    ent_yaml_raw(&g, "of", ent_format(out->arena, "%u", a->of));
    put_members(out, &g, c, a, "members", false);
    put_members(out, &g, c, a, "veto", true);
    if (a->others > 0) {
        ent_yaml_raw(&g, "others", ent_format(out->arena, "%u", a->others));
    }
    ent_yaml_entry(&g, "because", a->because);
    ent_put_char(out, '}');
}

static void put_reservation(ent_yaml_flow *f, const ent_party *party)
{
    bool none = party->reservation.low == 0 && party->reservation.high == 0;
    if (party->reservation_withheld || (none && party->utility == NULL &&
                                        !party->reservation_private)) {
        return;
    }
    ent_yaml_key(f, "reservation");
    ent_put(f->out, party->reservation_private ? "{value: " : "");
    ent_yaml_interval(f->out, party->reservation);
    ent_put(f->out, party->reservation_private ? ", private: true}" : "");
}

static void put_party(ent_buffer *out, const ent_case *c, const ent_party *party)
{
    static const char *const roles[] = {NULL, "approver", "observer"};
    ent_putf(out, "  %s: ", party->id);
    ent_yaml_flow f = ent_yaml_open(out);
    ent_yaml_entry(&f, "name", ent_other_name(party->name, party->id));
    ent_yaml_entry(&f, "role", roles[party->role]);
    if (party->role == ENT_APPROVER && party->approves != NULL) {
        const char *between = "[";
        ent_yaml_key(&f, "approves");
        for (uint32_t i = 0; i < c->space.issue_count; i++) {
            if (party->approves[i]) {
                ent_putf(out, "%s%s", between, c->space.issues[i].id);
                between = ", ";
            }
        }
        ent_put_char(out, ']');
    }
    if (party->approval != NULL) {
        put_approval(out, &f, c, party->approval);
    }
    put_reservation(&f, party);
    ent_yaml_entry(&f, "color", party->color);
    if (party->utility != NULL) {
        ent_write_utility(&f, c, party->utility);
    }
    ent_put(out, "}\n");
}

static void put_people(ent_buffer *out, const ent_case *c)
{
    ent_put(out, c->person_count > 0 ? "people:\n" : "");
    for (uint32_t i = 0; i < c->person_count; i++) {
        const ent_person *person = &c->people[i];
        ent_putf(out, "  %s: ", person->id);
        ent_yaml_flow f = ent_yaml_open(out);
        ent_yaml_entry(&f, "name", ent_other_name(person->name, person->id));
        ent_yaml_raw(&f, "for",
                      person->party == ENT_NONE ? NULL : c->parties[person->party].id);
        ent_yaml_entry(&f, "title", person->title);
        ent_put(out, "}\n");
    }
}

static void put_sources(ent_buffer *out, const ent_case *c)
{
    ent_put(out, c->source_count > 0 ? "sources:\n" : "");
    for (uint32_t i = 0; i < c->source_count; i++) {
        const ent_source *source = &c->sources[i];
        const char letter[2] = {source->reliability, '\0'};
        ent_putf(out, "  %s: ", source->id);
        ent_yaml_flow f = ent_yaml_open(out);
        ent_yaml_entry(&f, "title", source->title);
        ent_yaml_entry(&f, "author", source->author);
        ent_yaml_entry(&f, "publisher", source->publisher);
        ent_yaml_raw(&f, "date", source->date);
        ent_yaml_entry(&f, "url", source->url);
        ent_yaml_entry(&f, "file", source->file);
        ent_yaml_raw(&f, "reliability", source->reliability != 0 ? letter : NULL);
        ent_yaml_raw(&f, "private", source->is_private ? "true" : NULL);
        ent_put(out, "}\n");
    }
}


/* ---- Issues ------------------------------------------------------------------------------- */

static bool is_signed(const ent_issue *issue, uint32_t party, int sign)
{
    return issue->sign[party] == sign && (issue->staked == NULL || !issue->staked[party]);
}

/* The parties with that sign, as a name or a list. */
static void put_signed(ent_yaml_flow *f, const char *key, const ent_case *c,
                       const ent_issue *issue, int sign)
{
    uint32_t count = 0;
    uint32_t total = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        total += is_signed(issue, p, sign);
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (!is_signed(issue, p, sign)) {
            continue;
        }
        if (count++ == 0) {
            ent_yaml_key(f, key);
            ent_put(f->out, total > 1 ? "[" : "");
        }
        ent_putf(f->out, "%s%s", count > 1 ? ", " : "", c->parties[p].id);
    }
    ent_put(f->out, total > 1 ? "]" : "");
}

static void put_stakes(ent_yaml_flow *f, const ent_case *c, const ent_issue *issue)
{
    const char *between = "{";
    for (uint32_t p = 0; issue->staked != NULL && p < c->party_count; p++) {
        if (issue->staked[p]) {
            if (*between == '{') {
                ent_yaml_key(f, "stakes");
            }
            ent_putf(f->out, "%s%s: \"%c\"", between, c->parties[p].id,
                     issue->sign[p] < 0 ? '-' : '+');
            between = ", ";
        }
    }
    ent_put(f->out, *between == ',' ? "}" : "");
}

static void put_measure(ent_yaml_flow *f, const ent_case *c, const char *key, const ent_size *size)
{
    ent_yaml_key(f, key);
    if (size->source == ENT_NONE) {
        ent_yaml_interval(f->out, size->value);
        return;
    }
    ent_put(f->out, "{value: ");
    ent_yaml_interval(f->out, size->value);
    ent_putf(f->out, ", source: %s}", c->sources[size->source].id);
}

static void put_item(ent_buffer *out, const ent_case *c, const ent_issue *issue, uint32_t item)
{
    ent_yaml_flow f = ent_yaml_open(out);
    ent_yaml_flow sizes = {out, false};
    ent_yaml_entry(&f, "name", ent_other_name(issue->part_names[item], issue->part_ids[item]));
    for (size_t i = 0; i < issue->size_count; i++) {
        if (issue->sizes[i].part == item) {
            if (!sizes.more) {
                ent_yaml_key(&f, "sizes");
                ent_put_char(out, '{');
            }
            put_measure(&sizes, c, c->metrics[issue->sizes[i].metric], &issue->sizes[i]);
        }
    }
    ent_put(out, sizes.more ? "}}" : "}");
}

/* metric -> option -> figure; sizes stand together by metric, as they were read. */
static void put_option_sizes(ent_yaml_flow *f, const ent_case *c, const ent_issue *issue)
{
    ent_yaml_flow metrics = {f->out, false};
    for (size_t i = 0; i < issue->size_count;) {
        uint32_t metric = issue->sizes[i].metric;
        if (!metrics.more) {
            ent_yaml_key(f, "sizes");
            ent_put_char(f->out, '{');
        }
        ent_yaml_key(&metrics, c->metrics[metric]);
        ent_yaml_flow figures = ent_yaml_open(f->out);
        for (; i < issue->size_count && issue->sizes[i].metric == metric; i++) {
            put_measure(&figures, c, issue->part_ids[issue->sizes[i].part], &issue->sizes[i]);
        }
        ent_put_char(f->out, '}');
    }
    ent_put(f->out, metrics.more ? "}" : "");
}

static void put_range(ent_yaml_flow *f, const ent_issue *issue)
{
    ent_yaml_key(f, "range");
    ent_put(f->out, "{from: ");
    ent_yaml_number(f->out, issue->from);
    ent_put(f->out, ", to: ");
    ent_yaml_number(f->out, issue->to);
    ent_put(f->out, ", step: ");
    ent_yaml_number(f->out, issue->step);
    ent_put_char(f->out, '}');
}

static void put_kind(ent_yaml_flow *f, const ent_case *c, const ent_issue *issue)
{
    if (issue->kind == ENT_RANGE) {
        put_range(f, issue);
        return;
    }
    bool options = issue->kind == ENT_OPTIONS;
    ent_yaml_key(f, options ? "options" : "items");
    ent_put_char(f->out, options ? '[' : '{');
    for (uint32_t i = 0; i < issue->parts; i++) {
        ent_putf(f->out, "%s%s", i > 0 ? ", " : "", issue->part_ids[i]);
        if (!options) {
            ent_put(f->out, ": ");
            put_item(f->out, c, issue, i);
        }
    }
    ent_put_char(f->out, options ? ']' : '}');
    if (options) {
        put_option_sizes(f, c, issue);
    }
}

static void put_undo(ent_yaml_flow *f, const ent_issue *issue)
{
    bool same = true;
    bool none = true;
    for (uint32_t i = 0; i < issue->components; i++) {
        same = same && issue->undo[i] == issue->undo[0];
        none = none && issue->undo[i] == 0;
    }
    if (none) {
        return;
    }
    ent_yaml_key(f, "undo");
    if (same) {
        ent_yaml_number(f->out, issue->undo[0]);
        return;
    }
    ent_yaml_flow parts = ent_yaml_open(f->out);
    for (uint32_t i = 0; i < issue->components; i++) {
        if (issue->undo[i] != 0) {
            ent_yaml_key(&parts, issue->part_ids[issue->kind == ENT_OPTIONS ? i + 1 : i]);
            ent_yaml_number(f->out, issue->undo[i]);
        }
    }
    ent_put_char(f->out, '}');
}

static void put_unit(ent_yaml_flow *f, const ent_case *c, const ent_issue *issue)
{
    ent_yaml_flow units = {f->out, false};
    for (uint32_t i = 0; issue->metric_units != NULL && i < c->metric_count; i++) {
        if (issue->metric_units[i] != NULL) {
            if (!units.more) {
                ent_yaml_key(f, "unit");
                ent_put_char(f->out, '{');
            }
            ent_yaml_entry(&units, c->metrics[i], issue->metric_units[i]);
        }
    }
    ent_put(f->out, units.more ? "}" : "");
    ent_yaml_entry(f, "unit", units.more ? NULL : issue->unit);
}

static void put_issue(ent_buffer *out, const ent_case *c, const ent_issue *issue)
{
    ent_putf(out, "  %s: ", issue->id);
    ent_yaml_flow f = ent_yaml_open(out);
    ent_yaml_entry(&f, "name", ent_other_name(issue->name, issue->id));
    put_signed(&f, "by", c, issue, -1);
    put_signed(&f, "for", c, issue, 1);
    put_stakes(&f, c, issue);
    put_kind(&f, c, issue);
    if (issue->undo != NULL) {
        put_undo(&f, issue);
    }
    put_unit(&f, c, issue);
    ent_put(out, "}\n");
}

static void put_withheld(ent_buffer *out, const ent_withheld *w)
{
    if (!w->told) {
        return;
    }
    ent_put(out, "withheld: ");
    ent_yaml_flow f = ent_yaml_open(out);
    ent_yaml_raw(&f, "effects", w->effects ? "kept" : "left-out");
    for (int k = 0; k < ENT_WITHHELD_KINDS; k++) {
        uint32_t count = ent_withheld_count(w, k);
        if (count > 0) {
            ent_yaml_raw(&f, ent_withheld_names[k].many, ent_format(out->arena, "%u", count));
        }
    }
    ent_put(out, "}\n");
}

void ent_put_case(ent_buffer *out, const ent_case *c)
{
    ent_put(out, "entente: 1\ntitle: ");
    ent_yaml_text(out, c->title);
    ent_put(out, "\n");
    if (c->as_of != NULL) {
        ent_putf(out, "as-of: %s\n", c->as_of);
    }
    if (c->summary != NULL) {
        ent_put(out, "summary: ");
        ent_yaml_text(out, c->summary);
        ent_put(out, "\n");
    }
    put_withheld(out, &c->withheld);
    ent_put(out, "parties:\n");
    for (uint32_t i = 0; i < c->party_count; i++) {
        put_party(out, c, &c->parties[i]);
    }
    put_people(out, c);
    put_sources(out, c);
    ent_put(out, "issues:\n");
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        put_issue(out, c, &c->space.issues[i]);
    }
    put_rules(out, c);
    put_packages(out, c);
    ent_write_statements(out, c);
    ent_write_accounts(out, c);
}
