#include "api/topics.h"

#include "base/number.h"
#include "haggle/negotiation.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const protocol_options[] = {"protocol", NULL};
static const char *const strategy_options[] = {"pair", "strategies", NULL};

enum { PROTOCOLS, STRATEGIES, KINDS };
static const ent_topic_kind kinds[KINDS] = {
    [PROTOCOLS] = {"protocol", "protocols", protocol_options},
    [STRATEGIES] = {"strategy", "strategies", strategy_options},
};

const ent_topic_kind *ent_topic_kind_at(size_t index)
{
    return index < KINDS ? &kinds[index] : NULL;
}

bool ent_topic_at(size_t kind, size_t index, ent_topic *topic)
{
    if (kind == PROTOCOLS && index < ent_protocol_count) {
        const ent_protocol *p = ent_protocols[index];
        *topic = (ent_topic){p->name,   p->summary,    p->detail,
                             p->source, p->parameters, p->parameter_count};
        return true;
    }
    if (kind == STRATEGIES && index < ent_strategy_count) {
        const ent_strategy *s = ent_strategies[index];
        *topic = (ent_topic){s->name,   s->summary,    s->detail,
                             s->source, s->parameters, s->parameter_count};
        return true;
    }
    return false;
}

bool ent_find_topic(const char *name, size_t *kind, ent_topic *topic)
{
    for (*kind = 0; *kind < KINDS; ++*kind) {
        for (size_t i = 0; ent_topic_at(*kind, i, topic); i++) {
            if (strcmp(topic->name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Text in the caller's room, which counts on where there is none left. */
typedef struct line {
    char *at;
    size_t room, length;
} line;

ENT_PRINTF(2, 3) static void put(line *l, const char *form, ...)
{
    va_list arguments;
    va_start(arguments, form);
    size_t left = l->length < l->room ? l->room - l->length : 0;
    int length = vsnprintf(left > 0 ? l->at + l->length : NULL, left, form, arguments);
    va_end(arguments);
    l->length += length > 0 ? (size_t)length : 0;
}

size_t ent_topic_parameter_text(const ent_topic_parameter *p, char *text, size_t room)
{
    line l = {text, room, 0};
    char usual[ENT_NUMBER_ROOM], least[ENT_NUMBER_ROOM], most[ENT_NUMBER_ROOM];
    const char *joint = p->name[0] == '-' ? " " : "="; /* an option, or of a name */
    if (p->words == NULL) {
        put(&l, "%s%s%s: %s (%s to %s)", p->name, joint, ent_number_text(p->usual, usual), p->help,
            ent_number_text(p->least, least), ent_number_text(p->most, most));
        return l.length;
    }
    put(&l, "%s%s%s: %s", p->name, joint, p->words[(size_t)p->usual], p->help);
    for (size_t w = 0; w <= (size_t)p->most; w++) {
        put(&l, "%s%s", w == 0 ? " (" : ", ", p->words[w]);
    }
    put(&l, ")");
    return l.length;
}
