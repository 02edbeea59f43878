#!/bin/bash
# setup_daodi.sh DRIVER: make database daodi_tpl for the shared driver in that folder, and put our class there
set -euo pipefail
BENCH="$(cd "$(dirname "$0")" && pwd)"; DRIVER="$(cd "$1" && pwd)"; ROOT="$(dirname "$BENCH")"
. "$DRIVER/common.sh"; pg
cd "$ROOT"; [ -x .venv/bin/daodi ] || make setup
psql -qd postgres -c 'drop database if exists daodi_tpl with (force)' -c 'create database daodi_tpl'
export VAR_DIR="${VAR_DIR:-$ROOT/var/peer}" DATABASE_URL=postgresql://postgres@127.0.0.1:5440/daodi_tpl
export DJANGO_SETTINGS_MODULE=daodi.settings PYTHONPATH="$DRIVER/lib:$BENCH:$ROOT"
.venv/bin/python -m daodi.cli init
.venv/bin/python -c 'import django; django.setup(); import tickets; tickets.setup()'
ln -sf "$BENCH/peer_daodi.py" "$DRIVER/lib/peer_daodi.py"
