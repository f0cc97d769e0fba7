/*
 * The case file as the server holds it: what stands on disk, the last version that was valid, and
 * the answers already given about it. Safe to use from several threads.
 */
#ifndef ENT_WEB_HELD_H
#define ENT_WEB_HELD_H

#include "web/text.h"

/* One version of the file; counted, so that an answer may outlive the next version. */
typedef struct web_version {
    char *text;
    size_t length;
    char hash[ENT_FINGERPRINT_ROOM];
    bool valid;
    char *findings; /* what `entente check --json` says */
    size_t findings_length;
    int users;
} web_version;

typedef struct web_held web_held;

web_held *web_held_create(const char *path, int threads);
void web_held_destroy(web_held *held);
const char *web_held_path(const web_held *held);

/* Look at the disk: false if it cannot be read (what is held stays). Cheap when nothing changed. */
bool web_held_refresh(web_held *held, ent_diags *diags);
/* The version on disk, or the last valid one (NULL if there never was one); give it back. */
web_version *web_held_now(web_held *held);
web_version *web_held_valid(web_held *held);
void web_held_release(web_held *held, web_version *version);

/* Check a text as if it stood in the file: findings as JSON, malloc'ed. */
char *web_held_check(web_held *held, const char *text, size_t length, bool *valid,
                     size_t *findings_length);

typedef enum web_saved { WEB_SAVED, WEB_CONFLICT, WEB_DRAFT, WEB_FAILED } web_saved;
/*
 * Save the text if the file still is what `hash` names. The old content stays beside it as
 * PATH~; an invalid text goes to PATH.draft and leaves the file alone.
 */
web_saved web_held_save(web_held *held, const char *text, size_t length, const char *hash,
                        ent_diags *diags);

/* An answer kept under a key; malloc'ed copy or NULL. */
char *web_held_recall(web_held *held, const char *key, size_t *length);
void web_held_keep(web_held *held, const char *key, const char *answer, size_t length);

#endif
