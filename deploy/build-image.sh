#!/bin/sh
# Builds deploy/Dockerfile and starts the image once, without a daemon and without any registry of images: on a Debian
# that debootstrap makes. Prints each step. As root, in the project's folder:
#   deploy/build-image.sh [FOLDER]          the folder keeps everything made; without one it is temporary
# Needs debootstrap, buildah, podman, runc, and a python3 with pip to fetch what requirements.lock names, by hash.
# MIRROR and SUITE say which Debian.
set -eu
umask 022
project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
python=${PYTHON:-python3}
name=interview-kit-once
mkdir -p "$work/wheels"
work=$(CDPATH='' cd -- "$work" && pwd)
# What works without overlay mounts, namespaces of the user's own and systemd, as in a container or a sandbox.
export STORAGE_DRIVER="${STORAGE_DRIVER:-vfs}" BUILDAH_ISOLATION=chroot

say() { echo "== $*"; }
engine() { command podman --root "$work/storage" --runroot "$work/run" --cgroup-manager cgroupfs "$@"; }
inside() { engine exec "$name" python -c "$1"; }
clear_up() {
    engine rm --force --time 0 --volumes "$name" >/dev/null 2>&1 || true
    [ -n "${keep-}" ] || rm -rf "$work"
}
keep=${1-}
trap clear_up EXIT
trap 'exit 1' INT TERM

say "1. A base: Debian ${SUITE:-bookworm} by debootstrap, with Python"
[ -e "$work/base/usr/bin/python" ] ||
    debootstrap --variant=minbase --include=python3,python3-venv,python-is-python3,ca-certificates \
        "${SUITE:-bookworm}" "$work/base" "${MIRROR:-http://deb.debian.org/debian}" >"$work/debootstrap.log"
tar -C "$work/base" -c . | engine import - localhost/debian-python >/dev/null 2>&1
base=$(engine image inspect --format '{{index .RepoDigests 0}}' localhost/debian-python)
version=$(chroot "$work/base" python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
echo "$base, Python $version"

say "2. What requirements.lock names, each file by its hash"
"$python" -m pip download --quiet --only-binary :all: --python-version "$version" --require-hashes \
    -r "$project/requirements.lock" -d "$work/wheels"
echo "$(find "$work/wheels" -name '*.whl' | wc -l) wheels"
printf '[global]\nno-index = true\nfind-links = /wheels\n' >"$work/pip.conf"

say "3. The image, built without a network"
buildah --root "$work/storage" --runroot "$work/run" bud --quiet --pull-never --format docker --network none \
    -v "$work/wheels:/wheels:ro" -v "$work/pip.conf:/etc/pip.conf:ro" --build-arg "PYTHON_IMAGE=$base" \
    -f "$project/deploy/Dockerfile" -t localhost/interview-kit "$project" >"$work/build.log" 2>&1 ||
    { cat "$work/build.log" >&2 && exit 1; }
engine image inspect --format '{{.Digest}}, {{.Size}} bytes, user {{.Config.User}}' localhost/interview-kit

say "4. Started as compose.yaml starts it: read-only, without rights, without a network"
# Nobody signs in here, so the kit listens to the container itself alone, and is asked from inside.
engine run --detach --name "$name" --runtime runc --no-healthcheck --init --network none \
    --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --pids-limit 300 --memory 2g \
    --ulimit nofile=1024:1024 --ulimit nproc=500:500 --volume /kit/data --env INTERVIEW_KIT_HOST=127.0.0.1 \
    localhost/interview-kit >/dev/null
tries=120
until inside 'import urllib.request as r; print(r.urlopen("http://127.0.0.1:8501/healthz", timeout=4).read().decode())' \
    2>/dev/null; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { engine logs "$name" >&2 && exit 1; }
    sleep 1
done
inside 'import re, urllib.request as r
page = r.urlopen("http://127.0.0.1:8501/", timeout=20)
print("GET /:", page.status, re.search("<title>(.*)</title>", page.read().decode())[1])'
engine exec "$name" sh -c 'echo "as $(id -u), rights $(sed -n "s/^CapEff:\t//p" /proc/self/status)," \
    "the root folder $(sed -n "s#^[^ ]* / [^ ]* \(r[ow]\),.*#\1#p" /proc/mounts | tail -n 1)"; ls /kit/data'

say "5. Stopped"
engine stop --time 20 "$name" >/dev/null
engine logs "$name"
engine inspect --format 'exit code {{.State.ExitCode}}' "$name"
