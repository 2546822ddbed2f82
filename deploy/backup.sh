#!/bin/sh
# A copy of everything, while the kit is used; copies older than so many days go.
#   deploy/backup.sh FOLDER DAYS      with the database's settings in the environment, as the kit has them
# PostgreSQL's own dump where pg_dump is there, else the kit's: one SQLite file from either kind of database.
set -eu
umask 077
folder=${1:?Which folder?} days=${2:?For how many days?}
: "${INTERVIEW_KIT_DATABASE_FILE:-${INTERVIEW_KIT_DATABASE:?Set it as the kit has it.}}"
bin=$(dirname "$0")/../.venv/bin
# With the password, from wherever the kit gets it; into a variable of this shell only.
database=$(PYTHONPATH="$(dirname "$0")/.." "${PYTHON:-$bin/python}" -c '
from scorecards.outside.settings import load_settings
print(load_settings().database_address)')
mkdir -p "$folder"
to=$folder/interviews-$(date -u +%Y%m%dT%H%M%SZ)
case $database in
postgresql://*)
    if command -v pg_dump >/dev/null; then
        # Not as an argument: everybody on the machine reads those.
        PGPASSWORD=$(printf %s "$database" | "${PYTHON:-$bin/python}" -c 'import sys, urllib.parse as url
print(url.unquote(url.urlsplit(sys.stdin.read()).password or ""))')
        export PGPASSWORD
        address=$(printf %s "$database" | sed 's#^\(postgresql://[^:/@]*\):[^/@]*@#\1@#')
        # Unfinished until it has its name: a copy that broke off is not taken for one.
        pg_dump --format=custom --no-owner --no-acl --file="$to.part" "$address"
        pg_restore --list "$to.part" >/dev/null
        mv "$to.part" "$to.dump"
        echo "$to.dump"
    else
        "${PYTHON:-$bin/python}" -m interview_kit.terminal backup "$to.db"
    fi
    ;;
*) "${PYTHON:-$bin/python}" -m interview_kit.terminal backup "$to.db" ;;
esac
# A candidate who was deleted stays in a copy until the copy goes.
find "$folder" -name 'interviews-*' -type f -mtime +"$days" -delete
