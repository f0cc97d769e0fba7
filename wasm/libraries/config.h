/* What libmd's configure finds for WebAssembly; sha2.c needs none of it. */
