#include "web/connections.h"

#include "web/clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
    GUESTS = 128,
    ARRIVE_MS = 10000, /* from connecting, or the last reply, to the end of the next request */
    REPLY_MS = 60000,  /* until a reply is read */
    LOOK_MS = 500
};

typedef enum doing { RESTING, WORKING, REPLYING } doing;

struct web_guest {
    web_guest *next;
    int socket;
    doing doing;
    uint64_t since;
    bool cut; /* shown out: waits only to be closed */
};

struct web_door {
    pthread_mutex_t lock; /* over all below */
    pthread_cond_t news;
    pthread_t watcher;
    web_guest *guests;
    unsigned count; /* of those that are not cut */
    bool closing;
};

/* Closing the socket is the business of its own thread, which wakes from this. */
static void cut(web_door *door, web_guest *g)
{
    g->cut = true;
    door->count--;
    (void)shutdown(g->socket, SHUT_RDWR);
}

static void cut_late(web_door *door)
{
    uint64_t now = web_clock_ms();
    for (web_guest *g = door->guests; g != NULL; g = g->next) {
        uint64_t most = g->doing == RESTING ? ARRIVE_MS : REPLY_MS;
        if (!g->cut && g->doing != WORKING && now - g->since > most) {
            cut(door, g);
        }
    }
}

static void *watch(void *user)
{
    web_door *door = user;
    pthread_mutex_lock(&door->lock);
    while (!door->closing) {
        struct timespec until = web_clock_in(LOOK_MS);
        cut_late(door);
        pthread_cond_timedwait(&door->news, &door->lock, &until);
    }
    pthread_mutex_unlock(&door->lock);
    return NULL;
}

web_door *web_door_create(void)
{
    web_door *door = calloc(1, sizeof *door);
    if (door == NULL || pthread_mutex_init(&door->lock, NULL) != 0) {
        free(door);
        return NULL;
    }
    if (pthread_cond_init(&door->news, NULL) != 0) {
        pthread_mutex_destroy(&door->lock);
        free(door);
        return NULL;
    }
    if (pthread_create(&door->watcher, NULL, watch, door) != 0) {
        pthread_cond_destroy(&door->news);
        pthread_mutex_destroy(&door->lock);
        free(door);
        return NULL;
    }
    return door;
}

void web_door_destroy(web_door *door)
{
    if (door == NULL) {
        return;
    }
    pthread_mutex_lock(&door->lock);
    door->closing = true;
    pthread_cond_signal(&door->news);
    pthread_mutex_unlock(&door->lock);
    pthread_join(door->watcher, NULL);
    pthread_cond_destroy(&door->news);
    pthread_mutex_destroy(&door->lock);
    free(door);
}

static web_guest *idlest(web_door *door)
{
    web_guest *found = NULL;
    for (web_guest *g = door->guests; g != NULL; g = g->next) {
        bool idle = !g->cut && g->doing != WORKING;
        if (idle && (found == NULL || g->since < found->since)) {
            found = g;
        }
    }
    return found;
}

web_guest *web_door_enter(web_door *door, int socket)
{
    web_guest *fresh = calloc(1, sizeof *fresh);
    if (fresh == NULL) {
        return NULL;
    }
    *fresh = (web_guest){.socket = socket, .since = web_clock_ms()};
    pthread_mutex_lock(&door->lock);
    web_guest *other = door->count < GUESTS ? NULL : idlest(door);
    fresh->next = door->guests;
    door->guests = fresh;
    door->count++;
    if (other != NULL) {
        cut(door, other);
    } else if (door->count > GUESTS) {
        cut(door, fresh); /* all others work */
    }
    pthread_mutex_unlock(&door->lock);
    return fresh;
}

void web_door_leave(web_door *door, web_guest *guest)
{
    if (guest == NULL) {
        return;
    }
    pthread_mutex_lock(&door->lock);
    web_guest **at = &door->guests;
    while (*at != guest) {
        at = &(*at)->next;
    }
    *at = guest->next;
    door->count -= !guest->cut;
    pthread_mutex_unlock(&door->lock);
    free(guest);
}

static void now_doing(web_door *door, web_guest *guest, doing what)
{
    if (guest != NULL) {
        pthread_mutex_lock(&door->lock);
        guest->doing = what;
        guest->since = web_clock_ms();
        pthread_mutex_unlock(&door->lock);
    }
}

void web_door_work(web_door *door, web_guest *guest)
{
    now_doing(door, guest, WORKING);
}

void web_door_reply(web_door *door, web_guest *guest)
{
    now_doing(door, guest, REPLYING);
}

void web_door_rest(web_door *door, web_guest *guest)
{
    now_doing(door, guest, RESTING);
}
