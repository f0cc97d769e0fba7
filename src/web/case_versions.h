/*
 * The case file as the server holds it: what stands on disk and the last version that was valid.
 * Safe to use from several threads.
 */
#ifndef ENT_WEB_CASE_VERSIONS_H
#define ENT_WEB_CASE_VERSIONS_H

#include "entente.h"

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

/*
 * `redact`: the engine's option, "redact" or "redact-words", by which alone the case is known here:
 * every version is what that leaves, and the file's bytes are forgotten as soon as they are read. A
 * text that cannot be redacted is an empty version that is not valid. NULL: the file as it is.
 */
web_held *web_held_create(const char *path, int threads, const char *redact);
/* What is read is redacted. */
bool web_held_redacts(const web_held *held);
void web_held_destroy(web_held *held);
const char *web_held_path(const web_held *held);

/*
 * Look at the disk: false if the file cannot be read (what is held stays, and the first message is
 * remembered). One stat() where nothing changed.
 */
bool web_held_refresh(web_held *held, ent_diags *diags);
/* Does the path lead to another file than when the server started: was a link swapped? */
bool web_held_moved(const web_held *held);
/* Why the file could not be read when it was looked at last, malloc'ed; NULL if it could. */
char *web_held_fault(web_held *held);
/* How often the file was read. */
uint64_t web_held_reads(web_held *held);
/* The version on disk, or the last valid one (NULL if there never was one); give it back. */
web_version *web_held_now(web_held *held);
web_version *web_held_valid(web_held *held);
void web_held_release(web_held *held, web_version *version);

/* Check a text as if it stood in the file: findings as JSON, malloc'ed. */
char *web_held_check(web_held *held, const char *text, size_t length, bool *valid,
                     size_t *findings_length);

typedef enum web_saved {
    WEB_SAVED,
    WEB_CONFLICT, /* another text stands in the file than the one edited */
    WEB_DRAFT,
    WEB_BLOCKED, /* where the backup or draft would go stands no regular file */
    WEB_FAILED
} web_saved;
/*
 * Save the text if the file still is what `hash` names. The old content stays beside it as
 * PATH~; an invalid text goes to PATH.draft and leaves the file alone.
 */
web_saved web_held_save(web_held *held, const char *text, size_t length, const char *hash,
                        ent_diags *diags);

#endif
