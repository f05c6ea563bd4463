#!/bin/sh
# Puts the packages of one lock into .venv: sh requirements/setup.sh run|play|dev|bench|lock|node
# It only finds a Python that can do it; install.py does the rest. A second call ends at once.
set -u
cd "$(dirname "$0")/.." || exit 1

works() { # is this command a Python of 3.11 or newer? (a pyenv shim may exist and yet start nothing)
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if works .venv/bin/python; then
  exec .venv/bin/python requirements/install.py "$1"
fi

without_venv=
for candidate in python3.14 python3.13 python3.12 python3.11 python3 python; do
  works "$candidate" || continue
  if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    exec "$candidate" requirements/install.py "$1"
  fi
  without_venv=${without_venv:-$candidate}
done

if [ -n "$without_venv" ]; then
  package=$("$without_venv" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  echo "Python is here ($without_venv), but not the part of it that makes a virtual environment." >&2
  echo "On Debian and Ubuntu: sudo apt-get install $package. Then run the same command again." >&2
else
  echo "Signpost needs Python 3.11 or newer, and there is none on this machine's PATH." >&2
  echo "On Debian and Ubuntu: sudo apt-get install python3 python3-venv. On a Mac: brew install python." >&2
  echo "Then run the same command again." >&2
fi
exit 1
