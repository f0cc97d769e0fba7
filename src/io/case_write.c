/*
 * A case as YAML. Texts that are letters and spaces stand as they are, all others in double
 * quotation marks with everything escaped that is not printable; names need no marks. O(output).
 */
#include "base/number.h"
#include "io/case.h"
#include "io/case_format.h"

#include <string.h>

/* ---- Values ------------------------------------------------------------------------------- */

static bool plain_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("_.()'/- ", c) != NULL;
}

/* Starts with a letter, ends in none of the spaces, holds nothing that YAML could read. */
static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (!plain_char(text[i])) {
            return false;
        }
    }
    return length > 0 && length <= 100 && text[length - 1] != ' ' &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

static bool needs_escape(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFF);
}

static void put_text(ent_buffer *out, const char *text)
{
    if (is_plain(text)) {
        ent_put(out, text);
        return;
    }
    size_t length = strlen(text);
    ent_put_char(out, '"');
    for (size_t at = 0; at < length;) {
        size_t start = at;
        int32_t c = ent_utf8_next(text, length, &at);
        if (c == '"' || c == '\\') {
            ent_putf(out, "\\%c", (char)c);
        } else if (c == '\n') {
            ent_put(out, "\\n");
        } else if (needs_escape(c)) {
            ent_putf(out, "\\u%04X", (unsigned)c);
        } else {
            ent_put_bytes(out, text + start, at - start);
        }
    }
    ent_put_char(out, '"');
}

static void put_number(ent_buffer *out, double value)
{
    char text[ENT_NUMBER_ROOM];
    ent_put(out, ent_number_text(value, text));
}

static void put_interval(ent_buffer *out, ent_interval interval)
{
    if (interval.low == interval.high) {
        put_number(out, interval.low);
        return;
    }
    ent_put_char(out, '[');
    put_number(out, interval.low);
    ent_put(out, ", ");
    put_number(out, interval.high);
    ent_put_char(out, ']');
}

/* A flow map: `, ` between its entries. */
typedef struct flow {
    ent_buffer *out;
    bool more;
} flow;

static flow open_flow(ent_buffer *out)
{
    ent_put_char(out, '{');
    return (flow){out, false};
}

static void put_key(flow *f, const char *key)
{
    ent_putf(f->out, "%s%s: ", f->more ? ", " : "", key);
    f->more = true;
}

static void put_entry(flow *f, const char *key, const char *text)
{
    if (text != NULL) {
        put_key(f, key);
        put_text(f->out, text);
    }
}

static void put_raw_entry(flow *f, const char *key, const char *raw)
{
    if (raw != NULL) {
        put_key(f, key);
        ent_put(f->out, raw);
    }
}

/* ---- Packages ----------------------------------------------------------------------------- */

static void put_level(ent_buffer *out, const ent_issue *issue, uint64_t level)
{
    if (issue->kind == ENT_OPTIONS) {
        ent_put(out, issue->part_ids[level]);
    } else if (issue->kind == ENT_RANGE) {
        put_number(out, ent_range_value(issue, level));
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
    flow f = open_flow(out);
    for (size_t i = 0; i < package->count; i++) {
        const ent_issue *issue = &c->space.issues[package->choices[i].issue];
        put_key(&f, issue->id);
        put_level(out, issue, package->choices[i].level);
    }
    ent_put_char(out, '}');
}

static void put_package(ent_buffer *out, const ent_case *c, const ent_package *package)
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
        flow f = open_flow(out);
        put_key(&f, "if");
        put_package(out, c, &rule->when);
        put_key(&f, "then");
        put_package(out, c, &rule->then);
        put_entry(&f, "because", rule->because);
        ent_put(out, "}\n");
    }
}

/* ---- Parties, people, sources ------------------------------------------------------------- */

static const char *other_name(const char *name, const char *id)
{
    return name != NULL && strcmp(name, id) != 0 ? name : NULL;
}

static void put_party(ent_buffer *out, const ent_case *c, const ent_party *party)
{
    static const char *const roles[] = {NULL, "approver", "observer"};
    ent_putf(out, "  %s: ", party->id);
    flow f = open_flow(out);
    put_entry(&f, "name", other_name(party->name, party->id));
    put_entry(&f, "role", roles[party->role]);
    if (party->role == ENT_APPROVER && party->approves != NULL) {
        const char *between = "[";
        put_key(&f, "approves");
        for (uint32_t i = 0; i < c->space.issue_count; i++) {
            if (party->approves[i]) {
                ent_putf(out, "%s%s", between, c->space.issues[i].id);
                between = ", ";
            }
        }
        ent_put_char(out, ']');
    }
    if (party->reservation.low != 0 || party->reservation.high != 0) {
        put_key(&f, "reservation");
        put_interval(out, party->reservation);
    }
    put_entry(&f, "color", party->color);
    ent_put(out, "}\n");
}

static void put_people(ent_buffer *out, const ent_case *c)
{
    ent_put(out, c->person_count > 0 ? "people:\n" : "");
    for (uint32_t i = 0; i < c->person_count; i++) {
        const ent_person *person = &c->people[i];
        ent_putf(out, "  %s: ", person->id);
        flow f = open_flow(out);
        put_entry(&f, "name", other_name(person->name, person->id));
        put_raw_entry(&f, "for",
                      person->party == ENT_NONE ? NULL : c->parties[person->party].id);
        put_entry(&f, "title", person->title);
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
        flow f = open_flow(out);
        put_entry(&f, "title", source->title);
        put_entry(&f, "publisher", source->publisher);
        put_raw_entry(&f, "date", source->date);
        put_entry(&f, "url", source->url);
        put_entry(&f, "file", source->file);
        put_raw_entry(&f, "reliability", source->reliability != 0 ? letter : NULL);
        ent_put(out, "}\n");
    }
}

