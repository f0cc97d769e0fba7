/*
 * What expat's configure finds for WebAssembly. Entropy for its hash tables comes from the
 * browser.
 */
#define XML_NS 1
#define XML_DTD 1
#define XML_CONTEXT_BYTES 1024
#define BYTEORDER 1234
#define HAVE_ARC4RANDOM_BUF 1
#define VERSION "2.5.0"

#include <stddef.h>
#include <unistd.h>

static inline void arc4random_buf(void *bytes, size_t length)
{
    (void)getentropy(bytes, length);
}
