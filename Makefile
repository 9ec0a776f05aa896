# Two commands for a machine with nothing but Python 3.11-3.13 and make: `make run` and `make test`.
# uv is taken from the PATH; where it is missing it is installed into .tools/ of this folder, and nowhere else.

PYTHON ?= python3
TOOLS := $(CURDIR)/.tools
UV = "$$(cat "$(TOOLS)/uv.path")"

# Behind a proxy with a certificate of its own only the system knows whom to trust (the second name is that of older uv).
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
# Compiling while installing spares the first run half a minute.
export UV_COMPILE_BYTECODE := 1

.PHONY: run test ui sync uv clean
.DEFAULT_GOAL := run

run: sync
	$(UV) run --no-sync gongkai run

ui: sync
	$(UV) run --no-sync gongkai ui

test: sync
	$(UV) run --no-sync pytest -n 2 --dist loadgroup

sync: uv
	$(UV) sync --locked --quiet
	@$(UV) run --no-sync python -m orchestration.dbt_parsing  # as with compiling: the first run need not wait for it

# A venv needs ensurepip, which Debian packs apart; `pip --target` needs pip but no venv, and an externally managed
# Python allows it.
uv:
	@mkdir -p "$(TOOLS)"
	@if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then command -v uv > "$(TOOLS)/uv.path"; \
	elif [ -x "$(TOOLS)/uv/bin/uv" ]; then echo "$(TOOLS)/uv/bin/uv" > "$(TOOLS)/uv.path"; \
	elif ! $(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	  echo "gongkai needs Python 3.11 to 3.13 as '$(PYTHON)', or uv; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; \
	else \
	  echo "uv is not installed; bringing it to $(TOOLS)/uv" >&2; rm -rf "$(TOOLS)/uv"; \
	  if { $(PYTHON) -m venv "$(TOOLS)/uv" && "$(TOOLS)/uv/bin/python" -m pip install --quiet uv; } >"$(TOOLS)/uv.log" 2>&1 \
	    || { rm -rf "$(TOOLS)/uv"; $(PYTHON) -m pip install --quiet --target "$(TOOLS)/uv" uv; } >>"$(TOOLS)/uv.log" 2>&1; \
	  then echo "$(TOOLS)/uv/bin/uv" > "$(TOOLS)/uv.path"; \
	  else cat "$(TOOLS)/uv.log" >&2; rm -rf "$(TOOLS)/uv"; \
	    echo "uv could not be installed: see above. Install it by hand (https://docs.astral.sh/uv/) and try again," >&2; \
	    echo "or on Debian and Ubuntu: apt-get install python3-pip python3-venv" >&2; exit 1; \
	  fi; \
	fi

clean: # the lake, the warehouse and the history stay: they are data
	rm -rf .venv .tools dbt_project/target dbt_project/logs .pytest_cache .ruff_cache
