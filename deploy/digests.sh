#!/bin/sh
# Which images the containers are made of, each by the digest of what was fetched just now: three lines for deploy/.env.
#   deploy/digests.sh >> deploy/.env          with docker, or ENGINE=podman deploy/digests.sh
# Look at what changed, try it, and keep the lines: from then on nobody who may move a tag changes what runs.
set -eu
engine=${ENGINE:-docker}
for line in PYTHON_IMAGE=docker.io/library/python:3.11-slim POSTGRES_IMAGE=docker.io/library/postgres:18 \
    NGINX_IMAGE=docker.io/nginxinc/nginx-unprivileged:stable; do
    image=${line#*=}
    "$engine" pull --quiet "$image" >/dev/null
    digest=$("$engine" image inspect --format '{{index .RepoDigests 0}}' "$image")
    case $digest in
    *@sha256:????????????????????????????????????????????????????????????????) ;;
    *) echo "$image: no digest is known of it" >&2 && exit 1 ;;
    esac
    echo "${line%%=*}=$image@${digest##*@}"
done
