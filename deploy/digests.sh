#!/bin/sh
# Pulls the containers' images and prints their digests: three lines for deploy/.env.
#   deploy/digests.sh >> deploy/.env          with docker, or ENGINE=podman deploy/digests.sh
# Check what changed, try it, and keep the lines: after that, moving a tag does not change what runs.
set -eu
engine=${ENGINE:-docker}
for line in PYTHON_IMAGE=docker.io/library/python:3.11-slim POSTGRES_IMAGE=docker.io/library/postgres:18 \
    NGINX_IMAGE=docker.io/nginxinc/nginx-unprivileged:stable; do
    image=${line#*=}
    "$engine" pull --quiet "$image" >/dev/null
    digest=$("$engine" image inspect --format '{{index .RepoDigests 0}}' "$image")
    case $digest in
    *@sha256:????????????????????????????????????????????????????????????????) ;;
    *) echo "$image: it has no known digest" >&2 && exit 1 ;;
    esac
    echo "${line%%=*}=$image@${digest##*@}"
done
