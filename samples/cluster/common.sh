# What up and down share. Each process has a file NAME.pid in the work directory: its pid, and a part of its command line,
# by which a process that has got the same pid later is told apart.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${WORK_DIRECTORY:-$here/target/run}

fail() {
  echo "$*" >&2
  exit 1
}

is_running() {
  local pid part
  [ -e "$work/$1.pid" ] || return 1
  { read -r pid && read -r part; } < "$work/$1.pid"
  ps -o args= -p "$pid" | grep -qF -- "$part"
}

# stop NAME SIGNAL: ends it, and waits for that.
stop() {
  local pid tries
  if is_running "$1"; then
    read -r pid < "$work/$1.pid"
    kill "-$2" "$pid"
    for ((tries = 0; tries < 100; tries++)); do
      is_running "$1" || break
      sleep 0.2
    done
    if is_running "$1"; then
      kill -KILL "$pid"
    fi
  fi
  rm -f "$work/$1.pid"
}
