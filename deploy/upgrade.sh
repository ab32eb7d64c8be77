#!/bin/sh
# A new version moves in beside the last (network/decisions/0010): first the tables, while the old version works on, then
# one process after the other: a new one is there and well before an old one goes. Whatever fails, what runs goes on.
# `docker compose up` alone would take the old processes away before the tables are known to be up to date.
set -eu
cd "$(dirname "$0")/.."

replace() {
    old="$(docker compose ps --quiet "$1")"
    more=$(($(printf '%s\n' "$old" | wc -l) + 1))
    for one in $old; do
        known="$(docker compose ps --all --quiet "$1")"
        if ! docker compose up --detach --no-build --no-deps --no-recreate --wait --scale "$1=$more" "$1"; then
            docker compose logs --tail 20 "$1" >&2
            for container in $(docker compose ps --all --quiet "$1"); do
                case "$known" in *"$container"*) ;; *) docker rm --force "$container" >/dev/null ;; esac
            done
            echo "The new $1 does not become well; it is gone again, and the old version goes on. Its log is above." >&2
            exit 1
        fi
        docker stop "$one" >/dev/null
        docker rm "$one" >/dev/null
    done
}

if [ -z "$(docker compose ps --quiet web)" ]; then
    echo "Nothing is running here: docker compose up -d --build" >&2
    exit 1
fi
docker compose build
if ! docker compose run --rm --no-deps migrate; then
    echo "The tables were not changed, and the old version goes on." >&2
    exit 1
fi
replace worker
replace web
echo "The new version is there."
