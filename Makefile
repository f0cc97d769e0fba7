# The front door. `make run` and `make check` install what is missing, build, and do the rest.
BUILD ?= build
PREFIX ?= /usr/local
CASE ?= examples/hanoi.yaml
# `make run` needs no test libraries; `make check` turns this on.
TESTS ?= false
BENCHES = $(patsubst bench/bench_%.c,%,$(wildcard bench/bench_*.c))

# Public scenarios beside the source tree, where they are, are measured too.
REFERENCE = ../shared/reference
FOLDERS_frontier = $(wildcard $(addprefix $(REFERENCE)/genius/,anac-y2010-Travel \
    anac-y2011-Energy AMPOvsCity))
FOLDERS_ask = $(FOLDERS_frontier)
FOLDERS_boxes = $(wildcard $(REFERENCE)/anac2014/*)

.PHONY: run check build wasm npm bench install fuzz sanitize clean

run: build
	@$(BUILD)/entente report $(CASE)

build:
	@tools/setup
	@test -f $(BUILD)/build.ninja || \
	    meson setup $(BUILD) --prefix $(PREFIX) -Dtests=$(TESTS) > $(BUILD).log 2>&1 || \
	    { cat $(BUILD).log; exit 1; }
	@! $(TESTS) || test -d $(BUILD)/tests/unit || meson configure $(BUILD) -Dtests=true
	@ninja -C $(BUILD) --quiet

# The engine for browsers, which goes into the page: entente.js and entente.wasm in build-wasm/wasm.
# Debian's emscripten finds its own packages of node's under this path, whoever made the node.
WASM ?= build-wasm
wasm:
	@tools/setup wasm
	@test -f $(WASM)/build.ninja || \
	    meson setup $(WASM) --cross-file wasm/emscripten.ini > $(WASM).log 2>&1 || \
	    { cat $(WASM).log; exit 1; }
	@NODE_PATH=/usr/share/nodejs ninja -C $(WASM) --quiet
	@$(MAKE) --no-print-directory TESTS=$(TESTS) build
	@meson configure $(BUILD) -Dengine=$(abspath $(WASM)/wasm)
	@ninja -C $(BUILD) --quiet

# The npm package of the engine for browsers and node, in build-npm.
npm: wasm
	@node bindings/npm/build.mjs $(WASM)/wasm build-npm
	@echo "the package is in build-npm"

# Where the compiler or the sources for browsers cannot be had, their tests say that they are skipped.
check:
	@tools/setup check
	@if tools/setup wasm; then $(MAKE) --no-print-directory TESTS=true wasm; else \
	    echo "The engine for browsers is not built: see above."; \
	    $(MAKE) --no-print-directory TESTS=true build; fi
	@python3 tests/run.py $(BUILD)

bench: build
	@ninja -C $(BUILD) --quiet $(addprefix bench/bench_,$(BENCHES))
	@$(foreach name,$(BENCHES),echo "== $(name)" && ENTENTE_PROGRAM=$(BUILD)/entente \
	    $(BUILD)/bench/bench_$(name) $(FOLDERS_$(name)) &&) true
	@echo "== ranks"; bench/ranks.sh $(BUILD)
	@echo "== scale"; bench/scale.py $(BUILD) $(OTHER_BUILD)

install: wasm
	@meson configure $(BUILD) --prefix $(abspath $(PREFIX))
	@meson install -C $(BUILD) --quiet
	@echo "installed under $(PREFIX)"

# The same tests under AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer.
sanitize:
	@tools/setup check
	@test -f build-asan/build.ninja || meson setup build-asan -Db_sanitize=address,undefined \
	    -Dbuildtype=debugoptimized -Db_lundef=false > /dev/null
	@ninja -C build-asan --quiet
	@python3 tests/run.py build-asan

# Fuzz every reader for SECONDS each (clang).
SECONDS ?= 600
fuzz:
	@tools/setup fuzz
	@test -f build-fuzz/build.ninja || CC=clang meson setup build-fuzz -Dfuzz=true \
	    -Db_sanitize=address,undefined -Dbuildtype=debugoptimized -Db_lundef=false > /dev/null
	@ninja -C build-fuzz --quiet
	@tools/fuzz build-fuzz $(SECONDS)

clean:
	@rm -rf build build-asan build-fuzz build-wasm build-npm build.log build-wasm.log
