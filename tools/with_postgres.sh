#!/usr/bin/env bash
# Run a command with a throwaway PostgreSQL: tools/with_postgres.sh .venv/bin/python -m pytest tests/centre
# Needs Debian's postgresql (its programs in /usr/lib/postgresql/*/bin); the cluster lives in a new folder and is removed.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed (Debian: apt-get install postgresql)" >&2; exit 3; }
place=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
as=()
if [ "$(id -u)" = 0 ]; then chown postgres "$place"; as=(runuser -u postgres --); fi
cd "$place"
"${as[@]}" "$bin/initdb" -D "$place/data" -A trust -U namsai -E UTF8 --locale=C.UTF-8 >"$place/initdb.log"
stop() { "${as[@]}" "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$place"; }
trap stop EXIT
"${as[@]}" "$bin/pg_ctl" -D "$place/data" -w -l "$place/log" \
  -o "-p $port -k $place -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60" start >/dev/null
"${as[@]}" "$bin/createdb" -h "$place" -p "$port" -U namsai namsai
cd "$OLDPWD"
export NAMSAI_DATABASE_URL="postgresql://namsai@127.0.0.1:$port/namsai"
"$@"
