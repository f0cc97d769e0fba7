/* One negotiation: a table, rules, a strategy for each party. Protocols are files and rows. */
#ifndef ENT_HAGGLE_NEGOTIATION_H
#define ENT_HAGGLE_NEGOTIATION_H

#include "haggle/strategy.h"

typedef enum ent_haggle_end {
    ENT_HAGGLE_AGREED,
    ENT_HAGGLE_DEADLINE,
    ENT_HAGGLE_WALKED, /* a party walked out */
    ENT_HAGGLE_BROKE,  /* talks broke down by chance */
    ENT_HAGGLE_FAILED, /* a user's strategy crashed or gave no answer, in a process of its own */
    ENT_HAGGLE_SLOW,   /* a party took longer for a turn than the step limit */
    ENT_HAGGLE_ENDS
} ent_haggle_end;

/* "agreed", "deadline", "walked-out", "breakdown", "failed", "too-slow". */
extern const char *const ent_haggle_end_names[ENT_HAGGLE_ENDS];

enum { ENT_HAGGLE_ROUNDS = 100000, ENT_HAGGLE_USUAL_ROUNDS = 100 };
#define ENT_HAGGLE_USUAL_BREAKDOWN 0.02
#define ENT_HAGGLE_MEDIATOR UINT32_MAX /* as the party of an offer */

typedef struct ent_negotiation ent_negotiation;
typedef struct ent_protocol {
    const char *name, *summary, *detail, *source; /* as in ent_topic */
    const ent_topic_parameter *parameters;        /* the options that it heeds */
    uint32_t parameter_count;
    void (*run)(ent_negotiation *n);
} ent_protocol;

/* Sorted by name. */
extern const ent_protocol *const ent_protocols[];
extern const size_t ent_protocol_count;
extern const ent_protocol ent_protocol_alternating;
extern const ent_protocol ent_protocol_breakdown;
extern const ent_protocol ent_protocol_one_text;

/* What every protocol heeds, for its parameters. */
#define ENT_HAGGLE_ROUNDS_ROW                                                                      \
    {                                                                                              \
        "--rounds", ENT_HAGGLE_USUAL_ROUNDS, 0, ENT_HAGGLE_ROUNDS, NULL,                           \
            "rounds up to the deadline"                                                            \
    }

#define ENT_HAGGLE_CLOCK_ROWS                                                                      \
    {"--seconds", 0, 0, 1e9, NULL, "seconds up to a deadline on a clock; 0: none"},                \
        {"--step-cost", 0.01, 0, 1e9, NULL, "seconds of that clock that a turn takes"},            \
    {                                                                                              \
        "--step-limit", 0, 0, 1e9, NULL, "seconds that a turn may take; 0: as many as it likes"    \
    }

ent_status ent_find_protocol(ent_work *work, const char *name, const ent_protocol **protocol);

typedef struct ent_score ent_score; /* haggle/score.h */

typedef struct ent_clock_rules {
    double seconds;    /* up to the deadline; 0: the rounds alone are one */
    double step_limit; /* seconds that one turn may take; 0: as many as it likes */
    ent_turn_cost cost; /* of turns of strategies that state none, and of a mediator's */
    bool overtime;      /* a round that has begun in time is played to its end */
    bool open;          /* rounds are no deadline beside the seconds: there are enough of them */
} ent_clock_rules;

typedef struct ent_haggle_rules {
    const ent_protocol *protocol; /* NULL: alternating */
    uint32_t rounds;
    ent_clock_rules clock;
    /* Our strategies refuse what is worth exactly the reservation value; otherwise they take it. */
    bool above;
    /*
     * A deadline that nobody is told: a round count drawn evenly from these for each run. Where it
     * is below `rounds` the talks end there. 0, 0: none.
     */
    uint32_t hidden_least, hidden_most;
    double breakdown; /* chance that talks end after a rejection */
    uint64_t seed;
    const ent_apart *apart; /* users' strategies play in other processes; NULL: in this */
    const ent_score *score; /* what a tournament ranks by; NULL: nobody asks */
} ent_haggle_rules;

typedef struct ent_haggle_result {
    ent_haggle_end end;
    uint32_t entry; /* agreed on, else ENT_NO_ENTRY */
    uint32_t round; /* in which it ended */
    uint32_t party; /* who accepted last, or walked out */
    uint32_t offers;
    double time;    /* relative time of the end */
    double seconds; /* on the clock, where there is one */
    double known[2]; /* of two parties: ent_opponent_known(), where a score asks for it */
} ent_haggle_result;

/* Made once for a table and strategies, used for any number of runs by one thread at a time. */
struct ent_negotiation {
    const ent_haggle_table *table;
    ent_haggle_rules rules;
    ent_haggler *haggler;     /* [parties] */
    ent_haggle_offer *offers; /* [rounds * parties + 1] of the last run */
    ent_haggle_result result;
    double *when;      /* [rounds * parties + 1] seconds of the offers; NULL: no clock */
    double round_began, spent; /* seconds: when the round did, and in the turn at hand */
    uint32_t last;     /* rounds that this run has at most */
    ent_stream chance; /* the protocol's own draws */
    ent_stream ticks;  /* what turns take */
    uint64_t *level;   /* [issues], for protocols */
};

/* chosen[parties]. All memory that runs need is allocated here. */
void ent_negotiation_make(ent_arena *arena, const ent_haggle_table *table,
                          const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                          ent_negotiation *n);
/* Ready for that run; what ent_negotiate begins with. */
void ent_negotiation_begin(ent_negotiation *n, uint64_t run);
/* Negotiate; run is the number of the run, on which alone chance depends besides the seed. */
void ent_negotiate(ent_negotiation *n, uint64_t run);
/*
 * Did the last run draw nothing? Then all runs of these parties come to the same. Never true with a
 * user's strategy, which may draw elsewhere.
 */
bool ent_negotiation_is_certain(const ent_negotiation *n);

/*
 * The same with users' strategies in a process apart, as the rules say, and with those of the
 * calling program; chosen[parties].
 */
ent_status ent_negotiate_apart(ent_work *work, ent_negotiation *n,
                               const ent_chosen_strategy *chosen, uint64_t run);
/* What a run comes to in which a process apart failed there. */
ent_haggle_result ent_haggle_failed(const ent_trace *trace);

/* A party's utility of the result: discounted, and its reservation value without a deal. */
double ent_haggle_utility(const ent_haggle_table *table, uint32_t party,
                          const ent_haggle_result *result);

/*
 * min(1, (round + 1) / (rounds + 1)) in rounds, and seconds over those of the deadline: the greater
 * where both count, as in NegMAS.
 */
double ent_relative_time(const ent_haggle_rules *rules, uint32_t round, double seconds);

/* ---- What protocols are written with ------------------------------------------------------- */

/* Note the offer and let all see it. */
void ent_haggle_table_offer(ent_negotiation *n, uint32_t round, uint32_t party, uint32_t entry);
/* The party's turn: its round and time are set. */
ent_haggler *ent_haggle_turn(ent_negotiation *n, uint32_t party, uint32_t round);

#endif
