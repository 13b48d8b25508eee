#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
PYTHONPATH="$here/app"
PYTHONNOUSERSITE=1
PYTHONSAFEPATH=1
SKOLESJEKK_LANG="${SKOLESJEKK_LANG:-@LANGUAGE@}"
export PYTHONPATH PYTHONNOUSERSITE PYTHONSAFEPATH SKOLESJEKK_LANG
for name in python@PYTHON@ python3 python "/usr/local/bin/python@PYTHON@" "/opt/homebrew/bin/python@PYTHON@"; do
  if "$name" -c "import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '@PYTHON@')" >/dev/null 2>&1; then
    exec "$name" -m checker serve "$@"
  fi
done
echo "@LACKING@"
[ -t 0 ] && read -r _
exit 1
