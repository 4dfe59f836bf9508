#!/bin/bash
# The runtime of the scenarios' scripts. Protocol 1. new-scenario:4c00fb2f6ea31956
# shellcheck shell=bash
# Without `set -e` a status is lost only where nobody asks for it: most of these functions print a text and cannot fail.
# shellcheck disable=SC2312
#
# A run.sh is a flat list of the verbs below; all logic lives here, once and tested. The language is described in
# docs/script-language.md. Needs bash 3.2 or later, curl and jq 1.6 or later, and the usual POSIX tools.
#
#   1  Start            a clean shell, whatever the caller's environment
#   2  Verbs: frame     scenario, finish and the flags
#   3  Verbs: setting   secret, variable, service, beacon, ready, down, setup, mode, permission, lock, tool, browser, log-readable,
#                       classify, unknown-route, trouble, preflight
#   4  Verbs: acting    step, request, cli, ui, query, launch, find, collect, poll, hold, follow, cleanup
#   5  Verbs: judging   check, guard, any, require, capture, take, series, file, script, manual
#   6  Verbs: logs      log
#   7  Points           what is planned, printed and remembered
#   8  Words            options, conditions, placeholders
#   9  Replies          what was got, under which name
#  10  HTTP             curl, shielded where an answer must not be lost
#  11  jq               the programs; received and typed text is data to them
#  12  Settings         environment, env files, defaults, the time scale
#  13  Ends             cleanup, verdict, closing line, signals
#  14  Output           TAP, YAML, events, evidence
#
# Names that begin with an underscore belong to the runtime; the others are the verbs.

# ---------------------------------------------------------------------------------------------------------------- 1 Start

# sh that isn't bash reads this line by line, so that it gets no further than here.
case ${BASH_VERSION:-} in '') exec bash -p "$0" "$@" ;; *) ;; esac

# -p ignores BASH_ENV, exported functions, CDPATH, SHELLOPTS and BASHOPTS. The scripts' first line asks for it; when
# somebody writes `bash run.sh` it's missing, and the script starts again. The guard stops a bash that drops the flag.
case $-:${SCENARIO_RESTARTED:-} in
  *p*:*) ;;
  *:'')
    shift
    export SCENARIO_RESTARTED=1
    case $0 in
      */*) exec "${BASH}" -p "$0" "$@" ;;
      *) exec "${BASH}" -p "./$0" "$@" ;;
    esac
    ;;
  *) ;;
esac

unalias -a
unset SCENARIO_RESTARTED BASH_ENV ENV CDPATH GLOBIGNORE POSIXLY_CORRECT GREP_OPTIONS GREP_COLOR GREP_COLORS JQ_COLORS \
  JQ_LIBRARY_PATH http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY
set +o posix +x +v +e
set -u
# In bash 5.2 `&` in a replacement would stand for the match.
shopt -u patsub_replacement 2>/dev/null
IFS=$' \t\n'
export LC_ALL=C
umask 022
# A closed stream must neither end the run nor hand its number to the next file that is opened.
{ : >&1; } 2>/dev/null || exec 1>/dev/null
{ : >&2; } 2>/dev/null || exec 2>/dev/null
exec </dev/null

readonly _PROTOCOL=1
readonly _NL=$'\n'
readonly _CR=$'\r'
readonly _ESC=$'\033'
readonly _RS=$'\036'
readonly _FLAGS='--help --list --verbose --no-cleanup --allow-destructive --allow-cost --allow-external --allow-production --operation'

_flag_mode=act _flag_verbose='' _flag_cleanup=yes _operation=''
_mode=act          # act | stopped | list | skip | help
_halted=''         # a point of this step failed: nothing is sent any more
_skipped_act=''    # the last act of this step was not carried out
_name='' _id='' _root='' _here='' _plan=0
_printed=0 _executed=0 _listed=0 _header='' _ended='' _started='' _act_count=0
_step_number=0 _step_title='' _step_component=''
_failed='' _timed_out='' _inconclusive=''     # the first issue of each kind
_known=''          # the first known defect that showed
_interrupted='' _signals=0 _child=''
_work='' _evidence='' _evidence_shown='' _evidence_temporary=''
_scale_num=1 _scale_den=1
_start_us=0 _start_iso=''
_setting_keys=() _setting_values=() _setting_origins=()
_secret_names=() _secret_values=()
_service_names=() _service_origins=() _service_logs=() _service_variables=()
_beacon_services=() _beacon_paths=() _beacon_lines=()
_ready=() _tools=() _readable=() _downs=() _setups=() _modes=()
_troubles=() _red_points=' '
_production=()     # addresses that are production, each with the cure
_waiting=()        # requirements on replies that are still to come
_classify_verdicts=() _classify_statuses=() _classify_patterns=() _classify_cures=()
_capture_names=() _capture_values=() _capture_jsons=()
_reply_names=() _reply_kinds=() _reply_states=() _reply_statuses=() _reply_seconds=() _reply_elapsed=() _reply_bodies=()
_reply_headers=() _reply_curls=() _reply_acks=() _reply_flags=() _reply_services=() _reply_evidence=() _reply_errors=() _reply_used=()
_cleanup_texts=() _cleanup_methods=() _cleanup_services=() _cleanup_paths=() _cleanup_bodies=() _cleanup_restores=()
_locks=() _permissions=() _named_locks=() _allowed=' '
_not_restored=''

# ---------------------------------------------------------------------------------------------------------- 2 Verbs: frame

# scenario NAME id=ID plan=N [observe=M] [root=REL]
scenario() {
  local name=${1-}
  _name=${name}
  [[ $# -gt 0 ]] && shift
  _options 'id plan observe root' "$@" || return 0
  _id=${_o_id} _plan=${_o_plan} _root=${_o_root:-.}
  case ${_flag_mode} in
    help) _help ;;
    list) _mode=list ;;
    *) ;;
  esac
  if [[ -n ${_operation} ]]; then
    [[ -n ${_o_observe} ]] || _usage "--operation: ${_id} cannot observe an operation that runs already (smoke and progress scenarios can)"
    _plan=${_o_observe}
  fi
  [[ ${_mode} == list ]] && return 0
  _out 'TAP version 14'
  _out "1..${_plan}"
  _header=yes
  _find_here
  _need_tools
  _make_folders
  _load_settings
  _load_commands
  _load_scale
  # From here on a signal is only noted. No $(…) may follow in this shell (see _jq); what came before started nothing.
  trap '_on_signal SIGINT' INT
  trap '_on_signal SIGTERM' TERM
  trap '_on_signal SIGHUP' HUP
  _say "${_name} (${_id})"
}

# finish
finish() {
  _safe_point finish || return 0
  [[ ${_mode} == list ]] && { _ended=yes; exit 0; }
  _settle_replies
  _cleanup_all
  if [[ -n ${_interrupted} ]]; then _end interrupted "${_interrupted}"; fi
  if [[ -n ${_failed} ]]; then _end failed "${_failed}"; fi
  # What is known is told where there is nothing new to tell.
  if [[ -n ${_known} ]]; then _end failed "${_timed_out:-${_inconclusive:-${_known}}}"; fi
  # A run must not leave the system changed and be green.
  if [[ -z ${_timed_out}${_inconclusive} && -n ${_not_restored} ]]; then _end failed "${_not_restored}"; fi
  if [[ -n ${_timed_out} ]]; then _end timed-out "${_timed_out}"; fi
  if [[ -n ${_inconclusive} ]]; then _end inconclusive "${_inconclusive}"; fi
  if [[ ${_executed} -ne ${_plan} ]]; then
    _end invalid "${_executed} checks were executed, ${_plan} were planned" 'the script is incomplete: scenario check --write'
  fi
  _nothing_waits
  _end passed ''
}

_begin() {
  if [[ ${1-} != "${_PROTOCOL}" ]]; then
    printf '%s\n' "$0: made for protocol ${1:-unknown}, this runtime speaks ${_PROTOCOL}: run \`scenario check --write\`" >&2
    _ended=yes
    exit 2
  fi
  shift
  while [[ $# -gt 0 ]]; do
    case $1 in
      --help | -h) _flag_mode=help ;;
      --list) _flag_mode=list ;;
      --verbose) _flag_verbose=yes ;;
      --no-cleanup) _flag_cleanup='' ;;
      --allow-destructive | --allow-cost | --allow-external | --allow-production) _allowed+=" ${1#--allow-} " ;;
      --operation)
        [[ -n ${2-} ]] || _usage '--operation needs the id of an operation'
        _operation=$2
        shift
        ;;
      --operation=?*) _operation=${1#*=} ;;
      *)
        _nearest_flag "$1"
        _usage "unknown argument $1${_nearest}"
        ;;
    esac
    shift
  done
  case ${_operation} in *[[:cntrl:]]*) _usage '--operation: an id holds no control characters' ;; *) ;; esac
}

_usage() {
  _ended=yes
  _say "$1"
  [[ -n ${_header} ]] && _tell 'Bail out! invalid: ' "$1"
  exit 2
}

# The flag that shares the longest beginning with the word.
_nearest_flag() { # WORD: _nearest
  local word=$1 flag n best='' longest=2
  for flag in ${_FLAGS}; do
    n=${#flag}
    while [[ ${n} -gt ${longest} ]]; do
      if [[ ${word} == "${flag:0:n}"* ]]; then
        best=${flag} longest=${n}
        break
      fi
      n=$((n - 1))
    done
  done
  if [[ -n ${best} ]]; then _nearest=", did you mean ${best}?"; else _nearest=" (known: ${_FLAGS// /, })"; fi
}

_help() {
  _ended=yes
  _out "${_name} (${_id})"
  _out ''
  _out "Usage: $0 [--help] [--list] [--verbose] [--no-cleanup] [--allow-production]${_o_observe:+ [--operation ID]}"
  _out ''
  _out '  --list          print the planned checks, contact nothing'
  _out '  --verbose       show each request and its reply on stderr'
  _out '  --no-cleanup    leave what the scenario started'
  _out '  --allow-destructive, --allow-cost, --allow-external'
  _out '                  do what loses data, costs something, or asks a service of others (SCENARIO_ALLOW=destructive,cost)'
  _out '  --allow-production  run also where an address is production'
  [[ -n ${_o_observe} ]] && _out '  --operation ID  observe an operation that runs already; start and cancel nothing'
  _out ''
  _out 'Prints TAP 14. Exit: 0 passed, 1 failed, 2 invalid, 3 blocked, 4 misconfigured, 5 timed-out, 6 inconclusive,'
  _out '130/143 interrupted. Settings come from the environment, SCENARIO_ENV_FILE, the nearest .env.sandbox, defaults;'
  _out 'SCENARIO_TIME_SCALE scales waits, SCENARIO_EVIDENCE_DIR keeps the evidence. Example:'
  _out ''
  _out "  SCENARIO_EVIDENCE_DIR=evidence $0 --verbose"
  exit 0
}

# -------------------------------------------------------------------------------------------------------- 3 Verbs: setting

# secret VARIABLE
secret() {
  [[ ${_mode} == act ]] || return 0
  _identifier "$1"
  _setting "$1" ''
  [[ -n ${_value} ]] || return 0
  _set_capture "$1" "${_value}" ''
  if [[ ${#_value} -lt 4 ]]; then
    _say "  $1 is too short to be hidden in the output"
    return 0
  fi
  # As it is, and as JSON, shells and addresses write it.
  local value=${_value} json twice
  _json "${value}"
  json=${_jsoned#?} json=${json%?}
  _json "${json}"
  twice=${_jsoned#?} twice=${twice%?}
  _secret_form "$1" "${twice}"
  _secret_form "$1" "${json}"
  _secret_form "$1" "${json//\//\\/}"
  _quote "${value}"
  _secret_form "$1" "${_quoted}"
  _filled=''
  _fill_add "${value}" url value
  _secret_form "$1" "${_filled}"
  _secret_form "$1" "${value}"
}

_secret_form() { # NAME VALUE
  local i=0
  while [[ ${i} -lt ${#_secret_values[@]} ]]; do
    [[ ${_secret_values[i]} == "$2" ]] && return 0
    i=$((i + 1))
  done
  _secret_names+=("$1")
  _secret_values+=("$2")
}

# variable NAME default=V
variable() {
  local name=${1-}
  [[ $# -gt 0 ]] && shift
  _options 'default' "$@" || return 0
  [[ ${_mode} == act ]] || return 0
  _identifier "${name}"
  _setting "${name}" "${_o_default}"
  _set_capture "${name}" "${_value}" ''
  _say "  ${name} = ${_value} (${_origin})"
}

# service NAME VARIABLE default=ORIGIN [log=SOURCE] [own=VARIABLE] [own-path=PATH] [production=ERE]…
service() {
  local name=${1-} variable=${2-}
  shift 2
  _options 'default log own own-path production+ header+ ca insecure' "$@" || return 0
  [[ ${_mode} == act ]] || return 0
  _identifier "${variable}"
  _setting "${variable}" "${_o_default}"
  _value=${_value%/}
  local address=${_value}
  [[ ${address} =~ ^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:([0-9]{1,5}))?$ && $((10#${BASH_REMATCH[3]:-80})) -le 65535 ]] ||
    _end invalid "${variable} is no address of a service: ${address} (${_origin})" "write ${variable}=http://host:port, with a port up to 65535"
  _say "  ${name}: ${address} (${variable}: ${_origin})"
  export "${variable}=${address}"
  # The system's own commands must speak to the same service as the script.
  if [[ -n ${_o_own} ]]; then
    _identifier "${_o_own}"
    export "${_o_own}=${address}${_o_own_path}"
  fi
  _find_production "${name}" "${address}" "${variable}"
  _upper "${name}"
  _setting "SCENARIO_LOG_${_uppered//[!A-Z0-9_]/_}" "${_o_log}"
  _service_names+=("${name}")
  _service_origins+=("${address}")
  _service_variables+=("${variable}")
  _service_logs+=("${_value}")
  local header
  for header in ${_o_header[@]+"${_o_header[@]}"}; do
    _header_services+=("${name}")
    _header_texts+=("${header}")
  done
  _service_ca+=('')
  _service_insecure+=('')
  if [[ -n ${_o_ca} ]]; then
    _setting "${_o_ca}" ''
    [[ -z ${_value} || -r ${_value} ]] || _end invalid "${_o_ca} cannot be read: ${_value} (${_origin})" 'name the file with the certificate of the authority'
    _service_ca[${#_service_ca[@]} - 1]=${_value}
  fi
  if [[ -n ${_o_insecure} ]]; then
    _setting "${_o_insecure}" ''
    if [[ ${_value} == yes ]]; then
      _service_insecure[${#_service_insecure[@]} - 1]=yes
      _say "  ${name}: its certificate is not checked (${_o_insecure}: ${_origin})"
    fi
  fi
}
_header_services=() _header_texts=() _service_ca=() _service_insecure=() _own_headers=()

# The headers that go with every request to a service, secrets filled in: _own_headers. An empty one would be refused in a way that tells nothing.
_headers_of() { # SERVICE: false, with _missing, where a variable has no value
  local i=0
  _own_headers=() _missing=''
  while [[ ${i} -lt ${#_header_services[@]} ]]; do
    if [[ ${_header_services[i]} == "$1" ]]; then
      _fill "${_header_texts[i]}" raw
      if [[ ${_filled} =~ \{([A-Z][A-Z0-9_]*)\} ]]; then _missing=${BASH_REMATCH[1]}; fi
      if [[ -n ${_fill_empty} ]]; then _missing=${_fill_empty}; fi
      _own_headers+=("${_filled}")
    fi
    i=$((i + 1))
  done
  [[ -z ${_missing} ]]
}
_missing=''

_find_production() { # NAME ADDRESS VARIABLE
  local pattern
  for pattern in ${_o_production[@]+"${_o_production[@]}"}; do
    if [[ $2 =~ ${pattern} ]]; then
      _production+=("$1 is production: $2" "set $3 to another address; only if it must be there: --allow-production")
      return 0
    fi
  done
}

_upper() { # WORD: _uppered. Without `tr`, and without what bash 4 has.
  local small=abcdefghijklmnopqrstuvwxyz big=ABCDEFGHIJKLMNOPQRSTUVWXYZ i=0 c before
  _uppered=''
  while [[ ${i} -lt ${#1} ]]; do
    c=${1:i:1}
    before=${small%%"${c}"*}
    if [[ ${before} != "${small}" ]]; then c=${big:${#before}:1}; fi
    _uppered+=${c}
    i=$((i + 1))
  done
}

# beacon SERVICE PATH LINE
beacon() {
  _beacon_services+=("$1")
  _beacon_paths+=("$2")
  _beacon_lines+=("$3")
}

# ready SERVICE PATH CONDITION… [retries=N] [wait=S] cure=TEXT; carried out by preflight, so that all are reported at once
ready() {
  _ready+=("$#" "$@")
}

# down SERVICE PATH cure=TEXT; preflight: nothing answers there
down() {
  local name=$1 path=$2
  shift 2
  _options 'cure' "$@" || return 0
  _downs+=("${name}" "${path}" "${_o_cure}")
}

# setup SERVICE TEXT CONDITION… cure=TEXT; preflight: what its health check tells of its version
setup() {
  _setups+=("$#" "$@")
}

# mode VARIABLE VALUE TEXT default=V cure=TEXT; preflight: how the system is set up, where only a variable tells it
mode() {
  local name=$1 value=$2 text=$3
  shift 3
  _options 'default cure' "$@" || return 0
  _modes+=("${name}" "${value}" "${text}" "${_o_default}" "${_o_cure}")
}

# tool NAME cure=TEXT
tool() {
  local name=$1
  shift
  _options 'cure' "$@" || return 0
  _tools+=("${name}" "${_o_cure}")
}

# browser FILE: the ui.mjs beside the script finds what it needs
browser() {
  _browser=$1
}
_browser=''

# permission destructive|cost|external REASON
permission() {
  case ${1-} in destructive | cost | external) ;; *) _invalid "permission: ${1-} is neither destructive, cost nor external" ;; esac
  _permissions+=("$1" "${2-}")
}

# lock NAME
lock() {
  [[ ${1-} =~ ^[a-z][a-z0-9:-]*$ ]] || _invalid "lock: not a name: ${1-}"
  _named_locks+=("$1")
}

# database VARIABLE cure=TEXT: a secret that holds postgresql://user:password@host:port/name; preflight asks for it and for psql
database() {
  local name=$1
  shift
  _options 'cure' "$@" || return 0
  secret "${name}"
  if [[ ${_mode} == act ]]; then
    _setting "${name}" ''
    if _connection "${_value}" && [[ ${#_pg_password} -ge 4 ]]; then _secret_form "${name}" "${_pg_password}"; fi
  fi
  _databases+=("${name}" "${_o_cure}")
}
_databases=()

_preflight_databases() {
  local i=0
  while [[ ${i} -lt ${#_databases[@]} ]]; do
    _setting "${_databases[i]}" ''
    if [[ -z ${_value} ]]; then
      _block "${_databases[i]} is not set: where the database is" "${_databases[i + 1]}"
    elif ! _connection "${_value}"; then
      _block "${_databases[i]} is no address of a database" "write postgresql://user:password@host:5432/name"
    elif ! type -P psql >/dev/null; then
      _block 'the command psql is missing' 'apt-get install postgresql-client (Debian, Ubuntu), brew install libpq (macOS)'
    fi
    i=$((i + 2))
  done
}

# The parts of a connection go by the environment, never by the words of a command, which show in `ps`.
_connection() { # URI: _pg_…
  local shape='^postgres(ql)?://([^:@/?]*)(:([^@/]*))?@(\[[0-9A-Fa-f:]+\]|[^:/?@]*)(:([0-9]+))?/([^?]+)(\?sslmode=([a-z-]+))?$'
  [[ $1 =~ ${shape} ]] || return 1
  _pg_host=${BASH_REMATCH[5]} _pg_port=${BASH_REMATCH[7]:-5432} _pg_mode=${BASH_REMATCH[10]:-prefer}
  _pg_host=${_pg_host#[} _pg_host=${_pg_host%]}
  local user=${BASH_REMATCH[2]} password=${BASH_REMATCH[4]} name=${BASH_REMATCH[8]}
  case ${user}${password}${name} in *\\*) return 1 ;; *) ;; esac
  printf -v _pg_user '%b' "${user//%/\\x}"
  printf -v _pg_password '%b' "${password//%/\\x}"
  printf -v _pg_name '%b' "${name//%/\\x}"
}

# files SERVICE read cure=TEXT -- WORD… | files SERVICE modified -- WORD…: the command that prints a file that only the service sees, and
# the one that prints when it was written (seconds since 1970); the word {path} stands for the file.
files() {
  local name=$1 what=${2-} cure='' word places=0
  shift 2
  case ${1-} in
    cure=*)
      cure=${1#*=}
      shift
      ;;
    *) ;;
  esac
  case ${what} in read | modified) ;; *) _invalid "files ${name}: neither read nor modified: ${what}" ;; esac
  [[ ${1-} == -- ]] || _invalid "files ${name}: no command"
  shift
  for word in "$@"; do [[ ${word} != '{path}' ]] || places=$((places + 1)); done
  [[ $# -ge 2 && ${1-} != '{path}' && ${places} -eq 1 ]] || _invalid "files ${name}: the command has not exactly one word {path}"
  _files+=("${name}" "${what}" "${cure}" "$#" "$@")
}
_files=()

# The command of `files`, for this path.
_files_command() { # SERVICE WHAT PATH: _file_words; false when there is none
  local i=0 n word path=$3
  # A name is never taken for an option.
  [[ ${path} != -* ]] || path=./${path}
  _file_words=()
  while [[ ${i} -lt ${#_files[@]} ]]; do
    n=${_files[i + 3]}
    if [[ ${_files[i]} == "$1" && ${_files[i + 1]} == "$2" ]]; then
      for word in "${_files[@]:i+4:n}"; do # never empty
        if [[ ${word} == '{path}' ]]; then _file_words+=("${path}"); else _file_words+=("${word}"); fi
      done
      return 0
    fi
    i=$((i + 4 + n))
  done
  return 1
}

# Whether files of the service can be read at all: the one that is always there and always empty.
_files_answer() { # SERVICE: _said when they can't be
  _files_command "$1" read /dev/null
  _run_limited 30 "${_work}/files.out" "${_work}/files.err" "${_file_words[@]}" # never empty
  _said=''
  [[ -n ${_run_late} ]] && _said='it did not end within 30 s'
  [[ -z ${_run_late} && ${_rc} -ne 0 ]] && { _beginning "${_work}/files.err"; _said="${_began:-nothing was said} (exit ${_rc})"; }
  [[ -z ${_said} ]]
}

_preflight_files() {
  local i=0 name
  while [[ ${i} -lt ${#_files[@]} ]]; do
    name=${_files[i]}
    if [[ ${_files[i + 1]} != read ]]; then
      :
    elif ! type -P "${_files[i + 4]}" >/dev/null; then
      _block "the files of ${name} cannot be read: the command ${_files[i + 4]} is missing" "${_files[i + 2]}"
    elif _files_answer "${name}"; then
      _say "  ✓ the files of ${name} can be read"
    else
      _block "the files of ${name} cannot be read: ${_said}" "${_files[i + 2]}"
    fi
    i=$((i + 4 + ${_files[i + 3]}))
  done
}

# log-readable SERVICE [lock] cure=TEXT
log-readable() {
  local name=$1
  shift
  _options 'cure lock!' "$@" || return 0
  _readable+=("${name}" "${_o_lock}" "${_o_cure}")
}

# classify VERDICT REGEX cure=TEXT
classify() {
  local verdict=$1 pattern=$2
  shift 2
  _options 'cure' "$@" || return 0
  case ${verdict} in misconfigured | blocked) ;; *) _invalid "classify: ${verdict} is neither misconfigured nor blocked" ;; esac
  _classify_verdicts+=("${verdict}")
  _classify_statuses+=('')
  _classify_patterns+=("${pattern}")
  _classify_cures+=("${_o_cure}")
}

# unknown-route STATUS REGEX
unknown-route() {
  _classify_verdicts+=(invalid)
  _classify_statuses+=("$1")
  _classify_patterns+=("$2")
  _classify_cures+=('the service does not know this route: compare the profile with the version that runs')
}

# trouble SYMPTOM cause=TEXT cure=TEXT… [verdict=V]… [point=ID]… [matches=ERE]; told on stderr at a red end that it fits
trouble() {
  _troubles+=("$#" "$@")
}

# preflight
preflight() {
  _safe_point preflight || return 0
  [[ ${_mode} == act ]] || return 0
  _say 'Preflight'
  _blockers=0 _blocker='' _mismatch='' _mismatch_cure='' _unheard=' ' _unready=() _other_version=''
  _preflight_production
  _preflight_permissions
  _preflight_tools
  _preflight_databases
  _preflight_files
  _preflight_browser
  _preflight_modes
  _preflight_ready
  _preflight_downs
  _preflight_locks
  _preflight_logs
  _preflight_setups
  # The health checks are those of one version: what another one answers does not tell that it is not ready.
  [[ -n ${_other_version} ]] || _preflight_unready
  [[ ${_blockers} -eq 0 ]] || _end blocked "${_blocker}"
  [[ -z ${_mismatch} ]] || _end misconfigured "${_mismatch}" "${_mismatch_cure}"
  _mark_start
}

# Set up in another way than the scenario's checks were made for: told when nothing is in the way.
_mismatched() { # WHAT CURE
  _say "  ✗ $1"
  [[ -z ${_mismatch} ]] || return 0
  _mismatch=$1 _mismatch_cure=$2
}

_preflight_modes() {
  local i=0 name value text cure
  while [[ ${i} -lt ${#_modes[@]} ]]; do
    name=${_modes[i]} value=${_modes[i + 1]} text=${_modes[i + 2]} cure=${_modes[i + 4]}
    _identifier "${name}"
    _setting "${name}" ''
    if [[ -z ${_value} ]]; then
      [[ ${value} == "${_modes[i + 3]}" ]] || _block "${text}: ${name} is not set, so nothing tells that the system is so" "${cure}"
    elif [[ ${_value} != "${value}" ]]; then
      _mismatched "${text}: ${name} is ${_value} (${_origin}), not ${value}" "${cure}"
    fi
    i=$((i + 5))
  done
}

_preflight_downs() {
  local i=0
  while [[ ${i} -lt ${#_downs[@]} ]]; do
    _fetch down-"${_downs[i]}" GET "${_downs[i]}" "${_downs[i + 1]}" 3
    _stop_if_interrupted
    if [[ -z ${_got_error} ]]; then
      _mismatched "${_downs[i]} must not answer: ${_got_url} answered ${_got_status}" "${_downs[i + 2]}"
    else
      _say "  ✓ ${_downs[i]} does not answer, as it should be"
    fi
    i=$((i + 3))
  done
}

_preflight_setups() {
  local i=0 n
  while [[ ${i} -lt ${#_setups[@]} ]]; do
    n=${_setups[i]}
    _preflight_setup "${_setups[@]:i+1:n}" # never empty
    i=$((i + n + 1))
  done
}

_preflight_setup() { # SERVICE TEXT CONDITION… cure
  local name=$1 text=$2
  shift 2
  [[ ${_unheard} != *" ${name} "* ]] || return 0
  _reply "ready-${name}" || _invalid "setup ${name}: nothing asks whether it is ready"
  _terms=()
  _conditions if "$@"
  shift "${_taken}"
  _options 'cure' "$@"
  _judge_reply "ready-${name}"
  if [[ ${_j_verdict} == ok ]]; then
    _say "  ✓ ${name}: ${text}"
  else
    _other_version=yes
    _mismatched "${name}: ${text}: ${_j_actual}" "${_o_cure}"
  fi
}

# Nothing is asked of a production system, not even whether it is well. Only the flag allows it: a file may lie about.
_preflight_production() {
  local i=0
  case ${_allowed} in
    *' production '*)
      while [[ ${i} -lt ${#_production[@]} ]]; do
        _say "  ⚠ allowed: ${_production[i]}"
        i=$((i + 2))
      done
      return 0
      ;;
    *) ;;
  esac
  while [[ ${i} -lt ${#_production[@]} ]]; do
    _block "${_production[i]}" "${_production[i + 1]}"
    i=$((i + 2))
  done
  [[ ${_blockers} -eq 0 ]] || _end blocked "${_blocker}"
}

_block() { # WHAT CURE
  _blockers=$((_blockers + 1))
  _note_trouble "$1"
  _tell '# blocked: ' "$1"
  # Each with its cure behind it, so that nobody takes the one of another for it.
  [[ -z $2 ]] || _tell '# cure: ' "$2"
  [[ ${_blockers} -gt 1 ]] || _blocker=$1
  _say "  ⛔ $1"
  [[ -n $2 ]] && _say "     cure: $2"
  return 0
}

# What a person must allow: by a flag, or by SCENARIO_ALLOW with the usual precedence.
_preflight_permissions() {
  local i=0 flag
  _setting SCENARIO_ALLOW ''
  _allowed+=" ${_value//,/ } "
  while [[ ${i} -lt ${#_permissions[@]} ]]; do
    flag=${_permissions[i]}
    case ${_allowed} in
      *" ${flag} "*) _say "  ✓ allowed: ${flag}" ;;
      *) _block "not allowed: ${flag}: ${_permissions[i + 1]}" "if it may be so here, add --allow-${flag}, or set SCENARIO_ALLOW=${flag}" ;;
    esac
    i=$((i + 2))
  done
}

# One run at a time on what has this name, of the same services.
_preflight_locks() {
  local name
  for name in ${_named_locks[@]+"${_named_locks[@]}"}; do
    # Who is blocked already waits for nobody.
    [[ ${_blockers} -eq 0 ]] || return 0
    _lock "${name}" "${name} ${_service_origins[*]-}" 'wait until the other run is over'
  done
}

_preflight_tools() {
  local i=0
  while [[ ${i} -lt ${#_tools[@]} ]]; do
    type -P -- "${_tools[i]}" >/dev/null || _block "the command ${_tools[i]} is missing" "${_tools[i + 1]}"
    i=$((i + 2))
  done
}

_preflight_browser() {
  [[ -n ${_browser} ]] || return 0
  if ! type -P node >/dev/null; then
    _block 'node is missing, which drives the browser' 'install Node 20 or later (nodejs.org), then: npm install --save-dev playwright-core'
    return 0
  fi
  _drive 60 "${_work}/browser" --ready
  _stop_if_interrupted
  if [[ ${_rc} -eq 0 ]]; then _say '  ✓ browser'; else _block "${_drive_what}" "${_drive_cure}"; fi
}

# Runs the ui.mjs beside the script. Exit 3 is its word that there is no browser: one line what, one the cure.
_drive() { # SECONDS OUT WORD…: _rc, _drive_what, _drive_cure
  local seconds=$1 out=$2 names=(NODE_OPTIONS= "SCENARIO_TIME_SCALE=${_scale_num}/${_scale_den}") one
  shift 2
  for one in SCENARIO_PLAYWRIGHT SCENARIO_BROWSER; do
    _setting "${one}" ''
    names+=("${one}=${_value}")
  done
  _drive_what='' _drive_cure=''
  _run_grace=100 _run_limited "${seconds}" "${out}" "${out}.err" env ${names[@]+"${names[@]}"} node "${_here}/${_browser}" "$@"
  [[ ${_rc} -ne 0 ]] || return 0
  if [[ ${_rc} -eq 3 ]]; then
    { IFS= read -r _drive_what && IFS= read -r _drive_cure; } <"${out}"
  fi
  if [[ -z ${_drive_what} ]]; then
    _beginning "${out}.err"
    _drive_what="node ${_browser} broke off with exit ${_rc}: ${_began}" _drive_cure='Node 20 or later is needed: node --version'
  fi
}

_preflight_ready() {
  local i=0 n
  while [[ ${i} -lt ${#_service_names[@]} ]]; do
    _headers_of "${_service_names[i]}" || _block "${_missing} is not set: ${_service_names[i]} asks for it in a header" "set ${_missing}"
    i=$((i + 1))
  done
  i=0
  while [[ ${i} -lt ${#_ready[@]} ]]; do
    n=${_ready[i]}
    _preflight_one "${_ready[@]:i+1:n}" # never empty
    i=$((i + n + 1))
  done
}

# Services that answer, and not as they do when they are well.
_preflight_unready() {
  local i=0
  while [[ ${i} -lt ${#_unready[@]} ]]; do
    _block "${_unready[i]}" "${_unready[i + 1]}"
    i=$((i + 2))
  done
}

_preflight_one() { # SERVICE PATH CONDITION… options
  local name=$1 path=$2 tries=0 retries wait_us what answers
  shift 2
  _terms=()
  _conditions if "$@"
  shift "${_taken}"
  _options 'retries wait cure' "$@"
  local cure=${_o_cure}
  retries=${_o_retries:-0}
  _to_us "${_o_wait:-1}"
  _scale_us "${_us}"
  wait_us=${_us}
  _address "${name}"
  while :; do
    what='' answers=''
    _fetch ready-"${name}" GET "${name}" "${path}" 10
    _stop_if_interrupted
    if [[ -n ${_got_error} ]]; then
      what="${name} does not answer at ${_got_url}: ${_got_error}"
    elif [[ ${_got_status} != 200 ]]; then
      what="${name} is not ready: ${_got_url} answered ${_got_status}"
    else
      _store_reply "ready-${name}" http
      _judge_reply "ready-${name}"
      answers=yes
      [[ ${_j_verdict} == ok ]] || what="${name} is not ready: ${_j_actual}"
    fi
    [[ -z ${what} || ${tries} -ge ${retries} ]] && break
    tries=$((tries + 1))
    _sleep_us "${wait_us}"
    _stop_if_interrupted
  done
  if [[ -z ${what} ]]; then
    _say "  ✓ ${name}"
  elif [[ -n ${answers} ]]; then
    _unready+=("${what}" "${cure}")
  else
    _unheard="${_unheard}${name} "
    _block "${what}" "${cure}"
  fi
}

# --------------------------------------------------------------------------------------------------------- 4 Verbs: acting

# step TITLE [component=C] [start=CAPTURE]
step() {
  local title=${1-}
  shift
  _options 'component start' "$@" || return 0
  _safe_point step || return 0
  _settle_replies
  _started=yes
  _step_number=$((_step_number + 1))
  _step_title=${title} _step_component=${_o_component}
  [[ ${_mode} == skip ]] && _mode=act
  [[ ${_mode} == act && -n ${_halted} ]] && _mode=stopped
  _halted='' _skipped_act=''
  [[ ${_mode} == list || ${_mode} == help ]] && {
    [[ -n ${_operation} && -n ${_o_start} ]] && _skip_listing=yes || _skip_listing=''
    return 0
  }
  if [[ ${_mode} == act && -n ${_operation} && -n ${_o_start} ]]; then
    _mode=skip
    _set_capture "${_o_start}" "${_operation}" ''
    _say "Step ${_step_number}: ${title} (left out: observing ${_operation})"
    return 0
  fi
  [[ ${_mode} == act ]] && _say "Step ${_step_number}: ${title}"
  local acts=false
  [[ ${_mode} == act ]] && acts=true
  _raw n "${_step_number}"
  _text title "${title}"
  _raw acts "${acts}"
  _event step
}
_skip_listing=''

# request NAME METHOD SERVICE PATH [json [fill]] [header=H]… [within=S] [under-test]
request() {
  local name=$1 method=$2 service=$3 path=$4
  shift 4
  _options 'json! fill! header+ within under-test!' "$@" || return 0
  _safe_point request || return 0
  _acts || return 0
  _file_word "${name}"
  local body=''
  if [[ -n ${_o_json} ]]; then
    body=${_work}/${name}.json
    _read_body "${body}"
    [[ -z ${_o_fill} ]] || _fill_body "${name}" "${body}"
  fi
  local headers=()
  local h
  for h in ${_o_header[@]+"${_o_header[@]}"}; do
    _fill "${h}" raw
    headers+=("${_filled}")
  done
  _fetch "${name}" "${method}" "${service}" "${path}" "${_o_within:-30}" "${body}" ${headers[@]+"${headers[@]}"}
  _store_reply "${name}" http
  _reply_flags[_r]=${_o_under_test}
  _text name "${name}"
  _text method "${method}"
  _text url "${_got_url}"
  _raw status "${_got_status:-0}"
  _raw seconds "${_got_seconds:-0}"
  _event request
  if [[ -n ${_got_error} ]]; then
    # The points on this reply show it; when there is none, _settle_replies does.
    _halted=yes
    _say "  ${method} ${_got_url}: no reply: ${_got_error}"
  elif [[ -n ${_flag_verbose} ]]; then
    _say "  ${_got_curl}"
    _beginning "${_got_body}"
    _say "  → ${_got_status} in ${_got_seconds} s: ${_began}"
  fi
}

# poll NAME ID TEXT METHOD SERVICE PATH every=S within=S [progress=PATH] [under-test] until CONDITION… ends CONDITION… [early CONDITION…]
poll() { _watch poll "$@"; }

# hold NAME ID TEXT METHOD SERVICE PATH every=S for=S [progress=PATH] while CONDITION…
hold() { _watch hold "$@"; }

_watch() { # KIND NAME ID TEXT METHOD SERVICE PATH words…
  local kind=$1 name=$2 id=$3 text=$4 method=$5 service=$6 path=$7
  shift 7
  local every='' bound='' progress='' sections=' '
  _watch_under_test=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      every=*) every=${1#*=} ;;
      within=* | for=*) bound=${1#*=} ;;
      progress=*) progress=${1#*=} ;;
      under-test) _watch_under_test=yes ;;
      *) break ;;
    esac
    shift
  done
  _terms=()
  while [[ $# -gt 0 ]]; do
    case ${kind}:$1 in
      poll:until | poll:ends | poll:early | hold:while)
        local section=$1
        shift
        _conditions "${section}" "$@"
        shift "${_taken}"
        sections+="${section} "
        ;;
      *) break ;;
    esac
  done
  case ${kind}:${sections} in
    poll:*' until '*'ends '* | hold:*' while '*) ;;
    *) _invalid "${kind} ${name}: its conditions are incomplete" ;;
  esac
  _point_options "$@" || return 0
  _begin_point "${kind}" "${id}" "${text}" || return 0
  if [[ -n ${_halted} ]]; then
    _point_not_reached
    return 0
  fi
  _file_word "${name}"
  _watch_loop "${kind}" "${name}" "${method}" "${service}" "${path}" "${every}" "${bound}" "${progress}"
  _stop_if_interrupted
  _watch_point "${kind}" "${name}" "${bound}"
  [[ ${_outcome} != ok ]] || _require_waiting last "${name}"
}

# Looks until the state decides or the bound is over; leaves _outcome: ok | no | bad | ends | early | bound.
_watch_loop() { # KIND NAME METHOD SERVICE PATH EVERY BOUND PROGRESS
  local kind=$1 name=$2 method=$3 service=$4 path=$5 progress=$8
  local every bound begin at next looks=0 said='' words=() kept
  _to_us "$6"
  _scale_us "${_us}"
  every=${_us}
  _to_us "$7"
  _scale_us "${_us}"
  bound=${_us}
  [[ ${every} -gt 0 ]] || every=1000
  words=(${_terms[@]+"${_terms[@]}"})
  kept=${_work}/${name}.looks
  : >"${kept}"
  _stem "${name}"
  # The looks of an earlier run in the same evidence folder are none of this one's.
  { : >"${_stem}.ndjson"; } 2>/dev/null
  _now
  begin=${_now_us}
  while :; do
    _now
    at=$((_now_us - begin))
    _fetch "${name}" "${method}" "${service}" "${path}" 10
    [[ -n ${_interrupted} ]] && return 0
    looks=$((looks + 1))
    _now
    _unscale $((_now_us - begin))
    _got_elapsed=${_seconds}
    _store_reply "${name}" "${kind}"
    _reply_looks=${looks}
    _reply_flags[_r]=${_watch_under_test}
    if [[ -n ${_got_error} ]]; then
      _outcome=bad _j_actual="no reply: ${_got_error}" _j_expected=''
      return 0
    fi
    [[ ${looks} -gt 1 ]] || _require_waiting first "${name}"
    _terms=(${words[@]+"${words[@]}"})
    _judge_look "${name}" "${progress}"
    printf '%s\n' "${_look_progress}" >>"${kept}"
    _redact "${_look_record}"
    _append "${_stem}.ndjson" "${_redacted}"
    _text name "${name}"
    _raw status "${_look_state:-null}"
    _raw http "${_got_status}"
    _raw progress "${_look_progress:-null}"
    _raw elapsed "${_got_elapsed}"
    _event look
    if [[ -n ${_flag_verbose} || ${said} != "${_look_state}" ]]; then
      _say "  ${_got_elapsed} s: ${_look_state} ${_look_progress#null}"
      said=${_look_state}
    fi
    case ${kind}:${_j_verdict} in
      poll:until) _outcome=ok && return 0 ;;
      poll:ends | poll:early | poll:bad | hold:bad) _outcome=${_j_verdict} && return 0 ;;
      hold:no) _outcome=no && return 0 ;;
      *) ;;
    esac
    # The look that began at the bound, or after it, is the last; a hold needs two.
    if [[ ${at} -ge ${bound} ]] && [[ ${kind} == poll || ${looks} -ge 2 ]]; then
      if [[ ${kind} == poll ]]; then _outcome=bound; else _outcome=ok; fi
      return 0
    fi
    next=$((at + every))
    [[ ${next} -gt ${bound} && ${at} -lt ${bound} ]] && next=${bound}
    _now
    _sleep_us $((begin + next - _now_us))
    [[ -n ${_interrupted} ]] && return 0
  done
}

_watch_point() { # KIND NAME BOUND
  local kind=$1 name=$2 bound=$3
  _reply "${name}"
  _reply_used[_r]=yes
  _p_reply=${_r}
  if [[ ${_outcome} != ok && -z ${_got_error} ]]; then
    _explain until
    if [[ ${_got_status} != 200 ]]; then
      _beginning "${_got_body}"
      _j_actual="HTTP ${_got_status}: ${_began}"
    fi
  fi
  if [[ ${kind} == hold ]]; then
    _expected_of while
    _j_expected+=", held for ${bound} s"
  else
    _expected_of until
    _j_expected+=" within ${bound} s"
  fi
  case ${_outcome} in
    ok) _point_ok ;;
    early)
      _reply_states[_r]=undecided
      _point_fails inconclusive
      ;;
    bound)
      _reply_states[_r]=undecided
      _progress_of "${name}"
      _j_actual="${_j_actual} after ${_reply_elapsed[_r]} s"
      _point_fails timed-out
      ;;
    *)
      # A reply that is broken says nothing of the state.
      [[ ${_outcome} != bad ]] || _reply_states[_r]=undecided
      _j_actual="${_j_actual} after ${_reply_elapsed[_r]} s"
      _point_fails failed
      ;;
  esac
}

# Was the progress still rising when the time was over? Then the bound is too short, else the service is stuck.
_progress_of() {
  _p_progress=flat
  _jq -n -r --slurpfile v "${_work}/$1.looks" "${_JQ_RISING}" && _p_progress=${_jq_out}
}

# query NAME VARIABLE [within=S] QUERY: one SELECT in a transaction that can only read; a reply as of cli, its stdout
# {"count", "rows", "value"} (the first field, where there is one row)
query() {
  local name=$1 variable=$2 limit=30 sql
  shift 2
  case ${1-} in
    within=*)
      limit=${1#*=}
      shift
      ;;
    *) ;;
  esac
  sql=${1-}
  [[ $# -eq 1 && -n ${sql} && ${sql} != *';'* ]] || _invalid "query ${name}: one query without a semicolon"
  _safe_point query || return 0
  _acts || return 0
  _file_word "${name}"
  _setting "${variable}" ''
  _connection "${_value}" || _invalid "query ${name}: ${variable} is no address of a database"
  # shellcheck disable=SC2016 # the dollars are PostgreSQL's quotes
  printf 'BEGIN READ ONLY;\nWITH q AS (%s\n) SELECT json_build_object($$count$$, (SELECT count(*) FROM q), $$rows$$, (SELECT coalesce(json_agg(q), $$[]$$::json) FROM q), $$value$$, CASE WHEN (SELECT count(*) FROM q) = 1 THEN (SELECT value FROM json_each((SELECT row_to_json(q) FROM q)) LIMIT 1) END);\nCOMMIT;\n' \
    "${sql}" >"${_work}/${name}.sql"
  _stem "${name}"
  _quote "${sql}"
  _got_curl="psql -c ${_quoted}"
  _got_service='' _got_body=${_work}/${name}.stdout _got_headers=${_work}/${name}.stderr
  _say "  ${_got_curl}"
  export PGHOST=${_pg_host} PGPORT=${_pg_port} PGUSER=${_pg_user} PGPASSWORD=${_pg_password} PGDATABASE=${_pg_name} PGSSLMODE=${_pg_mode}
  export PGCONNECT_TIMEOUT=10 PGOPTIONS='-c default_transaction_read_only=on'
  _run_limited "${limit}" "${_got_body}" "${_got_headers}" psql -X -q -A -t -v ON_ERROR_STOP=1 -f "${_work}/${name}.sql"
  unset PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE PGCONNECT_TIMEOUT PGOPTIONS
  _got_error='' _got_status=${_rc} _got_elapsed=''
  if [[ -n ${_run_late} ]]; then
    _got_error="it did not end within ${limit} s"
  elif [[ ${_rc} -ne 0 ]]; then
    _beginning "${_got_headers}"
    _got_error="the database says: ${_began:-nothing} (exit ${_rc})"
  fi
  _got_evidence=${_stem}.stdout
  _keep "${_got_body}" "${_stem}.stdout"
  _keep "${_got_headers}" "${_stem}.stderr"
  _write "${_stem}.request" "${_got_curl}"
  _store_reply "${name}" cli
  _text name "${name}"
  _text command "${_got_curl}"
  _raw exit "${_got_status}"
  _raw seconds "${_got_seconds}"
  _event request
  [[ -n ${_got_error} ]] && _halted=yes
  return 0
}

# launch NAME -- WORD…: starts a command that ends later; `collect NAME` waits for that. It is ended with the script at the latest.
launch() {
  local name=$1 word words=()
  [[ ${2-} == -- && $# -ge 3 ]] || _invalid "launch ${name}: no command"
  shift 2
  _safe_point launch || return 0
  _acts || return 0
  _file_word "${name}"
  for word in "$@"; do
    _fill "${word}" words
    words+=("${_filled}")
  done
  _got_curl=''
  for word in "${words[@]}"; do # never empty
    _quote "${word}"
    _got_curl="${_got_curl}${_got_curl:+ }${_quoted}"
  done
  _stem "${name}"
  _write "${_stem}.request" "${_got_curl}"
  _say "  ${_got_curl} &"
  _now
  # A process group of its own, so that what the command started ends with it.
  set -m
  (cd -- "${_here}/${_root}" && exec ${words[@]+"${words[@]}"}) >"${_work}/${name}.stdout" 2>"${_work}/${name}.stderr" </dev/null 8>&- 9>&- &
  _job_pids+=("$!")
  set +m
  _job_names+=("${name}")
  _job_starts+=("${_now_us}")
  _job_curls+=("${_got_curl}")
  _text name "${name}"
  _text command "${_got_curl}"
  _event launch
}

_job() { # NAME: _jobbed
  _jobbed=$((${#_job_names[@]} - 1))
  while [[ ${_jobbed} -ge 0 ]]; do
    [[ ${_job_names[_jobbed]} == "$1" ]] && return 0
    _jobbed=$((_jobbed - 1))
  done
  return 1
}

# collect NAME [within=S]: waits until the command that was launched ends; a reply with exit, stdout and stderr
collect() {
  local name=$1 limit end naps=0
  shift
  _options 'within under-test!' "$@" || return 0
  _safe_point collect || return 0
  _acts || return 0
  _job "${name}" || _invalid "collect ${name}: nothing was launched under this name"
  _to_us "${_o_within:-15}"
  limit=${_us}
  _now
  end=$((_now_us + limit))
  _got_error=''
  while kill -0 "${_job_pids[_jobbed]}" 2>/dev/null; do
    _now
    if [[ ${_now_us} -ge ${end} ]]; then
      _got_error="it did not end within ${_o_within:-15} s"
      break
    fi
    _stop_if_interrupted
    naps=$((naps + 1))
    if [[ ${naps} -lt 20 ]]; then sleep 0.05 2>/dev/null || sleep 1; else sleep 0.2 2>/dev/null || sleep 1; fi
  done
  _end_job "${_jobbed}"
  _now
  printf -v _got_seconds '%d.%06d' $(((_now_us - _job_starts[_jobbed]) / 1000000)) $(((_now_us - _job_starts[_jobbed]) % 1000000))
  _stem "${name}"
  _got_curl=${_job_curls[_jobbed]} _got_service='' _got_status=${_rc} _got_elapsed=''
  _got_body=${_work}/${name}.stdout _got_headers=${_work}/${name}.stderr _got_evidence=${_stem}.stdout
  _keep "${_got_body}" "${_stem}.stdout"
  _keep "${_got_headers}" "${_stem}.stderr"
  _store_reply "${name}" cli
  _reply_flags[_r]=${_o_under_test}
  _text name "${name}"
  _text command "${_got_curl}"
  _raw exit "${_got_status}"
  _raw seconds "${_got_seconds}"
  _event request
  [[ -n ${_got_error} ]] && _halted=yes
  return 0
}

# Ends what a launched command still is, and takes its status.
_end_job() { # INDEX: _rc
  local pid=${_job_pids[$1]}
  if [[ -z ${pid} ]]; then return 0; fi
  if kill -0 "${pid}" 2>/dev/null; then
    kill -TERM -- "-${pid}" 2>/dev/null
    sleep 0.2 2>/dev/null || sleep 1
    kill -KILL -- "-${pid}" 2>/dev/null
  fi
  wait "${pid}" 2>/dev/null
  _rc=$?
  _job_pids[$1]=''
}

_end_jobs() {
  local i=$((${#_job_names[@]} - 1))
  while [[ ${i} -ge 0 ]]; do
    _end_job "${i}"
    i=$((i - 1))
  done
}

# find NAME ID TEXT METHOD SERVICE PATH before=REPLY items=PATH item=PATH command=REPLY [within=S] [sole] [where CONDITION…]
# Point: takes the id of the one item of a list that was not in the list BEFORE and fulfils the condition. Two: inconclusive.
# None until the command has ended, or the time (real) is over: failed. sole: looks once more, whether NAME is still the only one.
find() {
  local name=$1 id=$2 text=$3 method=$4 service=$5 path=$6 before='' items='' item='' command='' within=20 sole='' end ended='' n hurry=''
  shift 6
  while [[ $# -gt 0 ]]; do
    case $1 in
      before=*) before=${1#*=} ;;
      items=*) items=${1#*=} ;;
      item=*) item=${1#*=} ;;
      command=*) command=${1#*=} ;;
      within=*) within=${1#*=} ;;
      sole) sole=yes ;;
      *) break ;;
    esac
    shift
  done
  [[ -n ${before} && -n ${items} && -n ${item} ]] || _invalid "find ${id}: before=, items= and item= are needed"
  _terms=()
  if [[ ${1-} == where ]]; then
    shift
    _conditions if "$@"
    shift "${_taken}"
  fi
  _point_options "$@" || return 0
  if [[ ${_mode} != skip && -z ${sole} ]]; then _capture_index "${name}" || _set_capture "${name}" '' ''; fi
  _begin_point find "${id}" "${text}" || return 0
  if [[ -n ${_halted} ]]; then
    _point_not_reached
    return 0
  fi
  _file_word "${name}"
  _path "${items}"
  items=${_path_json}
  _path "${item}"
  item=${_path_json}
  _reply "${before}" || _invalid "there is no reply of the name ${before}"
  _to_us "${within}"
  local old=${_reply_bodies[_r]} was=${_reply_statuses[_r]} asked=("${_terms[@]+"${_terms[@]}"}")
  [[ ${was} == 200 ]] || old=/dev/null
  within=${_us}
  _now
  end=$((_now_us + within))
  while :; do
    if [[ -n ${command} ]] && _job "${command}" && ! kill -0 "${_job_pids[_jobbed]:-0}" 2>/dev/null; then ended=yes; fi
    # What a command started can only be undone when its id is known: a signal waits for that, a little.
    if [[ -n ${_interrupted} && -z ${hurry} ]]; then
      [[ -z ${sole} ]] || _stop_if_interrupted
      hurry=yes
      _now
      end=$((_now_us + 3000000))
    fi
    _fetch "found-${name}" "${method}" "${service}" "${path}" 10
    _store_reply "found-${name}" http
    _p_reply=${_r}
    _reply_used[_r]=yes
    _terms=(${asked[@]+"${asked[@]}"})
    if [[ -n ${_got_error} ]]; then
      _j_verdict=bad _j_actual="no reply: ${_got_error}"
    elif [[ ${_got_status} != 200 ]]; then
      _beginning "${_got_body}"
      _j_verdict=bad _j_actual="HTTP ${_got_status}: ${_began}"
    else
      _find_judge "${old}" "${items}" "${item}"
    fi
    if [[ ${_j_verdict} != wait || -n ${ended} || -n ${sole} ]]; then break; fi
    _now
    [[ ${_now_us} -ge ${end} ]] && break
    if [[ -n ${_interrupted} ]]; then sleep 0.2 2>/dev/null || sleep 1; else _sleep_us 200000; fi
  done
  if [[ -n ${_interrupted} && ${_j_verdict} != ok ]]; then _stop_if_interrupted; fi
  n=${_j_actual}
  _j_expected='one that was not in the list before'
  [[ ${#asked[@]} -eq 0 ]] || { _terms=("${asked[@]}") && _expected_of if && _j_expected="one item that was not in the list before, with ${_j_expected}"; } # never empty
  _terms=()
  case ${_j_verdict} in
    ok)
      if [[ -z ${sole} ]]; then
        _set_capture "${name}" "${_found}" "${_found_json}"
        _say "  ${name} = ${_found}"
        _point_ok
      elif _capture_index "${name}" && [[ ${_capture_values[_c]} == "${_found}" ]]; then
        _point_ok
      else
        _j_actual="${_found}, and not ${_capture_values[_c]}"
        _point_fails inconclusive
      fi
      ;;
    no)
      _j_actual="${n}: which of them is this run's cannot be told"
      _point_fails inconclusive
      ;;
    bad)
      [[ ${was} == 200 ]] || _j_actual="before the start the list was answered with ${was:-nothing}"
      _point_fails failed
      ;;
    *)
      _j_actual=none
      [[ -z ${ended} ]] || _tell_end "${command}"
      _point_fails failed
      ;;
  esac
}

_tell_end() { # COMMAND: adds to _j_actual how it ended and what it said last, and keeps what it printed
  local name=$1 said
  _job "${name}" || return 0
  _j_actual+='; the command has ended'
  [[ -n ${_job_pids[_jobbed]} ]] || return 0
  _end_job "${_jobbed}"
  _j_actual+=" with exit ${_rc}"
  _stem "${name}"
  _keep "${_work}/${name}.stdout" "${_stem}.stdout"
  _keep "${_work}/${name}.stderr" "${_stem}.stderr"
  said=${_work}/${name}.stderr
  [[ -s ${said} ]] || said=${_work}/${name}.stdout
  [[ -s ${said} ]] || return 0
  tail -c 300 -- "${said}" | tail -n 1 >"${_work}/last"
  _beginning "${_work}/last"
  _j_actual+=": ${_began}"
}

_find_judge() { # OLD-BODY ITEMS ITEM: _j_verdict, _found, _found_json, _j_actual
  _term_arguments '' '' '' find
  case ${_comparators} in *' size '* | *' every '* | *' some '*) _invalid "find ${_p_id}: size, every and some are not for items" ;; *) ;; esac
  _ask find "${_arguments[@]}" --rawfile old "$1" --rawfile body "${_got_body}" --argjson items "$2" --argjson item "$3" # never empty
  _rest_line
  _found_json=${_line_value}
  _rest_line
  _found=${_line_value}
  _rest_line
  _j_actual=${_line_value}
}

# follow NAME METHOD SERVICE PATH every=S within=S [progress=PATH] [under-test] [else=REPLY] ends CONDITION…
# Looks until the state is terminal, as a poll does, and is no point: what it came to is judged by `any`. Where the path's capture
# is empty nothing is asked, and NAME stands for REPLY.
follow() {
  local name=$1 method=$2 service=$3 path=$4 every='' bound='' progress='' instead='' i=0 n
  shift 4
  _watch_under_test=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      every=*) every=${1#*=} ;;
      within=*) bound=${1#*=} ;;
      progress=*) progress=${1#*=} ;;
      else=*) instead=${1#*=} ;;
      under-test) _watch_under_test=yes ;;
      *) break ;;
    esac
    shift
  done
  [[ ${1-} == ends ]] || _invalid "follow ${name}: it does not say what ends it"
  shift
  _terms=()
  _conditions ends "$@"
  [[ ${_taken} -eq $# ]] || _invalid "follow ${name}: its condition is incomplete"
  n=${#_terms[@]}
  while [[ ${i} -lt ${n} ]]; do
    _terms+=(until "${_terms[@]:i+1:5}") # never empty
    i=$((i + 6))
  done
  _safe_point follow || return 0
  _acts || return 0
  _file_word "${name}"
  _fill "${path}" url
  if [[ -n ${_fill_empty} && -n ${instead} ]]; then
    _stand_in "${name}" "${instead}"
    return 0
  fi
  _watch_loop poll "${name}" "${method}" "${service}" "${path}" "${every}" "${bound}" "${progress}"
  _stop_if_interrupted
  _reply "${name}"
  case ${_outcome}:${_reply_states[_r]} in
    ok:*) _require_waiting last "${name}" ;;
    bound:*)
      _reply_states[_r]=late
      _reply_errors[_r]="not at its end after ${_reply_elapsed[_r]} s"
      ;;
    *:ok)
      _reply_states[_r]=broken
      _beginning "${_got_body}"
      _reply_errors[_r]="HTTP ${_got_status}: ${_began}"
      ;;
    *) ;;
  esac
}

# The reply of one name under another one too.
_stand_in() { # NAME REPLY
  local from
  _reply "$2" || return 0
  from=${_r}
  _r=${#_reply_names[@]}
  _reply_names[_r]=$1 _reply_kinds[_r]=${_reply_kinds[from]} _reply_states[_r]=${_reply_states[from]} _reply_statuses[_r]=${_reply_statuses[from]}
  _reply_seconds[_r]=${_reply_seconds[from]} _reply_elapsed[_r]=${_reply_elapsed[from]} _reply_bodies[_r]=${_reply_bodies[from]}
  _reply_headers[_r]=${_reply_headers[from]} _reply_curls[_r]=${_reply_curls[from]} _reply_acks[_r]=${_reply_acks[from]}
  _reply_flags[_r]=${_reply_flags[from]} _reply_services[_r]=${_reply_services[from]} _reply_evidence[_r]=${_reply_evidence[from]}
  _reply_errors[_r]=${_reply_errors[from]} _reply_used[_r]=${_reply_used[from]} _reply_steps[_r]=${_step_number}
}

# cli NAME within=S -- WORD…
cli() {
  local name=$1
  shift
  local words=()
  while [[ $# -gt 0 && $1 != -- ]]; do
    words+=("$1")
    shift
  done
  [[ $# -gt 0 ]] && shift
  _options 'within under-test!' ${words[@]+"${words[@]}"} || return 0
  _safe_point cli || return 0
  _acts || return 0
  _file_word "${name}"
  words=()
  local word
  for word in "$@"; do
    _fill "${word}" words
    words+=("${_filled}")
  done
  [[ ${#words[@]} -gt 0 ]] || _invalid "cli ${name}: no command"
  _stem "${name}"
  _got_curl=''
  for word in "${words[@]}"; do # never empty
    _quote "${word}"
    _got_curl="${_got_curl}${_got_curl:+ }${_quoted}"
  done
  _got_service='' _got_body=${_work}/${name}.stdout _got_headers=${_work}/${name}.stderr
  _say "  ${_got_curl}"
  _run_limited "${_o_within:-60}" "${_got_body}" "${_got_headers}" "${words[@]}" # never empty
  _got_error='' _got_status=${_rc} _got_elapsed=''
  [[ -n ${_run_late} ]] && _got_error="it did not end within ${_o_within:-60} s"
  _got_evidence=${_stem}.stdout
  _keep "${_got_body}" "${_stem}.stdout"
  _keep "${_got_headers}" "${_stem}.stderr"
  _write "${_stem}.request" "${_got_curl}"
  _store_reply "${name}" cli
  _reply_flags[_r]=${_o_under_test}
  _text name "${name}"
  _text command "${_got_curl}"
  _raw exit "${_got_status}"
  _raw seconds "${_got_seconds}"
  _event request
  [[ -n ${_got_error} ]] && _halted=yes
  return 0
}

# ui NAME SERVICE within=S [under-test]: what the ui.mjs beside the script does in a browser, and what is seen there
ui() {
  local name=$1 service=$2 seconds
  shift 2
  _options 'within under-test!' "$@" || return 0
  _safe_point ui || return 0
  _acts || return 0
  _file_word "${name}"
  [[ -n ${_browser} ]] || _invalid "ui ${name}: the verb browser names no file"
  _address "${service}"
  _stem "${name}"
  # Its own bounds are within; a browser takes some time besides.
  _to_us "${_o_within:-60}"
  _scale_us "${_us}"
  seconds=$((_us / 1000000 + 60))
  _quote "${_here}/${_browser}"
  _got_curl="node ${_quoted} ${_origin_of}"
  _say "  ${_got_curl}"
  _got_service=${service} _got_body=${_work}/${name}.page _got_headers=${_got_body}.err
  _drive "${seconds}" "${_got_body}" "${_origin_of}" "${_stem}.png"
  _got_error='' _got_status=${_rc} _got_elapsed=''
  if [[ -z ${_interrupted} ]]; then
    [[ ${_rc} -ne 3 ]] || _end blocked "${_drive_what}" "${_drive_cure}"
    [[ ${_rc} -eq 0 ]] || _got_error=${_drive_what}
  fi
  _got_evidence=${_stem}.body
  _keep "${_got_body}" "${_stem}.body"
  _write "${_stem}.request" "${_got_curl}"
  _store_reply "${name}" ui
  _reply_flags[_r]=${_o_under_test}
  _text name "${name}"
  _text command "${_got_curl}"
  _raw exit "${_got_status}"
  _raw seconds "${_got_seconds}"
  _event request
  [[ -n ${_got_error} ]] && _halted=yes
  return 0
}

# cleanup TEXT METHOD SERVICE PATH [json [fill]] [restore]
cleanup() {
  local text=$1 method=$2 service=$3 path=$4 body=''
  shift 4
  _options 'json! fill! restore!' "$@" || return 0
  [[ ${_mode} == act && -z ${_skipped_act} ]] || return 0
  _fill "${path}" url
  if [[ -n ${_fill_empty} ]]; then return 0; fi
  if [[ -n ${_o_json} ]]; then
    body=${_work}/cleanup-${#_cleanup_texts[@]}.json
    _read_body "${body}"
    if [[ -n ${_o_fill} ]]; then
      local typed=''
      IFS= read -r -d '' typed <"${body}"
      _fill "${typed}" raw
      # Better not at all than with a value that was never seen.
      if [[ -n ${_fill_empty} ]]; then
        _not_restored=${_not_restored:-"${service}: not restored: ${text}: nothing was captured as ${_fill_empty}"}
        _say "⚠ NOT RESTORED: ${text}: nothing was captured as ${_fill_empty}"
        return 0
      fi
      _fill_body "${text}" "${body}"
      _fill "${path}" url
    fi
  fi
  _cleanup_texts+=("${text}")
  _cleanup_methods+=("${method}")
  _cleanup_services+=("${service}")
  _cleanup_paths+=("${_filled}")
  _cleanup_bodies+=("${body}")
  _cleanup_restores+=("${_o_restore}")
}

# -------------------------------------------------------------------------------------------------------- 5 Verbs: judging

# check ID TEXT REPLY CONDITION…
check() { _check check failed "$@"; }

# guard ID TEXT REPLY CONDITION…
guard() { _check guard inconclusive "$@"; }

_check() { # KIND MEANING ID TEXT REPLY CONDITION… options
  local kind=$1 meaning=$2 id=$3 text=$4 reply=$5
  shift 5
  _terms=()
  _conditions if "$@"
  shift "${_taken}"
  _point_options "$@" || return 0
  _begin_point "${kind}" "${id}" "${text}" || return 0
  _on_reply "${reply}" || return 0
  _judge_reply "${reply}"
  if [[ ${_j_verdict} == ok ]]; then
    _point_ok
    return 0
  fi
  _point_fails "${meaning}"
  # Where a guard does not hold, what else this reply says tells nothing: it would be red for the guard's reason.
  [[ ${kind} != guard ]] || _reply_states[_p_reply]=undecided
}

# any ID TEXT either PART [also PART]… [either PART [also PART]…]…; PART: of REPLY CONDITION… | in SERVICE present|matches TEXT
# One point: it holds when every part of one alternative holds. A follow that came to no end makes its failing a timed-out.
any() {
  local id=$1 text=$2 alternatives=() sorts=() names=() starts=() words=() number=0 late=''
  shift 2
  _terms=()
  while [[ ${1-} == either || ${1-} == also ]]; do
    if [[ $1 == either ]]; then number=$((number + 1)); fi
    [[ ${number} -gt 0 ]] || _invalid "any ${id}: it begins with either"
    alternatives+=("${number}")
    starts+=("${#words[@]}")
    case ${2-} in
      of)
        [[ $# -ge 3 ]] || _invalid "any ${id}: an alternative is incomplete"
        sorts+=(of)
        names+=("$3")
        shift 3
        _terms=()
        _conditions if "$@"
        shift "${_taken}"
        words+=("${_terms[@]}") # never empty
        ;;
      in)
        case $#:${4-} in [5-9]:present | [5-9]:matches | [1-9][0-9]*:present | [1-9][0-9]*:matches) ;; *) _invalid "any ${id}: of a log, say present or matches" ;; esac
        sorts+=(in)
        names+=("$3")
        words+=("$4" "$5")
        shift 5
        ;;
      *) _invalid "any ${id}: an alternative is of a reply or in a log" ;;
    esac
  done
  [[ ${number} -ge 1 ]] || _invalid "any ${id}: it has no alternative"
  starts+=("${#words[@]}")
  _options 'means at defect within sighting!' "$@" || return 0
  _begin_point any "${id}" "${text}" || return 0
  local i=0 n=${#sorts[@]} held=yes met='' reached='' expected='' actual='' begin
  while [[ ${i} -lt ${n} ]]; do
    if [[ ${i} -gt 0 && ${alternatives[i]} != "${alternatives[i - 1]}" ]]; then
      [[ -z ${held} ]] || break
      held=yes
      expected+=', or '
    elif [[ ${i} -gt 0 ]]; then
      expected+=' and '
    fi
    begin=${starts[i]}
    _j_verdict=no _j_actual='' _j_expected=''
    if [[ ${sorts[i]} == of ]]; then
      _terms=("${words[@]:begin:starts[i+1]-begin}") # never empty
      _expected_of if
      expected+="${names[i]}: ${_j_expected}"
      [[ -z ${held} ]] || _any_reply "${names[i]}"
    else
      expected+="the log of ${names[i]}: ${words[begin]} ${words[begin + 1]}"
      if [[ -n ${held} && -z ${_halted} ]]; then
        _address "${names[i]}"
        [[ -n ${_service_logs[_service]} ]] || _invalid "any ${id}: the service ${names[i]} has no log"
        _to_us "${_o_within:-5}"
        _log_present "${words[begin]}" "${words[begin + 1]}" "${_us}"
        _stop_if_interrupted
        reached=yes
        _stem "${id}"
        _keep "${_work}/window" "${_stem}.log"
      fi
    fi
    if [[ ${_j_verdict} != ok ]]; then
      if [[ -n ${held} && -n ${_j_actual} ]]; then actual+="${actual:+, }${names[i]}: ${_j_actual}"; fi
      held=''
    fi
    i=$((i + 1))
    if [[ -n ${held} ]] && [[ ${i} -eq ${n} || ${alternatives[i]} != "${alternatives[i - 1]}" ]]; then met=${alternatives[i - 1]}; fi
  done
  if [[ -n ${_halted} && -z ${reached} ]]; then
    _point_not_reached
    return 0
  fi
  _j_expected=${expected} _j_actual=${actual}
  if [[ -n ${met} ]]; then
    _any_acknowledge
    _terms=()
    _point_ok
  elif [[ -n ${late} ]]; then
    _point_fails timed-out
  else
    _point_fails failed
  fi
}

# What one part says of a reply: _j_verdict, _j_actual; `reached`, `late` and _p_reply are those of the point.
_any_reply() { # NAME
  if ! _reply "$1"; then
    [[ -n ${_halted} || -n ${_interrupted} ]] || _invalid "there is no reply of the name $1"
    return 0
  fi
  if [[ -n ${_halted} && ${_reply_states[_r]} != none ]]; then return 0; fi
  reached=yes
  _p_reply=${_r}
  _reply_used[_r]=yes
  case ${_reply_states[_r]} in
    ok)
      _judge_reply "$1"
      [[ ${_j_verdict} == ok ]] || _j_verdict=no
      ;;
    late) late=yes _j_actual=${_reply_errors[_r]} ;;
    none) _j_actual="no reply: ${_reply_errors[_r]}" ;;
    *) _j_actual=${_reply_errors[_r]} ;;
  esac
}

# The alternative that held may have named the status of a reply: its body may be judged from now on, under each of its names.
_any_acknowledge() {
  local i=0 k body
  while [[ ${i} -lt ${n} ]]; do
    if [[ ${alternatives[i]} == "${met}" && ${sorts[i]} == of ]] && _reply "${names[i]}"; then
      body=${_reply_bodies[_r]} _p_reply=${_r}
      begin=${starts[i]}
      _terms=("${words[@]:begin:starts[i+1]-begin}") # never empty
      _acknowledge
      k=$((${#_reply_names[@]} - 1))
      while [[ ${k} -ge 0 ]]; do
        if [[ ${_reply_bodies[k]} == "${body}" && -n ${_reply_acks[_p_reply]} ]]; then _reply_acks[k]=1; fi
        k=$((k - 1))
      done
    fi
    i=$((i + 1))
  done
}

# require TEXT REPLY CONDITION… cure=TEXT
require() {
  local words=("$@")
  _safe_point require || return 0
  [[ ${_mode} == act ]] || return 0
  if _reply "$2"; then
    _require last "$@"
  elif [[ -z ${_halted} ]]; then
    # A poll is still to come: its first look tells.
    _waiting+=("${#words[@]}" "${words[@]}") # never empty
  fi
}

_require() { # first|last TEXT REPLY CONDITION… cure
  local when=$1 text=$2 reply=$3 verdict=misconfigured cure
  shift 3
  _terms=()
  _conditions if "$@"
  shift "${_taken}"
  _options 'cure at' "$@" || return 0
  cure=${_o_cure}
  _reply "${reply}" || return 0
  [[ ${_reply_states[_r]} == ok ]] || return 0
  _judge_reply "${reply}"
  [[ ${_j_verdict} == ok ]] && return 0
  # A setting that is seen to be another one is a matter of configuration; a field that is not there is not.
  case ${_j_actual} in *' is missing'* | 'HTTP '* | *'the body is '*) verdict=failed cure='' ;; *) ;; esac
  [[ ${when} == last || ${verdict} == misconfigured ]] || return 0
  _end "${verdict}" "${_o_at:-${_reply_services[_r]}}: ${text}: ${_j_actual}" "${cure}"
}

# Asks the requirements that waited for a reply; after the last look they are asked no more.
_require_waiting() { # first|last REPLY
  local i=0 n kept=${_o_at}
  while [[ ${i} -lt ${#_waiting[@]} ]]; do
    n=${_waiting[i]}
    if [[ ${_waiting[i + 2]} == "$2" ]]; then
      _require "$1" "${_waiting[@]:i+1:n}" # never empty
      [[ $1 == first ]] || _waiting[i + 2]=''
    fi
    i=$((i + n + 1))
  done
  # The poll's own option.
  _o_at=${kept}
}

_nothing_waits() {
  local i=0
  while [[ ${i} -lt ${#_waiting[@]} ]]; do
    [[ -z ${_waiting[i + 2]} ]] || _invalid "require ${_waiting[i + 1]}: there is no reply of the name ${_waiting[i + 2]}"
    i=$((i + _waiting[i] + 1))
  done
}

# capture NAME ID TEXT REPLY FIELD [matches REGEX]
capture() {
  local name=$1 id=$2 text=$3 reply=$4 field=$5 pattern=''
  shift 5
  if [[ ${1-} == matches && $# -ge 2 ]]; then
    pattern=$2
    shift 2
  fi
  _point_options "$@" || return 0
  if [[ ${_mode} != skip ]]; then _capture_index "${name}" || _set_capture "${name}" '' ''; fi
  _begin_point capture "${id}" "${text}" || return 0
  _on_reply "${reply}" || return 0
  _take_field "${reply}" "${field}" "${pattern}"
  if [[ ${_j_verdict} == ok ]]; then
    local json=${_line_value}
    _rest_line
    _set_capture "${name}" "${_line_value}" "${json}"
    _say "  ${name} = ${_line_value}"
    _terms=()
    _point_ok
  else
    local wanted=${_line_value}
    _explain if
    _j_expected="${field}: ${wanted}${pattern:+ ${pattern}}"
    _point_fails failed
  fi
}

_take_field() { # REPLY FIELD PATTERN: _j_verdict, the first line of the rest
  _terms=()
  _term if if "$2" exists true
  _reply "$1"
  _reply_arguments
  _ask capture "${_arguments[@]}" --arg pattern "$3" # never empty
  _rest_line
}

# take NAME REPLY FIELD [matches REGEX]: as capture, but no point: what isn't there is empty, and what hangs on it is left out
take() {
  local name=$1 reply=$2 field=$3 json
  case $#:${4-} in 3: | 5:matches) ;; *) _invalid "take ${name}: its words are not understood" ;; esac
  if [[ ${_mode} != skip ]]; then _set_capture "${name}" '' ''; fi
  [[ ${_mode} == act && -z ${_skipped_act} ]] || return 0
  if ! _reply "${reply}"; then
    [[ -n ${_halted} || -n ${_interrupted} ]] || _invalid "there is no reply of the name ${reply}"
    return 0
  fi
  [[ ${_reply_states[_r]} == ok ]] || return 0
  _take_field "${reply}" "${field}" "${5-}"
  [[ ${_j_verdict} == ok ]] || return 0
  json=${_line_value}
  _rest_line
  _set_capture "${name}" "${_line_value}" "${json}"
  _say "  ${name} = ${_line_value}"
}

# series ID TEXT NAME PATH CHECK
series() {
  local id=$1 text=$2 name=$3 path=$4 rule=${5-} a='' b=''
  shift 5
  case ${rule} in
    distinct | never-over | ends-at) a=${1-} && shift ;;
    strictly-between) a=${1-} b=${2-} && shift 2 ;;
    never-falls)
      case ${1-} in restart=*) a=${1#*=} && shift ;; *) ;; esac
      ;;
    passes-through | phases) a=${1-} && shift ;;
    steady) ;;
    *) _invalid "series ${id}: unknown check ${rule}" ;;
  esac
  _point_options "$@" || return 0
  _begin_point series "${id}" "${text}" || return 0
  _on_reply "${name}" || return 0
  _reply "${name}"
  case ${_reply_kinds[_r]} in poll | hold) ;; *) _invalid "series ${id}: ${name} is neither a poll nor a hold" ;; esac
  local looks=${_reply_evidence[_r]%.*}.ndjson shown=${path}
  _path "${path}"
  _reply_evidence[_r]=${looks}
  case ${rule} in
    passes-through | phases) ;;
    *) for path in "${a}" "${b}"; do [[ ${path} =~ ^(-?[0-9]+(\.[0-9]+)?)?$ ]] || _invalid "series ${id}: not a number: ${path}"; done ;;
  esac
  _jq -n -r --slurpfile looks "${looks}" --arg name "${shown}" --argjson path "${_path_json}" --arg rule "${rule}" --argjson a "${a:-null}" --argjson b "${b:-null}" "${_JQ_SERIES}" || _jq_broke
  _read_verdict
  _rest_line
  _j_actual=${_line_value}
  _rest_line
  _j_expected=${_line_value} _terms=()
  if [[ ${_j_verdict} == ok ]]; then _point_ok; else _point_fails failed; fi
}

# file ID TEXT PATH exists | newer | min-bytes N | value CONDITION… [in=SERVICE]; of CSV and YAML the condition is on the JSON that it comes to
file() {
  local id=$1 text=$2 path=$3 rule=${4-} size='' seen
  shift 4
  _terms=()
  case ${rule} in
    exists | newer) ;;
    min-bytes) size=${1-} && shift ;;
    value)
      _conditions if "$@"
      shift "${_taken}"
      ;;
    *) _invalid "file ${id}: unknown check ${rule}" ;;
  esac
  _options 'means at defect sighting! in' "$@" || return 0
  _begin_point file "${id}" "${text}" || return 0
  [[ -n ${_halted} ]] && { _point_not_reached; return 0; }
  _fill "${path}" raw
  path=${_filled}
  [[ ${path} == /* || -n ${_o_in} ]] || path=${_here}/${_root}/${path}
  # What proves the check: another file stands, or none, in the place of the one that is read.
  seen=${path}
  if _in_proof && [[ -e ${SCENARIO_FILE_OVERLAY}/${id} ]]; then seen=${SCENARIO_FILE_OVERLAY}/${id}; fi
  _p_evidence=${seen}
  if [[ -n ${_o_in} && ${seen} == "${path}" ]]; then
    _file_elsewhere "${_o_in}" "${id}" "${rule}" "${size}" "${path}"
  else
    _file_judge "${rule}" "${seen}" "${size}" "${path}"
  fi
  if [[ ${_j_verdict} == ok ]]; then _point_ok; else _point_fails failed; fi
}

# Whether a proof says what stands in the place of files: it gives the word that stands in the folder. What was left over says nothing.
_in_proof() {
  local word=''
  [[ -n ${SCENARIO_FILE_OVERLAY:-} && -n ${SCENARIO_PROOF:-} && -r ${SCENARIO_FILE_OVERLAY}/.proof ]] || return 1
  IFS= read -r word <"${SCENARIO_FILE_OVERLAY}/.proof"
  [[ ${word} == "${SCENARIO_PROOF}" ]]
}

# A file that only the service sees: its copy is judged. When it was written, the service says.
_file_elsewhere() { # SERVICE ID RULE SIZE PATH
  local name=$1 rule=$3 path=$5 copy=${_work}/file.copy at=''
  _stem "$2"
  _files_command "${name}" read "${path}" || _invalid "file $2: nothing says how to read files of ${name}"
  _say "  ${_file_words[*]}" # never empty
  _run_limited 30 "${copy}" "${_work}/file.err" "${_file_words[@]}" # never empty
  _j_verdict=no _j_expected="the file ${rule}" _p_evidence=''
  if [[ ${_rc} -ne 0 || -n ${_run_late} ]]; then
    _beginning "${_work}/file.err"
    _j_actual="there is no such file: ${_began:-nothing was said}"
    _files_answer "${name}" || _j_actual="the files of ${name} can no longer be read: ${_said}"
    return 0
  fi
  # What is large is looked at, and not kept.
  _size "${copy}"
  if [[ ${_sized} -le 1048576 ]]; then
    _keep "${copy}" "${_stem}.file"
    _p_evidence=${_stem}.file
  fi
  if [[ ${rule} != newer ]]; then
    _file_judge "${rule}" "${copy}" "$4" "${path}"
    return 0
  fi
  _files_command "${name}" modified "${path}" || _invalid "file $2: nothing says when a file of ${name} was written"
  _run_limited 30 "${_work}/file.at" "${_work}/file.err" "${_file_words[@]}" # never empty
  IFS= read -r at <"${_work}/file.at" || :
  _j_expected='a file newer than the start of this run' _j_actual='it is older than this run'
  if [[ ${_rc} -eq 0 && ${at} =~ ^([0-9]{1,11})([.,]([0-9]{1,9}))?$ ]]; then
    at=${BASH_REMATCH[3]}000000
    [[ $((10#${BASH_REMATCH[1]} * 1000000 + 10#${at:0:6})) -gt ${_mark_us} ]] && _j_verdict=ok
  else
    _j_actual="when it was written is not told in seconds since 1970: ${at:-nothing}"
  fi
  return 0
}

_file_judge() { # RULE FILE SIZE NAME
  _j_verdict=no _j_expected="the file $1" _j_actual='there is no such file'
  [[ -f $2 && -r $2 ]] || return 0
  case $1 in
    exists) _j_verdict=ok ;;
    newer)
      _j_expected='a file newer than the start of this run' _j_actual='it is older than this run'
      [[ $2 -nt ${_work}/start ]] && _j_verdict=ok
      ;;
    min-bytes)
      _size "$2"
      _j_expected="at least $3 bytes" _j_actual="${_sized} bytes"
      [[ ${_sized} -ge $3 ]] && _j_verdict=ok
      ;;
    *)
      _file_document "$2" "$4" || return 0
      _kept=''
      _term_arguments '' '' '' file
      _arguments+=(--arg kind file --arg status '' --argjson accepted true --rawfile body "${_document}" --rawfile more /dev/null)
      _ask check "${_arguments[@]}" # never empty
      [[ ${_j_verdict} == ok ]] || _explain if
      ;;
  esac
}

# What a file holds, as JSON: CSV and YAML by the end of the name, all else is JSON as it is. False, with a reason, where it can't be read.
_file_document() { # FILE NAME: _document
  local said=''
  _document=$1
  case $2 in
    *.csv) _jq -n -c --rawfile text "$1" "${_JQ_CSV}" ;;
    *.yaml | *.yml) _jq -n -c --rawfile text "$1" "${_JQ_YAML}" ;;
    *) return 0 ;;
  esac
  if [[ ${_jq_rc} -eq 0 ]]; then
    _document=${_work}/document.json
    cp "${_work}/jq.out" "${_document}"
    return 0
  fi
  IFS= read -r said <"${_work}/jq.err"
  [[ ${said} == *'cannot read this '* ]] || _jq_broke
  _j_expected='a file that can be read' _j_actual="cannot read this ${said#*'cannot read this '}"
  return 1
}

# A row is an object with the header's names. Unquoted, a number of up to 15 digits is a number; all else is text.
# shellcheck disable=SC2016
readonly _JQ_CSV='def bad($n; $why): error("cannot read this CSV: line \($n) \($why)");
def cell: if startswith("\"") then .[1:-1] | split("\"\"") | join("\"")
  elif (.[0:1] | . == "-" or . >= "0" and . <= "9") and test("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$") and (length <= 15 or ([scan("[0-9]")] | length) <= 15)
  then tonumber else . end;
def cells($n): if contains("\"") | not then . + "," | split(",")[:-1] | map(cell)
  else . + "," | . as $line | [match("\\G(\"(?:[^\"]|\"\")*\"|[^\",]*),"; "g")] as $found
    | if ($found | map(.length) | add) != ($line | length) then bad($n; "has a quote that is not closed, or stands within a field") else $found | map(.captures[0].string | cell) end
  end;
($text | ltrimstr("\ufeff") | split("\r\n") | join("\n") | split("\n") | if .[-1] == "" then .[:-1] else . end) as $lines
| [foreach ($lines + [null] | to_entries[]) as $l ({open: null, from: 0};
    if $l.value == null then (if .open == null then .row = null else bad(.from; "has a quote that is not closed") end)
    else (if .open == null then .from = $l.key + 1 | .text = $l.value else .text = .open + "\n" + $l.value end)
      | if (.text + "." | split("\"") | length) % 2 == 0 then .open = .text | .row = null
        else .from as $from | .open = null | .row = {n: $from, c: (.text | cells($from))} end
    end; .row | values)]
| if length == 0 then error("cannot read this CSV: it has no header line") else . end
| (.[0].c | map(tostring)) as $names
| if ($names | unique | length) < ($names | length) then bad(1; "names a column twice") else . end
| .[1:]
| map(if (.c | length) != ($names | length) then bad(.n; "has \(.c | length) fields, the header has \($names | length)") else . end
  | .c as $c | reduce range($names | length) as $i ({}; .[$names[$i]] = $c[$i]))'

# A plain part of YAML, in which nothing is left to guess: maps by indentation, plain and quoted scalars, lists of scalars.
# shellcheck disable=SC2016
readonly _JQ_YAML='def bad($n; $why): error("cannot read this YAML: line \($n) \($why)");
def scalar($n):
  if test("^\"") then (capture("^(?<q>\"(?:[^\"\\\\]|\\\\.)*\")\\s*(?:\\s#.*)?$") // bad($n; "has a text that is not closed")) | .q as $q
    | (try ($q | fromjson) catch bad($n; "has an escape that JSON does not know"))
  elif test("^\u0027") then (capture("^\u0027(?<q>(?:[^\u0027]|\u0027\u0027)*)\u0027\\s*(?:\\s#.*)?$") // bad($n; "has a text that is not closed")) | .q | gsub("\u0027\u0027"; "\u0027")
  else sub("\\s+#.*$"; "") | sub("\\s+$"; "")
    | if . == "[]" then [] elif . == "{}" then {}
      elif test("^[\\[\\]{}&*!|>%@`\",#]") or test("^[-?:]( |$)") then bad($n; "is none of the plain forms that are read here: \(.[:40])")
      elif test(":( |$)") then bad($n; "has a colon in a text without quotes")
      elif . == "" or . == "~" or . == "null" or . == "Null" or . == "NULL" then null
      elif . == "true" or . == "True" or . == "TRUE" then true
      elif . == "false" or . == "False" or . == "FALSE" then false
      elif test("^(y|n|yes|no|on|off)$"; "i") then bad($n; "has \(.), which is a text or a truth value: quote it")
      elif test("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+][0-9]+)?$") then
        if ([scan("[0-9]")] | length) <= 15 then tonumber else bad($n; "has a number of more than 15 digits") end
      elif test("^[-+]?(0[0-9_]+$|0[0-9]*\\.[0-9]*$|0[xXoObB][0-9a-fA-F_]+$|[0-9][0-9_]*\\.?[0-9_]*([eE][-+]?[0-9]+)?$|\\.[0-9]|\\.(inf|nan)$|[0-9]+(:[0-9]+)+(\\.[0-9]*)?$)"; "i")
        then bad($n; "has \(.), which is not the same number everywhere: quote it")
      else . end
  end;
def entry($n): (capture("^(?<key>[A-Za-z0-9_][A-Za-z0-9_./-]*|\"[^\"\\\\]+\"|\u0027[^\u0027]+\u0027):(?:\\s+(?<value>.*))?$") // bad($n; "is neither a key with a value nor an item of a list"))
  | .key |= (if test("^[\"\u0027]") then .[1:-1] else . end) | .value |= (. // "");
def opened($i; $kind):
  if .open == null then .
  elif $i > .open.indent or ($i == .open.indent and $kind == "list") then
    .stack += [{i: $i, path: .open.path, kind: $kind}] | .open as $open | .doc |= setpath($open.path; if $kind == "list" then [] else {} end) | .open = null
  else .open = null end;
def closed($i; $kind): until((.stack | length) == 0 or (.stack[-1] | .i < $i or .i == $i and (.kind == $kind or .kind == "map")); .stack |= .[:-1]);
reduce ($text | ltrimstr("\ufeff") | split("\n") | map(rtrimstr("\r")) | to_entries[]) as $l ({doc: null, stack: [], open: null, begun: false};
  ($l.key + 1) as $n | $l.value as $line
  | if $line | test("^\\s*(#.*)?$") then .
    elif ($line | test("^---\\s*$")) and (.begun | not) then .begun = true
    elif $line | test("^(---|\\.\\.\\.|%)") then bad($n; "begins another document, or a directive")
    elif $line | test("^ *\\t") then bad($n; "is indented by a tab")
    else
      ($line | capture("^(?<i> *)(?<rest>.*)$")) as $c | ($c.i | length) as $i
      | (if $c.rest | test("^-( |$)") then "list" else "map" end) as $kind
      | (if .stack == [] and .doc == null then
          if $i > 0 then bad($n; "is indented, and nothing stands above it")
          else .stack = [{i: 0, path: [], kind: $kind}] | .doc = (if $kind == "list" then [] else {} end) end
        else opened($i; $kind) | closed($i; $kind) end)
      | .begun = true
      | (.stack[-1] // {i: -1}) as $top
      | if $top.i != $i or $top.kind != $kind then bad($n; "is indented as nothing above it") else . end
      | if $kind == "list" then
          ($c.rest[1:] | sub("^ +"; "")) as $item
          | if ($item | test("^(#|$)")) or ($item | test("^[^\"\u0027][^#]*:( |$)")) or ($item | test("^(\"[^\"]*\"|\u0027[^\u0027]*\u0027):")) then bad($n; "is an item that is no single value") else . end
          | ($item | scalar($n)) as $v | getpath(["doc"] + $top.path) as $all | setpath(["doc"] + $top.path; $all + [$v])
        else
          ($c.rest | entry($n)) as $e | ($top.path + [$e.key]) as $at
          | if getpath(["doc"] + $top.path) | has($e.key) then bad($n; "has the key \($e.key) a second time") else . end
          | ($e.value | if test("^\\s*(#.*)?$") then null else . end) as $value
          | if $value == null then .open = {indent: $i, path: $at} | setpath(["doc"] + $at; null)
            else ($value | scalar($n)) as $v | setpath(["doc"] + $at; $v) end
        end
    end)
| .doc'

# script ID TEXT FILE [within=S]
script() {
  local id=$1 text=$2 path=$3
  shift 3
  _options 'means at defect within sighting!' "$@" || return 0
  local limit=${_o_within:-60}
  _begin_point script "${id}" "${text}" || return 0
  [[ -n ${_halted} ]] && { _point_not_reached; return 0; }
  [[ ${path} == /* ]] || path=${_here}/${path}
  # What proves the point: around the piece stands something wrong.
  if _in_proof && [[ -r ${SCENARIO_FILE_OVERLAY}/${id} ]]; then path=${SCENARIO_FILE_OVERLAY}/${id}; fi
  [[ -r ${path} ]] || _invalid "script ${id}: ${path} cannot be read"
  local i=0
  while [[ ${i} -lt ${#_capture_names[@]} ]]; do
    # Lower case only: a capture must not become PATH.
    [[ ${_capture_names[i]} =~ ^[a-z][a-z0-9_]*$ ]] && export "${_capture_names[i]}=${_capture_values[i]}"
    i=$((i + 1))
  done
  _stem "${id}"
  _run_limited "${limit}" "${_work}/script.out" "${_work}/script.err" "${BASH}" "${path}"
  cat "${_work}/script.err" >>"${_work}/script.out"
  _keep "${_work}/script.out" "${_stem}.script"
  _p_evidence=${_stem}.script
  _beginning "${_work}/script.out"
  _j_verdict=no _j_expected='exit 0' _j_actual="exit ${_rc}: ${_began}"
  [[ -n ${_run_late} ]] && _j_actual="it did not end within ${limit} s"
  [[ ${_rc} -eq 0 && -z ${_run_late} ]] && _j_verdict=ok
  if [[ ${_j_verdict} == ok ]]; then _point_ok; else _point_fails failed; fi
}

# manual ID TEXT
manual() {
  case ${_mode} in
    list) _tell "- $1 manual " "$2" ;;
    help) ;;
    *)
      [[ -n ${_interrupted} ]] && return 0
      _tell '# manual: ' "$2"
      _text id "$1"
      _text text "$2"
      _event manual
      ;;
  esac
}

# ---------------------------------------------------------------------------------------------------------- 6 Verbs: logs
# log ID TEXT SERVICE present FIXED | absent FIXED | matches ERE [within=S]
# log ID TEXT SERVICE clean ids=A,B errors=ERE [noise=ERE]… [within=S]
log() {
  local id=$1 text=$2 service=$3 rule=$4 pattern=''
  shift 4
  case ${rule} in
    present | absent | matches)
      pattern=${1-}
      shift
      _options 'within means at defect takes what sighting!' "$@" || return 0
      case ${rule}:${_o_takes:+takes}:${_o_what:+what} in
        present:takes:what | *::) ;;
        *) _invalid "log ${id}: present TEXT takes=CAPTURE what=ERE is the form that takes what follows the text" ;;
      esac
      ;;
    clean) _options 'takes what within means at defect ids errors noise+' "$@" || return 0 ;;
    *) _invalid "log ${id}: unknown check ${rule}" ;;
  esac
  if [[ -n ${_o_takes} && ${_mode} != skip ]]; then _capture_index "${_o_takes}" || _set_capture "${_o_takes}" '' ''; fi
  _begin_point log "${id}" "${text}" || return 0
  if [[ -n ${_halted} ]]; then
    _point_not_reached
    return 0
  fi
  _address "${service}"
  [[ -n ${_service_logs[_service]} ]] || _invalid "log ${id}: the service ${service} has no log"
  _p_evidence=${_work}/window
  _j_verdict=no
  _to_us "${_o_within:-5}"
  case ${rule} in
    present | matches) _log_present "${rule}" "${pattern}" "${_us}" ;;
    absent) _log_absent "${service}" "${pattern}" "${_us}" ;;
    *) _log_clean "${service}" "${_us}" ;;
  esac
  _stop_if_interrupted
  _stem "${id}"
  _p_evidence=${_stem}.log
  _keep "${_work}/window" "${_p_evidence}"
  if [[ ${_j_verdict} == ok && -n ${_o_takes} ]]; then _log_take "${_o_takes}" "${_o_what}"; fi
  if [[ ${_j_verdict} == ok ]]; then _point_ok; else _point_fails failed; fi
}

# What follows the text in the first of its lines, as far as it matches.
_log_take() { # CAPTURE ERE
  local line='' rest
  IFS= read -r line <"${_work}/hits"
  rest=${line#*"${_pattern}"}
  if [[ ${rest} =~ ^($2) && -n ${BASH_REMATCH[1]} ]]; then
    _set_capture "$1" "${BASH_REMATCH[1]}" ''
    _say "  $1 = ${BASH_REMATCH[1]}"
    return 0
  fi
  _j_verdict=no _j_expected="behind ${_pattern} what matches $2" _j_actual=${rest}
}

_log_present() { # RULE PATTERN MICROSECONDS
  local kind=F end
  if [[ $1 == matches ]]; then
    kind=E
    _log_pattern "$2"
  else
    _fill "$2" raw
    _log_pattern "${_filled}"
  fi
  _now
  end=$((_now_us + $3))
  while :; do
    _log_window
    if _log_grep "${kind}"; then
      _j_verdict=ok
      return 0
    fi
    _now
    [[ ${_now_us} -ge ${end} || -n ${_interrupted} ]] && break
    _sleep_us 200000
  done
  _count_lines "${_work}/window"
  _j_expected="a line with ${_pattern}" _j_actual="no such line in the ${_counted} lines of this run"
}

# An absence is worth something only when the log is known to show what the service does now.
_log_absent() { # SERVICE TEXT MICROSECONDS
  _fill "$2" raw
  _log_pattern "${_filled}"
  _j_expected="no line with ${_pattern}"
  _log_witnessed "$1" "$3" && _log_whole || return 0
  _log_pattern "${_filled_before}"
  if _log_grep F; then _log_hit "${_work}/hits"; else _j_verdict=ok; fi
}

_log_clean() { # SERVICE MICROSECONDS
  local from=${_work}/window ids='' list name pattern
  _j_expected="no line that matches ${_o_errors}${_o_ids:+, of the lines with ${_o_ids}}"
  _log_witnessed "$1" "$2" && _log_whole || return 0
  list=${_o_ids}
  while [[ -n ${list} ]]; do
    name=${list%%,*}
    list=${list#"${name}"}
    list=${list#,}
    if ! _capture_index "${name}" || [[ -z ${_capture_values[_c]} ]]; then _invalid "log ${_p_id}: nothing was captured as ${name}"; fi
    ids+=${_capture_values[_c]}${_NL}
  done
  if [[ -n ${ids} ]]; then
    printf '%s' "${ids}" >"${_work}/ids"
    grep -a -F -f "${_work}/ids" "${from}" >"${_work}/own"
    from=${_work}/own
  fi
  _log_pattern "${_o_errors}"
  grep -a -E -f "${_work}/pattern" "${from}" >"${_work}/hits"
  for pattern in ${_o_noise[@]+"${_o_noise[@]}"}; do
    _log_pattern "${pattern}"
    grep -a -v -E -f "${_work}/pattern" "${_work}/hits" >"${_work}/quiet"
    mv -f "${_work}/quiet" "${_work}/hits"
  done
  if [[ -s ${_work}/hits ]]; then _log_hit "${_work}/hits"; else _j_verdict=ok; fi
}

# Patterns go by a file, so that none is taken for an option and none shows in `ps`. A line holds no line break.
_log_pattern() { # TEXT: _pattern
  _pattern=$1
  case ${_pattern} in
    '') _invalid "log ${_p_id}: an empty pattern is in every line" ;;
    *"${_NL}"*) _invalid "log ${_p_id}: a pattern is looked for within a line, and holds no line break" ;;
    *) ;;
  esac
  printf '%s\n' "${_pattern}" >"${_work}/pattern"
}

_log_grep() { # F|E, on the window: its lines are in _work/hits
  local rc
  grep -a "-$1" -f "${_work}/pattern" "${_work}/window" >"${_work}/hits" 2>"${_work}/grep.err"
  rc=$?
  [[ ${rc} -le 1 || -n ${_interrupted} ]] || _invalid "log ${_p_id}: not a regular expression: ${_pattern}"
  return "${rc}"
}

_log_hit() { # FILE
  _head "$1" >"${_work}/head"
  _jq -n -r --rawfile hits "${_work}/head" "${_JQ_HITS}" || _jq_broke
  _count_lines "$1"
  _j_actual="${_counted} such lines, ${_jq_out}"
}

# Has the service written, in this run's window, the line that the script made it write? Its request was the last that was
# sent, so that the lines of all earlier ones are there too.
_log_witnessed() { # SERVICE MICROSECONDS
  local i=0 found='' line end n=$((_beacon_count + 1))
  _filled_before=${_pattern}
  while [[ ${i} -lt ${#_beacon_services[@]} ]]; do
    if [[ ${_beacon_services[i]} == "$1" ]]; then found=${i}; fi
    i=$((i + 1))
  done
  if [[ -z ${found} ]]; then
    _p_note=' (no beacon: the log itself is not proven to be watched)'
    _log_window
    return 0
  fi
  # Nothing was sent since the last beacon of this service: its window still tells all.
  if [[ ${_beacon_last} == "$1:${_act_count}" ]]; then
    cp -- "${_work}/window.$1" "${_work}/window"
    return 0
  fi
  _beacon_count=${n}
  _set_capture nonce "${_nonce}b${n}" ''
  _fill "${_beacon_lines[found]}" raw
  line=${_filled}
  _fetch "beacon-$1" GET "$1" "${_beacon_paths[found]}" 10
  _capture_index nonce
  _capture_names[_c]=''
  _log_pattern "${line}"
  _now
  end=$((_now_us + $2))
  while :; do
    _log_window
    if _log_grep F; then
      cp -- "${_work}/window" "${_work}/window.$1"
      _beacon_last=$1:${_act_count}
      return 0
    fi
    _now
    [[ ${_now_us} -ge ${end} || -n ${_interrupted} ]] && break
    _sleep_us 200000
  done
  _o_defect=''
  _j_actual="the log does not show what the service does: the line ${line}, which the script provoked, is not in it${_got_error:+ (${_got_error})}"
  return 1
}
_beacon_count=0 _beacon_last='' _pattern='' _filled_before=''

# The first line, of which a person needs no more than the beginning.
_head() { sed -n 1p "$1" | cut -b 1-2000; }

_count_lines() { # FILE: _counted
  wc -l <"$1" >"${_work}/number"
  IFS=' ' read -r _counted <"${_work}/number"
}

# The lines of this run, of the service _service, without colours: _work/window.
_log_window() {
  local source=${_service_logs[_service]} mark=${_log_marks[_service]:-}
  _find_log "${source#file:}"
  case ${source} in
    file:*) _log_file "${_log_path}" "${mark%%:*}" "${mark#*:}" "${_service}" ;;
    *) _log_compose "${source#compose:}" --since "${_start_iso}" ;;
  esac 2>/dev/null | sed "s/${_ESC}\[[0-9;?]*[A-Za-z]//g" >"${_work}/window"
}
_log_marks=()

# From the byte where the run began. A file that was renamed, or copied and cut, is read to its end under its other name first; where
# there is none, lines of this run may be lost.
_log_file() { # FILE INODE OFFSET SERVICE
  local now
  _inode "$1"
  now=${_inoded}
  _size "$1"
  if [[ ${now} == "$2" && ${_sized} -ge ${3:-0} ]] && _same_seam "$1" "$3" "$4"; then
    tail -c "+$(($3 + 1))" <"$1"
    return
  fi
  _inode "$1.1"
  _size "$1.1"
  if [[ -n $2 ]]; then
    if [[ ${now} != "$2" && ${_inoded} == "$2" ]] || { [[ ${now} == "$2" && ${_sized} -ge $3 ]] && _same_seam "$1.1" "$3" "$4"; }; then
      tail -c "+$(($3 + 1))" <"$1.1"
    else
      : >"${_work}/cut.$4"
    fi
  fi
  cat <"$1"
}

# The last bytes before the run: a log that was cut, and grew beyond its old length since, has others there.
_seam() { # FILE OFFSET
  local from=$(($2 > 64 ? $2 - 64 : 0))
  dd if="$1" bs=1 skip="${from}" count="$(($2 - from))" 2>/dev/null
}

_same_seam() { # FILE OFFSET SERVICE
  [[ ${2:-0} -gt 0 ]] || return 0
  _seam "$1" "$2" | cmp -s - "${_work}/seam.$3"
}

# An absence is worth nothing in a log of which lines are lost.
_log_whole() {
  [[ -e ${_work}/cut.${_service} ]] || return 0
  _o_defect=''
  _j_actual='the log was cut while this run went on: lines of it may be lost'
  return 1
}

_log_compose() { # NAME OPTION…
  local name=$1
  shift
  (cd -- "${_here}/${_root}" && exec docker compose logs --no-color --no-log-prefix "$@" "${name}")
}

_find_log() { if [[ $1 == /* ]]; then _log_path=$1; else _log_path=${_here}/${_root}/$1; fi; } # PATH: _log_path

_inode() { # FILE: _inoded
  _inoded=''
  ls -i -- "$1" >"${_work}/number" 2>/dev/null
  IFS=' ' read -r _inoded _ <"${_work}/number"
}

_size() { # FILE: _sized
  _sized=0
  wc -c <"$1" >"${_work}/number"
  IFS=' ' read -r _sized <"${_work}/number"
}

# Part of preflight: can each log be read, and where does the run's window begin?
_preflight_logs() {
  local i=0 name lock cure source path
  while [[ ${i} -lt ${#_readable[@]} ]]; do
    name=${_readable[i]} lock=${_readable[i + 1]} cure=${_readable[i + 2]}
    i=$((i + 3))
    _address "${name}"
    source=${_service_logs[_service]}
    case ${source} in
      file:?*)
        _find_log "${source#file:}"
        path=${_log_path}
        [[ -f ${path} && -r ${path} ]] || { _block "the log of ${name} cannot be read: ${path}" "${cure}"; continue; }
        ;;
      compose:?*)
        if ! _log_compose "${source#compose:}" --tail 1 >/dev/null 2>"${_work}/docker.err"; then
          _beginning "${_work}/docker.err"
          _block "the log of ${name} cannot be read: docker compose logs ${source#compose:}: ${_began}" "${cure}"
          continue
        fi
        ;;
      *)
        _block "the log of ${name} is not known: ${source:-none} is neither compose:NAME nor file:PATH" "${cure}"
        continue
        ;;
    esac
    _say "  ✓ the log of ${name}: ${source}"
    [[ -z ${lock} ]] || _lock "the log of ${name}" "${source}" "${cure}"
    [[ ${source} != file:* ]] || _mark_log "${_service}" "${path}"
  done
}

_mark_log() { # INDEX FILE
  _inode "$2"
  _size "$2"
  _log_marks[$1]=${_inoded}:${_sized}
  _seam "$2" "${_sized}" >"${_work}/seam.$1"
}

# Everything before this moment belongs to others.
_mark_start() {
  local i=0
  : >"${_work}/start"
  _now
  _mark_us=${_now_us}
  while [[ ${i} -lt ${#_service_names[@]} ]]; do
    case ${_log_marks[i]:-}:${_service_logs[i]} in
      :file:?*)
        _find_log "${_service_logs[i]#file:}"
        if [[ -r ${_log_path} ]]; then _mark_log "${i}" "${_log_path}"; fi
        ;;
      *) ;;
    esac
    i=$((i + 1))
  done
}

# One scenario at a time on what others would disturb: a log whose lines carry no ids, a cache. mkdir is atomic everywhere; the holder's number tells a dead one.
_lock() { # WHAT KEY CURE
  local sum folder holder begin said=''
  printf '%s' "$2" | cksum >"${_work}/number"
  IFS=' ' read -r sum _ <"${_work}/number"
  # Beside the working folder: that is where this run may write.
  folder=${_work%/*}/scenario-lock-${sum}
  begin=${SECONDS}
  while ! mkdir -- "${folder}" 2>/dev/null; do
    _stop_if_interrupted
    holder=''
    [[ -r ${folder}/pid ]] && IFS= read -r holder <"${folder}/pid"
    if [[ ${holder} =~ ^[0-9]+$ ]] && ! kill -0 "${holder}" 2>/dev/null; then
      rm -rf -- "${folder}"
      continue
    fi
    # A holder that was killed before it could write its number never will.
    if [[ -z ${holder} && $((SECONDS - begin)) -ge 5 ]]; then
      rm -rf -- "${folder}"
      continue
    fi
    if [[ $((SECONDS - begin)) -ge ${_LOCK_SECONDS} ]]; then
      _block "${1} is in use by another run (process ${holder:-unknown}, ${folder})" "$3"
      return 0
    fi
    [[ -n ${said} ]] || _say "  waiting for $1, in use by process ${holder:-unknown}"
    said=yes
    _sleep_us 200000
  done
  printf '%s\n' "$$" >"${folder}/pid"
  _locks+=("${folder}")
}
readonly _LOCK_SECONDS=120


# -------------------------------------------------------------------------------------------------------------- 7 Points

_p_kind='' _p_id='' _p_text='' _p_reply='' _p_evidence='' _p_progress='' _p_note=''

# Begins a point. True: it is to be judged now. False: it was listed, left out, or printed as not reached.
_begin_point() { # KIND ID TEXT
  _p_kind=$1 _p_id=$2 _p_text=$3 _p_reply='' _p_evidence='' _p_progress='' _p_note=''
  _j_verdict='' _j_actual='' _j_expected=''
  case ${_mode} in
    list)
      [[ -n ${_skip_listing} ]] && return 1
      _listed=$((_listed + 1))
      _tell "${_listed} $2 $1 " "$3${_o_means:+ (sanity: ${_o_means})}"
      return 1
      ;;
    skip) return 1 ;;
    stopped)
      _safe_point "$1"
      _point_not_reached
      return 1
      ;;
    *) ;;
  esac
  if [[ -n ${_interrupted} ]]; then
    # The id of what was started is still needed; nothing else is.
    case $1 in
      capture | find) return 0 ;;
      check | guard) return 1 ;;
      *) _safe_point "$1" ;;
    esac
  fi
  return 0
}

_point_ok() {
  _printed=$((_printed + 1)) _executed=$((_executed + 1))
  if [[ -n ${_p_reply} && ${#_terms[@]} -gt 0 ]]; then
    case " ${_terms[*]} " in *' status '* | *' exit '*) _acknowledge ;; *) ;; esac # never empty
  fi
  if [[ -n ${_o_sighting} || ${_p_kind} == capture ]]; then
    _component
    _seen_by=${_p_component}
  fi
  _line "${_p_text}${_p_note}"
  _out "ok ${_printed} - ${_lined}"
  _point_event true
  # What it saw, for who keeps the run.
  if [[ ${_p_kind} == file && -n ${_p_evidence} ]]; then
    _shown "${_p_evidence}"
    _text evidence "${_shown_path}"
  fi
  _event point
}

# A criterion on the status of a reply holds: its body may be judged, also when the status is an error.
_acknowledge() {
  local i=2
  while [[ ${i} -lt ${#_terms[@]} ]]; do
    case ${_terms[i]} in status | exit) _reply_acks[_p_reply]=1 ;; *) ;; esac
    i=$((i + 6))
  done
}

_point_fails() { # MEANING
  local meaning=$1 cure='' class what
  _printed=$((_printed + 1)) _executed=$((_executed + 1))
  if [[ -n ${_p_reply} && -z ${_reply_flags[_p_reply]} ]] && _classify "${_p_reply}"; then
    meaning=${_classified} cure=${_classified_cure}
  fi
  case ${_o_defect:+known}:${meaning} in known:inconclusive | known:timed-out) meaning=failed ;; *) ;; esac
  case ${meaning} in
    failed) class=CODE_BUG ;;
    inconclusive) class=CALIBRATION ;;
    timed-out) if [[ ${_p_progress} == rising ]]; then class=CALIBRATION; else class=CODE_BUG; fi ;;
    misconfigured) class=CONFIGURATION ;;
    blocked) class=ENVIRONMENT ;;
    *) class=TEST_ISSUE ;;
  esac
  _component
  _line "${_p_text}${_p_note}"
  _out "not ok ${_printed} - ${_lined}"
  _out '  ---'
  _yaml id "${_p_id}"
  _yaml expected "${_j_expected}"
  _yaml actual "${_j_actual}"
  _yaml component "${_p_component}"
  [[ -n ${_p_reply} ]] && _yaml request "${_reply_curls[_p_reply]}"
  [[ -z ${_p_evidence} && -n ${_p_reply} ]] && _p_evidence=${_reply_evidence[_p_reply]}
  _shown "${_p_evidence}"
  [[ -n ${_shown_path} ]] && _yaml evidence "${_shown_path}"
  [[ -n ${_o_means} ]] && _yaml means "${_o_means}"
  [[ -n ${_o_defect} ]] && _yaml known-defect "${_o_defect}"
  [[ -n ${_p_progress} ]] && _yaml progress "${_p_progress}"
  _yaml verdict "${meaning}"
  _yaml class "${class}"
  _out '  ...'
  what="${_p_component}: ${_p_text}: ${_j_actual}"
  # Where it broke: after the last component that saw it.
  if [[ -n ${_o_sighting} && -n ${_seen_by} ]]; then
    what="${_p_component}: ${_p_text}: seen by ${_seen_by}, never by ${_p_component} (${_j_actual})"
  fi
  _say "  ✗ ${what}"
  _red_points+="${_p_id} "
  _note_trouble "${what}" ${_p_reply:+"${_reply_bodies[_p_reply]}"}
  _point_event false
  _text verdict "${meaning}"
  _text class "${class}"
  _text expected "${_j_expected}"
  _text actual "${_j_actual}"
  _text component "${_p_component}"
  [[ -n ${_p_reply} ]] && _text request "${_reply_curls[_p_reply]}"
  [[ -n ${_shown_path} ]] && _text evidence "${_shown_path}"
  [[ -n ${_o_defect} ]] && _text knownDefect "${_o_defect}"
  _event point
  case ${meaning} in
    failed)
      if [[ -n ${_o_defect} ]]; then
        _known=${_known:-"${what} (known defect: ${_o_defect})"}
      else
        _failed=${_failed:-${what}}
      fi
      ;;
    timed-out) _timed_out=${_timed_out:-${what}} ;;
    inconclusive) _inconclusive=${_inconclusive:-${what}} ;;
    *) _end "${meaning}" "${what}" "${cure}" ;;
  esac
  # A defect that the profile knows is red, and no reason to stop.
  [[ -n ${_o_defect} ]] || _halted=yes
  _red=$((_red + 1))
}
_red=0 _seen_by=''

_point_not_reached() {
  _printed=$((_printed + 1)) _red=$((_red + 1))
  _component
  _line "${_p_text}"
  _out "not ok ${_printed} - ${_lined}"
  _out '  ---'
  _yaml id "${_p_id}"
  _yaml reason not-reached
  _yaml component "${_p_component}"
  _out '  ...'
  _point_event false
  _text reason not-reached
  _event point
}

_component() {
  _p_component=${_o_at:-${_step_component}}
  [[ -z ${_p_component} && -n ${_p_reply} ]] && _p_component=${_reply_services[_p_reply]}
  _p_component=${_p_component:-${_name}}
}

_point_event() { # OK: begins the event of a point
  _raw n "${_printed}"
  _text id "${_p_id}"
  _text kind "${_p_kind}"
  _raw ok "$1"
  _text text "${_p_text}"
  [[ -n ${_o_means} ]] && _text means "${_o_means}"
  return 0
}

# Does the reply carry a pattern of the profile that says whose fault it is?
_classify() { # REPLY INDEX
  local i=0 args=() n=${#_classify_patterns[@]}
  _classified='' _classified_cure=''
  [[ ${n} -gt 0 && -r ${_reply_bodies[$1]} ]] || return 1
  while [[ ${i} -lt ${n} ]]; do
    args+=(--arg "s${i}" "${_classify_statuses[i]}" --arg "p${i}" "${_classify_patterns[i]}")
    i=$((i + 1))
  done
  _answer classify "${args[@]}" --argjson n "${n}" --arg status "${_reply_statuses[$1]}" --rawfile body "${_reply_bodies[$1]}" # never empty
  case ${_jq_out} in
    '' | none) return 1 ;;
    bad*) _invalid "a pattern of the profile is no regular expression: ${_jq_out#bad }" ;;
    *) ;;
  esac
  _classified=${_classify_verdicts[_jq_out]} _classified_cure=${_classify_cures[_jq_out]}
}

# --------------------------------------------------------------------------------------------------------------- 8 Words

_o_id='' _o_plan='' _o_observe='' _o_root='' _o_default='' _o_log='' _o_cure='' _o_lock='' _o_retries='' _o_wait=''
_o_component='' _o_start='' _o_json='' _o_fill='' _o_restore='' _o_within='' _o_under_test='' _o_means='' _o_at='' _o_defect='' _o_sighting='' _o_takes='' _o_what='' _o_ids='' _o_errors=''
_o_header=() _o_noise=() _o_production=() _o_own='' _o_own_path='' _o_ca='' _o_insecure=''
_job_names=() _job_pids=() _job_starts=() _job_curls=()

# _options 'key flag! list+' WORD…: fills _o_key. Any other word is a mistake of the script.
_options() {
  local spec=" $1 " key word
  shift
  # Not every point can be a sighting: that of an earlier one must not stick.
  _o_sighting=''
  for key in ${spec}; do
    case ${key} in
      header+) _o_header=() ;;
      noise+) _o_noise=() ;;
      production+) _o_production=() ;;
      *)
        key=${key%!}
        printf -v "_o_${key//-/_}" '%s' ''
        ;;
    esac
  done
  for word in "$@"; do
    key=${word%%=*}
    case ${word}:${spec} in
      *=*:*" ${key}+ "*)
        case ${key} in
          header) _o_header+=("${word#*=}") ;;
          production) _o_production+=("${word#*=}") ;;
          *) _o_noise+=("${word#*=}") ;;
        esac
        ;;
      *=*:*" ${key} "*) printf -v "_o_${key//-/_}" '%s' "${word#*=}" ;;
      *:*" ${key}! "*) printf -v "_o_${key//-/_}" '%s' yes ;;
      *) _invalid "a word that the verb ${FUNCNAME[1]} does not know: ${word}" ;;
    esac
  done
}

_point_options() { _options 'means at defect sighting!' "$@"; }

# _conditions SECTION WORD…: reads conditions until a word that cannot belong to one. Appends (section join field comparator
# value note) to _terms; _taken is the number of words read.
_conditions() {
  local section=$1 join=if field measure
  shift
  _taken=0
  while :; do
    field=${1-} measure=''
    [[ $# -gt 0 ]] && shift
    case ${1-} in
      size) measure=1 ;;
      every | some) measure=2 ;;
      *) ;;
    esac
    if [[ $# -lt $((2 + ${measure:-0})) ]] || ! _is_comparator "${@:${measure:-0}+1:1}"; then _invalid "a condition is incomplete: ${field} $*"; fi
    _taken=$((_taken + 1))
    if [[ -n ${measure} ]]; then
      _measure "${section}" "${join}" "${field}" "$@"
      join=and
      shift "${_read}"
      _taken=$((_taken + _read))
    fi
    while [[ -z ${measure} && $# -ge 2 ]] && _is_comparator "$1"; do
      _comparison "$@"
      _terms+=("${section}" "${join}" "${field}" "${_cmp}" "${_cmp_value}" "${_cmp_note}")
      join=and
      shift "${_cmp_words}"
      _taken=$((_taken + _cmp_words))
    done
    case ${1-} in
      and | or)
        join=$1
        shift
        _taken=$((_taken + 1))
        ;;
      *) return 0 ;;
    esac
  done
}

# What is asked of a size, or of elements: all comparators that follow. The note tells jq of them: p, the place in an element, and
# l, the list of comparisons.
_measure() { # SECTION JOIN FIELD size|every PATH|some PATH COMPARATOR VALUE…: _read, the number of words
  local section=$1 join=$2 field=$3 name=$4 said='' list='' quoted note
  shift 4
  _read=1 _path_json='[]'
  if [[ ${name} != size ]]; then
    _path "$1"
    said="$1 "
    _read=2
    shift
  fi
  while [[ $# -ge 2 ]] && _is_comparator "$1"; do
    _comparison "$@"
    _json "${_cmp_value}"
    quoted=${_jsoned}
    note=${_cmp_note:-null}
    list+=",{\"c\":\"${_cmp}\",\"t\":${quoted},\"n\":${note},\"q\":"
    if _is_json_word "${_cmp_value}"; then list+='true}'; else list+='false}'; fi
    said+="${_cmp} ${_cmp_value} "
    _read=$((_read + _cmp_words))
    shift "${_cmp_words}"
  done
  _terms+=("${section}" "${join}" "${field}" "${name}" "${said% }" "{\"p\":${_path_json},\"l\":[${list#,}]}")
}

_is_comparator() {
  case $1 in equals | in | matches | lacks | contains | exists | gt | gte | lt | lte | same-as | differs-from | near) return 0 ;; *) return 1 ;; esac
}

# One comparison, with what was captured in the place of its name: _cmp, _cmp_value, _cmp_note (for jq), _cmp_words (taken).
_comparison() { # COMPARATOR VALUE [AMOUNT]
  local name='' amount='^([0-9]+(\.[0-9]+)?)(%?)$' by percent=false
  _cmp=$1 _cmp_value=$2 _cmp_note='' _cmp_words=2
  case $1:$2 in
    same-as:* | differs-from:*) name=$2 ;;
    near:*)
      [[ ${3-} =~ ${amount} ]] || _invalid "near $2 ${3-}: how near? write near $2 1, or near $2 5%"
      by=${BASH_REMATCH[1]} _cmp_words=3 name=$2
      if [[ -n ${BASH_REMATCH[3]} ]]; then percent=true; fi
      ;;
    gt:'{'*'}' | gte:'{'*'}' | lt:'{'*'}' | lte:'{'*'}')
      name=${2#?} name=${name%?}
      ;;
    *) return 0 ;;
  esac
  if _is_secret "${name}"; then _invalid "$1 ${name}: a secret is not compared, it would show in \`ps\`"; fi
  if ! _capture_index "${name}"; then
    if [[ ${_mode} == act && -z ${_halted} && -z ${_interrupted} ]]; then _invalid "$1 ${name}: nothing was captured under this name"; fi
    return 0
  fi
  # What came by a reply keeps its JSON type; what a person gave (--operation, a setting) is compared as text.
  local json=${_capture_jsons[_c]} text=${_capture_values[_c]}
  case $1 in
    same-as) if [[ -n ${json} ]]; then _cmp=equals _cmp_value=${json}; else _cmp=same-text _cmp_value=${text}; fi ;;
    differs-from) if [[ -n ${json} ]]; then _cmp=differs _cmp_value=${json}; else _cmp=differs-text _cmp_value=${text}; fi ;;
    *)
      # Only a number has an order: what else was captured is neither above nor below.
      if ! [[ ${json:-${text}} =~ ^-?[0-9] ]] || ! _is_json_word "${json:-${text}}"; then
        _cmp=never _cmp_value=${text}
        return 0
      fi
      _cmp_value=${json:-${text}}
      if [[ $1 == near ]]; then
        _cmp_note="{\"of\":${_cmp_value},\"by\":${by},\"percent\":${percent}}"
        _cmp_value="${_cmp_value} ± ${3}"
      fi
      ;;
  esac
}

_term() { _terms+=("$1" "$2" "$3" "$4" "$5" ''); } # SECTION JOIN FIELD COMPARATOR VALUE
_terms=()

# What jq needs to know of the terms at hand: of each its words (f: field, v: value) and a note m that bash makes of checked
# words only.
_term_arguments() { # STATUS SECONDS ELAPSED KIND
  local i=0 n=0 field kind path x q
  _arguments=() _comparators=' '
  while [[ ${i} -lt ${#_terms[@]} ]]; do
    field=${_terms[i + 2]} path='' x=''
    case $4:${field} in
      *:.*)
        kind=path
        _path "${field}"
        path=",\"p\":${_path_json}"
        ;;
      cli:exit) kind=value x=$1 ;;
      cli:stdout) kind=out ;;
      cli:stderr) kind=err ;;
      cli:status | file:* | find:* | ui:status | ui:header:*) _invalid "a ${4} has no field ${field}" ;;
      *:status) kind=value x=$1 ;;
      *:body) kind=body ;;
      *:header:?*) kind=header ;;
      *:seconds) kind=value x=$2 ;;
      poll:elapsed | hold:elapsed) kind=value x=$3 ;;
      *) _invalid "a ${4} has no field ${field}" ;;
    esac
    [[ -n ${x} ]] && x=",\"x\":${x}"
    [[ ${kind} == value && -z ${x} ]] && kind=none
    q=false
    _is_json_word "${_terms[i + 4]}" && q=true
    _comparators+="${_terms[i + 3]} "
    _arguments+=(--argjson "m${n}" "{\"s\":\"${_terms[i]}\",\"j\":\"${_terms[i + 1]}\",\"c\":\"${_terms[i + 3]}\",\"k\":\"${kind}\",\"q\":${q}${path}${x},\"n\":${_terms[i + 5]:-null}}"
      --arg "f${n}" "${field}" --arg "v${n}" "${_terms[i + 4]}")
    n=$((n + 1)) i=$((i + 6))
  done
  _arguments+=(--argjson n "${n}")
}

# May the word be JSON? jq alone would also take 010, .5 and nan for numbers.
_is_json_word() {
  [[ $1 =~ ^[[:space:]]*(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null|[\"\[\{].*)[[:space:]]*$ ]]
}

# .a.b[0]["k"] → ["a","b",0,"k"]
_path() { # PATH: _path_json
  local rest=$1 list='' first='\.?'
  local name='^\.([A-Za-z_][A-Za-z0-9_]*)(.*)$' index='\[([0-9]{1,9})\](.*)$'
  local key='\[("([^"\\]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*")\](.*)$'
  [[ ${rest} == . ]] && rest=''
  [[ ${rest} != *[[:cntrl:]]* ]] || _invalid "not a path: $1"
  while [[ -n ${rest} ]]; do
    if [[ ${rest} =~ ${name} ]]; then
      list+=",\"${BASH_REMATCH[1]}\"" rest=${BASH_REMATCH[2]}
    elif [[ ${rest} =~ ^${first}${index} ]]; then
      list+=",$((10#${BASH_REMATCH[1]}))" rest=${BASH_REMATCH[2]}
    elif [[ ${rest} =~ ^${first}${key} ]]; then
      list+=",${BASH_REMATCH[1]}" rest=${BASH_REMATCH[3]}
    else
      _invalid "not a path: $1 (write .a.b[0][\"k\"])"
      return 0
    fi
    first=''
  done
  _path_json="[${list#,}]"
}

# What was asked, in the words of the script.
_expected_of() { # SECTION: _j_expected
  local i=0
  _j_expected=''
  while [[ ${i} -lt ${#_terms[@]} ]]; do
    if [[ ${_terms[i]} == "$1" ]]; then
      case ${_terms[i + 1]} in if) ;; *) _j_expected+=" ${_terms[i + 1]} " ;; esac
      _j_expected+="${_terms[i + 2]} ${_terms[i + 3]} ${_terms[i + 4]}"
    fi
    i=$((i + 6))
  done
}

# Puts captures in the place of {name}. url: percent-encodes the values, and of the text what an address cannot hold;
# words: leaves secrets out, since the words of a command show in `ps`.
_fill() { # TEXT url|raw|words
  local rest=$1 how=$2 head name
  _filled='' _fill_empty=''
  while [[ ${rest} == *'{'*'}'* ]]; do
    head=${rest%%'{'*}
    rest=${rest#*'{'}
    name=${rest%%'}'*}
    if [[ ${name} =~ ^[A-Za-z_][A-Za-z0-9_.-]*$ ]] && _capture_index "${name}" && { [[ ${how} != words ]] || ! _is_secret "${name}"; }; then
      rest=${rest#*'}'}
      _fill_add "${head}" "${how}" literal
      [[ -n ${_capture_values[_c]} ]] || _fill_empty=${name}
      _fill_add "${_capture_values[_c]}" "${how}" value
    else
      _fill_add "${head}{" "${how}" literal
    fi
  done
  _fill_add "${rest}" "${how}" literal
}

_is_secret() { case " ${_secret_names[*]-} " in *" $1 "*) return 0 ;; *) return 1 ;; esac }

_fill_add() { # TEXT url|raw|words literal|value
  local text=$1 out='' i=0 c keep='A-Za-z0-9._~-' n
  if [[ $2 != url ]]; then
    _filled+=${text}
    return 0
  fi
  [[ $3 == literal ]] && keep="A-Za-z0-9._~:/?@!\$&'()*+,;=%[-"
  if [[ ${text} != *[!${keep}]* ]]; then
    _filled+=${text}
    return 0
  fi
  while [[ ${i} -lt ${#text} ]]; do
    c=${text:i:1}
    if [[ ${c} == [${keep}] ]]; then
      out+=${c}
    else
      printf -v n '%d' "'${c}"
      printf -v c '%%%02X' $((n & 255))
      out+=${c}
    fi
    i=$((i + 1))
  done
  _filled+=${out}
}

_capture_index() { # NAME: _c
  _c=0
  while [[ ${_c} -lt ${#_capture_names[@]} ]]; do
    [[ ${_capture_names[_c]} == "$1" ]] && return 0
    _c=$((_c + 1))
  done
  return 1
}

_set_capture() { # NAME VALUE JSON
  _capture_index "$1"
  _capture_names[_c]=$1 _capture_values[_c]=$2 _capture_jsons[_c]=$3
}

_identifier() { [[ $1 =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || _invalid "not the name of a variable: $1"; }

# A name of the script that becomes part of a file's name.
_file_word() { [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*$ ]] || _invalid "not a name for a reply: $1"; }

# ------------------------------------------------------------------------------------------------------------- 9 Replies

# May a request be sent? Otherwise what it would have brought counts as not reached.
_acts() {
  if [[ ${_mode} == act && -z ${_halted} && -z ${_interrupted} ]]; then
    _skipped_act='' _act_count=$((_act_count + 1))
    return 0
  fi
  _skipped_act=yes
  return 1
}

_reply() { # NAME: _r, the latest of this name
  _r=$((${#_reply_names[@]} - 1))
  while [[ ${_r} -ge 0 ]]; do
    [[ ${_reply_names[_r]} == "$1" ]] && return 0
    _r=$((_r - 1))
  done
  return 1
}

# Keeps what _fetch got. A later look of the same poll takes the place of the earlier one.
_store_reply() { # NAME KIND
  _r=${#_reply_names[@]}
  case $2 in poll | hold) _reply "$1" && [[ ${_reply_kinds[_r]} == "$2" && ${_reply_used[_r]} == "" && ${_reply_steps[_r]} == "${_step_number}" ]] || _r=${#_reply_names[@]} ;; *) ;; esac
  _reply_names[_r]=$1 _reply_kinds[_r]=$2 _reply_states[_r]=ok _reply_statuses[_r]=${_got_status} _reply_seconds[_r]=${_got_seconds}
  _reply_elapsed[_r]=${_got_elapsed} _reply_bodies[_r]=${_got_body} _reply_headers[_r]=${_got_headers} _reply_curls[_r]=${_got_curl}
  _reply_acks[_r]='' _reply_flags[_r]='' _reply_services[_r]=${_got_service} _reply_evidence[_r]=${_got_evidence}
  _reply_errors[_r]=${_got_error} _reply_used[_r]='' _reply_steps[_r]=${_step_number}
  _kept=''
  [[ -z ${_got_error} ]] || _reply_states[_r]=none
}
_reply_steps=()

# True when the reply NAME can be judged; otherwise the point is printed here.
_on_reply() { # NAME
  if ! _reply "$1"; then
    if [[ -n ${_interrupted} ]]; then return 1; fi
    [[ -n ${_halted} ]] || _invalid "there is no reply of the name $1"
    _point_not_reached
    return 1
  fi
  if [[ -n ${_halted} && -n ${_skipped_act} && ${_reply_steps[_r]} != "${_step_number}" ]]; then
    _point_not_reached
    return 1
  fi
  _p_reply=${_r}
  case ${_reply_states[_r]} in
    ok)
      _reply_used[_r]=yes
      return 0
      ;;
    none)
      if [[ -z ${_reply_used[_r]} && -z ${_interrupted} ]]; then
        _reply_used[_r]=yes
        _j_expected='a reply' _j_actual="no reply: ${_reply_errors[_r]}"
        # What a known defect excuses is a wrong answer, not that there is none.
        _o_defect=''
        _point_fails failed
        return 1
      fi
      [[ -n ${_interrupted} ]] && return 1
      ;;
    *) ;;
  esac
  _point_not_reached
  return 1
}

# A request without a reply is red, also when no point asks about it.
_settle_replies() {
  local i=0
  while [[ ${i} -lt ${#_reply_names[@]} ]]; do
    if [[ ${_reply_states[i]} == none && -z ${_reply_used[i]} ]]; then
      _reply_used[i]=yes
      _halted=yes
      _failed=${_failed:-"${_reply_services[i]:-${_name}}: ${_reply_names[i]}: no reply: ${_reply_errors[i]}"}
    fi
    # A follow that came to nothing, about which no point asked.
    case ${_reply_states[i]}:${_reply_used[i]} in
      late: | broken:)
        _reply_used[i]=yes
        _halted=yes
        _failed=${_failed:-"${_reply_services[i]:-${_name}}: ${_reply_names[i]}: ${_reply_errors[i]}"}
        ;;
      *) ;;
    esac
    i=$((i + 1))
  done
}

_reply_arguments() { # of _r
  local accepted=true
  _term_arguments "${_reply_statuses[_r]}" "${_reply_seconds[_r]}" "${_reply_elapsed[_r]}" "${_reply_kinds[_r]}"
  case ${_reply_acks[_r]}:${_reply_kinds[_r]}:${_reply_statuses[_r]} in 1:* | *:cli:0 | *:ui:0 | :http:2?? | :poll:2?? | :hold:2??) ;; *) accepted=false ;; esac
  _arguments+=(--arg kind "${_reply_kinds[_r]}" --argjson status "${_reply_statuses[_r]}" --argjson accepted "${accepted}"
    --rawfile body "${_reply_bodies[_r]}" --rawfile more "${_reply_headers[_r]}")
}

_judge_reply() { # NAME
  _reply "$1"
  # The most frequent question of all needs no jq.
  if [[ "${#_terms[@]} ${_terms[*]}" == "6 if if status equals ${_reply_statuses[_r]} " && ${_reply_kinds[_r]} != cli ]]; then # never empty
    _j_verdict=ok
    return 0
  fi
  _reply_arguments
  _ask check "${_arguments[@]}" # never empty
  [[ ${_j_verdict} == ok ]] || _explain if
}

# One look: the verdict, and what the series keeps of it.
_judge_look() { # NAME PROGRESS
  local progress=null
  _reply "$1"
  _reply_arguments
  if [[ -n $2 ]]; then
    _path "$2"
    progress=${_path_json}
  fi
  _now
  _ask look "${_arguments[@]}" --argjson progress "${progress}" --argjson t "${_now_s}" # never empty
  _rest_line
  _look_progress=${_line_value}
  _rest_line
  _look_state=${_line_value}
  _rest_line
  _look_record=${_line_value}
}

# Why did it not hold? On the same arguments.
_explain() { # SECTION
  _answer actual "${_arguments[@]}" # never empty
  _j_actual=${_jq_out}
  _expected_of "$1"
}

# --------------------------------------------------------------------------------------------------------------- 10 HTTP

_address() { # SERVICE: _origin_of
  local i=0
  while [[ ${i} -lt ${#_service_names[@]} ]]; do
    if [[ ${_service_names[i]} == "$1" ]]; then
      _service=${i} _origin_of=${_service_origins[i]}
      return 0
    fi
    i=$((i + 1))
  done
  _invalid "no service has the name $1"
}

# One request. _got_error is empty when an answer came, whatever its status.
_fetch() { # NAME METHOD SERVICE PATH LIMIT [BODY-FILE [HEADER…]]
  local name=$1 method=$2 limit=$5 body=${6-} header
  _got_service=$3
  [[ ${method} =~ ^[A-Z]+$ ]] || _invalid "not a method: ${method}"
  [[ ${limit} =~ ^[0-9]+(\.[0-9]+)?$ ]] || _invalid "not a number of seconds: ${limit}"
  [[ $4 == /* ]] || _invalid "a path begins with a slash: $4"
  _address "$3"
  _fill "$4" url
  _got_url=${_origin_of}${_filled}
  shift $(($# < 6 ? $# : 6))
  _got_elapsed='' _got_status='' _got_seconds=0 _got_error='' _kept=''
  _stem "${name}"
  _got_evidence=${_stem}.body
  if [[ ${#_secret_names[@]} -eq 0 ]]; then
    _got_body=${_stem}.body _got_headers=${_stem}.headers
  else
    _got_body=${_work}/${name}.body _got_headers=${_work}/${name}.headers
  fi
  _headers_of "${_got_service}"
  set -- ${_own_headers[@]+"${_own_headers[@]}"} "$@"
  _curl_line "${method}" "${_got_url}" "${body}" "$@"
  : >"${_got_body}"
  : >"${_got_headers}"
  {
    _conf url "${_got_url}"
    if [[ ${method} == HEAD ]]; then printf 'head\n'; else _conf request "${method}"; fi
    printf 'silent\nshow-error\ngloboff\npath-as-is\nnoproxy = "*"\nproto = "=http,https"\nmax-time = %s\n' "${limit}"
    _conf output "${_got_body}"
    _conf dump-header "${_got_headers}"
    # shellcheck disable=SC1003 # a backslash for curl, which reads \n
    printf 'write-out = "%%{http_code} %%{time_total}\\n"\nheader = "Expect:"\n'
    # By this name a proxy tells the script from a command of the system that asks by curl, too.
    printf 'user-agent = "new-scenario (curl)"\n'
    if [[ -n ${body} ]]; then
      _conf header 'Content-Type: application/json'
      _conf data-binary "@${body}"
    fi
    for header in "$@"; do
      _flat "${header}"
      _conf header "${_flatted}"
    done
    [[ -z ${_service_ca[_service]:-} ]] || _conf cacert "${_service_ca[_service]}"
    [[ -z ${_service_insecure[_service]:-} ]] || printf 'insecure\n'
  } >"${_work}/curl.conf"
  _curl "${method}" "${limit}"
  if [[ ${#_secret_names[@]} -gt 0 ]]; then
    _keep "${_got_body}" "${_stem}.body"
    _keep "${_got_headers}" "${_stem}.headers"
  fi
  _write "${_stem}.request" "${_got_curl}"
}

_conf() { # KEY VALUE: a line of curl's configuration
  local v=$2
  v=${v//\\/\\\\}
  v=${v//\"/\\\"}
  v=${v//"${_NL}"/\\n}
  v=${v//"${_CR}"/\\r}
  printf '%s = "%s"\n' "$1" "${v}"
}

# The configuration goes by a file, so that no secret shows in `ps`. An answer that may name something that was started is
# awaited, whatever signals come: curl ignores them, and its time limit bounds the wait. A GET is given up at once.
_curl() { # METHOD LIMIT
  local rc
  (
    [[ $1 == GET ]] || trap '' INT TERM HUP
    ulimit -f 262144
    exec curl -q -K "${_work}/curl.conf"
  ) >"${_work}/curl.out" 2>"${_work}/curl.err" </dev/null 8>&- 9>&- &
  _child=$!
  if [[ $1 == GET ]]; then _await "${_child}" give-up; else _await "${_child}" ''; fi
  rc=${_rc} _child=''
  # A wait that a signal broke may have lost the status: curl that said nothing on stderr got its answer.
  if [[ ${rc} -gt 128 && $1 != GET && -s ${_work}/curl.out && ! -s ${_work}/curl.err ]]; then rc=0; fi
  _got_status='' _got_seconds=0
  IFS=' ' read -r _got_status _got_seconds <"${_work}/curl.out"
  [[ ${_got_seconds} =~ ^[0-9.]+$ ]] || _got_seconds=0
  if [[ ${rc} -ne 0 || ! ${_got_status} =~ ^[1-9][0-9][0-9]$ ]]; then
    _got_status=''
    _curl_error "${rc}" "$2"
  fi
}

_curl_error() { # RC LIMIT: what people call it
  local said=''
  IFS= read -r said <"${_work}/curl.err"
  case $1 in
    6) _got_error='the host is not known' ;;
    7) _got_error='connection refused' ;;
    18) _got_error='the answer broke off' ;;
    28) _got_error="no answer within $2 s" ;;
    52) _got_error='the connection was closed without an answer' ;;
    56) _got_error='the connection was reset' ;;
    153) _got_error='the answer is longer than 256 MB' ;;
    *) _got_error="${said:-curl ended with $1}" ;;
  esac
}

# Waits for a child. A signal that comes meanwhile interrupts `wait`, not the child, unless it may be given up.
_await() { # PID give-up|'': _rc
  local seen last=0
  while :; do
    seen=${_signals}
    wait "$1" 2>/dev/null
    _rc=$?
    [[ ${_rc} -eq 127 && ${last} -ne 0 ]] && _rc=${last}
    [[ ${seen} -eq ${_signals} ]] && return 0
    last=${_rc}
    if [[ -n $2 ]]; then
      kill "$1" 2>/dev/null
      wait "$1" 2>/dev/null
      _rc=143
      return 0
    fi
  done
}

_sleep_us() { # MICROSECONDS
  local us=$1 text
  _look_for_runner
  [[ ${us} -gt 0 && -z ${_interrupted} ]] || return 0
  printf -v text '%d.%06d' $((us / 1000000)) $((us % 1000000))
  sleep "${text}" 2>/dev/null &
  _child=$!
  _await "${_child}" give-up
  _child=''
  # A sleep that knows no fractions: a whole second, interruptible too.
  if [[ ${_rc} -ne 0 && -z ${_interrupted} ]]; then
    sleep 1 &
    _child=$!
    _await "${_child}" give-up
    _child=''
  fi
}

# _run_grace: so many twentieths of a second between the request to end and the end by force.
_run_limited() { # SECONDS OUT ERR COMMAND…: _rc, _run_late, _got_seconds
  local limit out=$2 err=$3 begin naps=0 grace=${_run_grace:-4}
  _to_us "$1"
  limit=${_us}
  shift 3
  _run_late=''
  _now
  begin=${_now_us}
  # A process group of its own, so that what the command started ends with it.
  set -m
  (cd -- "${_here}/${_root}" && exec "$@") >"${out}" 2>"${err}" </dev/null 8>&- 9>&- &
  _child=$!
  set +m
  while kill -0 "${_child}" 2>/dev/null; do
    _now
    if [[ $((_now_us - begin)) -ge ${limit} ]]; then _run_late=yes; fi
    if [[ -n ${_run_late}${_interrupted} ]]; then
      kill -TERM -- "-${_child}" 2>/dev/null
      while [[ ${grace} -gt 0 ]] && kill -0 "${_child}" 2>/dev/null; do
        grace=$((grace - 1))
        sleep 0.05 2>/dev/null || sleep 1
      done
      kill -KILL -- "-${_child}" 2>/dev/null
      break
    fi
    naps=$((naps + 1))
    if [[ ${naps} -lt 20 ]]; then sleep 0.02 2>/dev/null || sleep 1; else sleep 0.2 2>/dev/null || sleep 1; fi
  done
  wait "${_child}" 2>/dev/null
  _rc=$?
  _child=''
  _now
  printf -v _got_seconds '%d.%06d' $(((_now_us - begin) / 1000000)) $(((_now_us - begin) % 1000000))
}

_read_body() { # FILE: standard input, without the line break that ends a here-document
  local text=''
  IFS= read -r -d '' text
  printf '%s' "${text%"${_NL}"}" >"$1"
}

# A text in the body that is just {name} of a capture becomes the captured value, with its JSON type. Secrets stay out: the
# words of jq show in `ps`.
_fill_body() { # NAME FILE
  local i=0 known='' value
  while [[ ${i} -lt ${#_capture_names[@]} ]]; do
    value=${_capture_jsons[i]}
    if [[ -z ${value} ]]; then
      _json "${_capture_values[i]}"
      value=${_jsoned}
    fi
    if [[ -n ${_capture_names[i]} ]] && ! _is_secret "${_capture_names[i]}"; then known+=",\"${_capture_names[i]}\":${value}"; fi
    i=$((i + 1))
  done
  _jq -n -j --rawfile body "$2" --argjson known "{${known#,}}" "${_JQ_FILL}" || _invalid "request $1: its body is not JSON"
  printf '%s' "${_jq_out}" >"$2"
}

_curl_line() { # METHOD URL BODY-FILE HEADER…: _got_curl, to be copied and pasted
  local line='curl -s' body='' header
  [[ $1 == GET ]] || line+=" -X $1"
  if [[ -n $3 ]]; then
    IFS= read -r -d '' body <"$3"
    if [[ ${#body} -gt 2000 ]]; then
      _write "${_stem}.json" "${body}"
      _quote "@${_stem}.json"
    else
      _quote "${body}"
    fi
    line+=" -H 'Content-Type: application/json' --data-binary ${_quoted}"
  fi
  local url=$2
  shift 3
  for header in "$@"; do
    _quote "${header}"
    line+=" -H ${_quoted}"
  done
  _quote "${url}"
  _redact "${line} ${_quoted}"
  _got_curl=${_redacted}
}

_quote() { # WORD: _quoted, for a shell
  _quoted=$1
  [[ -n $1 && $1 != *[!A-Za-z0-9_./:=@%+,-]* ]] && return 0
  local q="'\\''"
  _quoted="'${_quoted//\'/${q}}'"
}

# ----------------------------------------------------------------------------------------------------------------- 11 jq

# A start of jq costs 20 to 50 ms, and 1.6 takes some 10 more for each kilobyte of program. So one jq answers the questions of a
# whole script: each is a line of JSON on its standard input, each answer some lines and a line that ends it. What is too long for a
# line, or what bash can't write as JSON, is asked of a jq of its own, by the same program.
# Typed and received text is data to both: it comes as words, a path as a list of keys that bash read. No program is made of it.

# A body is JSON when it is exactly one document. jq takes NaN and Infinity for numbers; JSON knows neither.
# shellcheck disable=SC2016 # the dollars are jq's
readonly _JQ_DOCUMENT='
def document:
  . as $text
  | (try {ok: true, v: fromjson} catch {ok: false}) as $d
  | if $d.ok and ($text | contains("nan") or contains("NaN") or contains("nfinity"))
      and ([$d.v | .. | numbers | select(isnan or . >= 1.7976931348623157e308 or . <= -1.7976931348623157e308)] | length > 0) then {ok: false} else $d end;
'
# A step into what isn't there, or isn't of the right kind, is a missing field and no error.
# shellcheck disable=SC2016
readonly _JQ_AT='
def at($path):
  reduce $path[] as $k ({has: true, v: .};
    if .has and ([$k, .v | type] == ["string", "object"] and (.v | has($k)) or [$k, .v | type] == ["number", "array"] and $k < (.v | length))
    then .v |= .[$k] else {has: false} end);
'
# Text for people: one line, nothing that moves a cursor or breaks YAML, not too long.
# shellcheck disable=SC2016
readonly _JQ_SHOW='
def plain: explode | map(if . < 32 or . == 127 then 32 elif (. >= 128 and . < 160) or . == 8232 or . == 8233 or . == 65279 then 65533 else . end) | implode;
def trim($n): if length > $n then .[:$n] + "…" else . end;
def show: (if type == "string" then trim(200) else . end) | tojson | trim(260);
'
# shellcheck disable=SC2016
readonly _JQ_TERMS='
def invalid($m): error({invalid: $m});
def found($re): try test($re) catch invalid("not a regular expression: \($re)");
def texts: .. | if type == "object" then keys[] elif type == "string" then . else empty end;
def header($name; $more):
  [$more | gsub("\r"; "") | split("\n\n")[] | select(test("\\S"))] | last // ""
  | [split("\n")[] | select(ascii_downcase | startswith(($name | ascii_downcase) + ":")) | .[($name | length) + 1:] | gsub("^\\s+|\\s+$"; "")]
  | if length == 0 then {has: false} else {has: true, v: join(", ")} end;
def ended: sub("[\r\n]+\\z"; "");

# What a field is. $m: k its kind, p its path, x a value that bash knows.
def field($m; $name; $doc; $body; $more):
  if $m.k == "value" then {has: true, v: $m.x}
  elif $m.k == "path" then (if $doc.ok then $doc.v | at($m.p) else {has: false} end)
  elif $m.k == "body" then {has: true, v: $body}
  elif $m.k == "out" then {has: true, v: ($body | ended)}
  elif $m.k == "err" then {has: true, v: ($more | ended)}
  elif $m.k == "header" then header($name[7:]; $more)
  else {has: false} end;

# Does a comparison hold? $c is its name, $k the kind of the field, $has whether there is one, $x its value, $t the typed word, $v the
# word as JSON, $o the note.
def ordered($has; $x; $v): if ($v | type) != "number" then invalid("only a number has an order, \($v | tojson) has none") else $has and ($x | type) == "number" end;
def plainly($c; $k; $has; $x; $t; $v; $o):
  if $c == "equals" then $has and $x == $v
  elif $c == "exists" then (if ($v | type) != "boolean" then invalid("exists true or exists false, not \($t)") else ($has and $x != null) == $v end)
  elif $c == "gt" then ordered($has; $x; $v) and $x > $v
  elif $c == "gte" then ordered($has; $x; $v) and $x >= $v
  elif $c == "lt" then ordered($has; $x; $v) and $x < $v
  elif $c == "lte" then ordered($has; $x; $v) and $x <= $v
  elif $c == "in" then (if ($v | type) != "array" then invalid("in needs a JSON list, not \($t)") else $has and ([$v[] | select(. == $x)] | length > 0) end)
  elif $c == "contains" then $has and ($x | type) == "array" and ([$x[] | select(. == $v)] | length > 0)
  elif $c == "matches" then ("" | found($t)) as $_ | $has and ($x | type) == "string" and ($x | found($t))
  elif $c == "lacks" then ("" | found($t)) as $_ | $has and ([$x | ., (if $k == "body" then (try fromjson catch null) else empty end) | texts | select(found($t))] | length == 0)
  elif $c == "differs" then $has and ($x | type) == ($v | type) and $x != $v
  elif $c == "near" then $has and ($x | type) == "number" and ($x - $o.of | fabs) <= (if $o.percent then ($o.of | fabs) * $o.by / 100 else $o.by end)
  elif $c == "differs-text" then $has and ([$x | strings, numbers, booleans | tostring | . != $t] == [true])
  elif $c == "same-text" then $has and ($x | type) != "object" and ($x | type) != "array" and ($x | tostring) == $t
  else false end;
def word($q; $t): if $q then try ($t | fromjson) catch $t else $t end;

# What is asked of a size or of an element: all comparisons of the list $l.
def all_hold($has; $x; $l): [$l[] | . as $l | word($l.q; $l.t) as $v | select(plainly($l.c; "path"; $has; $x; $l.t; $v; $l.n) | not)] | length == 0;
def holds($c; $k; $has; $x; $t; $v; $o):
  if $c == "size" then $has and ($x | type | . == "array" or . == "object") and all_hold(true; ($x | length); $o.l)
  elif $c == "every" then $has and ($x | type) == "array" and ($x | length) > 0 and ([$x[] | select(at($o.p) | all_hold(.has; .v; $o.l) | not)] | length == 0)
  elif $c == "some" then $has and ($x | type) == "array" and ([$x[] | select(at($o.p) | all_hold(.has; .v; $o.l))] | length > 0)
  else plainly($c; $k; $has; $x; $t; $v; $o) end;

# The terms of the question with what they found, and `judged`: groups of `and` joined by `or`. An error body (a status that is not
# 2xx, an exit that is not 0) is believed only by a group that names the status or exit, or when an earlier point did.
def terms($words; $doc):
  [range($words.n) as $i | $words["m\($i)"] as $m | $words["f\($i)"] as $name | $words["v\($i)"] as $t
   | field($m; $name; $doc; $words.body; $words.more) as $f | word($m.q; $t) as $v
   | {s: $m.s, j: $m.j, $f, k: $m.k, named: ($m.k == "value" and ($name == "status" or $name == "exit")),
      h: holds($m.c; $m.k; $f.has; $f.v; $t; $v; $m.n)}];
def judged($s; $accepted):
  reduce (.[] | select(.s == $s)) as $t ({any: false, ok: false, named: false};
    if $t.j == "and" then {any, ok: (.ok and $t.h), named: (.named or $t.named)}
    else {any: (.any or .ok and (.named or $accepted)), ok: $t.h, named: $t.named} end)
  | .any or .ok and (.named or $accepted);
'
# shellcheck disable=SC2016
readonly _JQ_QUESTIONS='
# One look of a poll or hold: the verdict, then progress, state, and the line of the series.
# A huge body is not kept with each look: bash would take minutes to pass on what nobody reads.
def look($words; $doc):
  terms($words; $doc) as $terms | $words.accepted as $accepted | (if $words.kind == "poll" then "ends" else "while" end) as $deciding
  | (if $words.status != 200 or ($doc.ok | not) or $words.kind == "poll" and ([$terms[] | select(.s == "ends" and .k == "path" and (.f.has | not))] | length > 0) then "bad"
     elif $words.kind == "hold" then (if $terms | judged("while"; $accepted) then "holds" else "no" end)
     elif $terms | judged("until"; $accepted) then "until"
     elif $terms | judged("ends"; $accepted) | not then "wait"
     elif $terms | judged("early"; $accepted) then "early" else "ends" end),
    (if $words.progress == null or ($doc.ok | not) then null else ($doc.v | at($words.progress)).v end | tojson),
    ([$terms[] | select(.s == $deciding)][0].f.v | if type == "string" then .[:80] else . end | tojson),
    ({t: $words.t, status: $words.status,
      body: ($words.body | if length > 100000 then "(left out: \(length) characters)" elif $doc.ok then $doc.v else . end)} | tojson);

def capture($words; $doc):
  field($words.m0; $words.f0; $doc; $words.body; $words.more) as $f | $f.v as $v | ($v | type) as $type | $words.pattern as $pattern
  | (if $pattern != "" then "" | found($pattern) else true end) as $_
  | if ($words.accepted | not) or ($f.has | not) then "no", "a text or a number"
    elif $type == "number" and ($v > 9007199254740991 or $v < -9007199254740991) then "no", "a text, or a number that jq can keep exactly (below 2^53)"
    elif ($type == "number" or ($type == "string" and $v != "")) | not then "no", "a non-empty text or a number"
    elif $type == "string" and ([$v | explode[] | select(. < 32 or . == 127)] | length > 0) then "no", "one line of text"
    elif $pattern != "" and ($v | tostring | found($pattern) | not) then "no", "a text that matches"
    else "ok", ($v | tojson), ($v | tostring) end;

# What a person is told when it did not hold: each field once, with what was there.
def actual($words; $doc):
  $words.body as $body
  | (if $body | test("\\S") then "the body is not JSON, it begins with \($body[:80] | tojson)" else "the body is empty" end) as $why
  | [(if $words.accepted then empty elif $words.kind == "cli" then "exit \($words.status)" else "HTTP \($words.status)" end),
     (reduce (range($words.n) as $i | {m: $words["m\($i)"], name: $words["f\($i)"], t: $words["v\($i)"]}) as $t ([];
        if ([.[] | select(.name == $t.name and .m.n.l == null and $t.m.n.l == null)] | length > 0) then . else . + [$t] end) | .[]
      | .m as $m | .name as $name | .t as $t
      | if (($name == "status" or $name == "exit") and ($words.accepted | not)) then empty else . end
      | field($m; $name; $doc; $body; $words.more) as $f
      | if $f.has and $m.c == "lacks" then ([$f.v | ., (if $m.k == "body" then (try fromjson catch null) else empty end) | texts | select(try test($t) catch false)][0]) as $hit
          | if $hit == null then "\($name) lacks it" else ($hit | match($t).offset) as $at | "\($name) holds \($hit[([$at - 40, 0] | max):$at + 160] | tojson)" end
        elif $f.has and $m.c == "size" and ($f.v | type | . == "array" or . == "object") then "\($name) has size \($f.v | length)"
        elif $f.has and ($m.c == "every" or $m.c == "some") and ($f.v | type) == "array" then
          "\($f.v | length) in \($name): \([$f.v[] | at($m.n.p) | if .has then .v else "(missing)" end] | show)"
        elif $f.has and $name == "body" then "body \($f.v | show)"
        elif $f.has then "\($name) = \($f.v | show)"
        elif $m.k == "path" and ($doc.ok | not) then $why
        else "\($name) is missing" end)]
  | reduce .[] as $s ([]; if ([.[] | select(. == $s)] | length > 0) then . else . + [$s] end) | join("; ") | plain | trim(600);

# The ids that a list has and had not before, of items of which the terms hold.
def new_ones($words; $doc):
  def ids: document as $d | if $d.ok then ($d.v | at($words.items)) as $l | if $l.has and ($l.v | type) == "array" then $l.v else null end else null end;
  ($words.old | ids) as $o | ($words.body | ids) as $l
  | if $o == null then "bad", "null", "", "the list before the start is none"
    elif $l == null then "bad", "null", "", "there is no list at \($words.items | map(tostring) | join("."))"
    else [$o[] | at($words.item) | select(.has) | .v] as $known
      | [$l[] | . as $one | at($words.item) as $i | select($i.has and ($i.v | type) == "string" and ([$known[] | select(. == $i.v)] | length == 0))
         | select($words.n == 0 or (terms($words; {ok: true, v: $one}) | judged("if"; true))) | $i.v] as $new
      | (if ($new | length) == 0 then "wait" elif ($new | length) == 1 then "ok" else "no" end),
        ($new[0] | tojson), ($new[0] // "" | tostring | plain), ("\($new | length) new ones: \($new[:5] | join(", "))" | plain | trim(300))
    end;

# Does the body hold a pattern of the profile that says whose fault it is? The first that does.
def classified($words):
  [range($words.n) as $i | $words["s\($i)"] as $s | $words["p\($i)"] as $p
   | select($s == "" or $s == $words.status)
   | (try (if ($words.body | test($p)) then $i else empty end) catch "bad \($p)")][0] // "none";

def answer($words; $doc):
  $words.q as $q
  | if $q == "check" then (if terms($words; $doc) | judged("if"; $words.accepted) then "ok" else "no" end)
    elif $q == "look" then look($words; $doc)
    elif $q == "capture" then capture($words; $doc)
    elif $q == "find" then new_ones($words; $doc)
    elif $q == "classify" then classified($words)
    elif $q == "actual" then actual($words; $doc)
    else now * 1000000 | floor end;
# A body with what it says. It is read once for all questions about it: of megabytes that is most of the work.
def opened: {body: ., doc: document};
def answered($words; $kept):
  (if $words.kept then $kept else $words.body // "" | opened end) as $reply
  | try answer($words + {body: $reply.body}; $reply.doc)
    catch if type == "object" and has("invalid") then "invalid", (.invalid | tostring | explode | map(if . < 32 or . == 127 then 32 else . end) | implode) else error end;'
readonly _JQ_ANSWERED=${_JQ_DOCUMENT}${_JQ_AT}${_JQ_SHOW}${_JQ_TERMS}${_JQ_QUESTIONS}

# shellcheck disable=SC2016
readonly _JQ_SERIES=${_JQ_AT}${_JQ_SHOW}'
def falls: [range(1; length) as $i | select(.[$i] < .[$i - 1]) | [.[$i - 1], .[$i]]];
def short: if type == "number" then . * 100 | round / 100 else . end;
[$looks[] | .body | at($path) | if .has then .v else null end] as $all
| [$all[] | numbers] as $v
| ($all | length) as $n
| "\($name): \($all | map(short) | (if length > 12 then .[:6] + ["…"] + .[-6:] else . end) | map(tostring) | join(" "))" as $seen
| (if $n < 2 then "only \($n) look; " else "" end) as $few
| if $rule == "distinct" then [($v | unique | length) >= $a, "\($v | unique | length) distinct values in \($n) looks; \($seen)", "at least \($a) distinct values"]
  elif $rule == "strictly-between" then [([$v[] | select(. > $a and . < $b)] | length > 0), $seen, "a value strictly between \($a) and \($b)"]
  elif $rule == "ends-at" then [$n > 0 and $all[-1:] == [$a], $seen, "the last value is \($a)"]
  elif $rule == "passes-through" then [($all | index([$a]) != null), $seen, "the value is \($a | tojson) at least once"]
  elif $rule == "phases" then ([$all[] | . as $one | ($a | index([$one])) // -1]) as $at
    | [$n > 0 and ($at | min) >= 0 and $at == ($at | sort), $seen, "the values are of \($a | tojson), in this order"]
  elif $rule == "steady" then [$n > 1 and $all[0] != null and ($all | unique | length == 1), $few + $seen, "the value stays the same"]
  elif $rule == "never-over" then [$n > 0 and ($v | length) == $n and ([$v[] | select(. > $a)] | length == 0), $seen, "no value over \($a)"]
  else ($v | falls) as $falls
    | [$n > 1 and ($v | length) == $n and (($falls | length) == 0 or ($a != null and ($falls | length) == 1 and $falls[0][0] <= $a)),
       $few + (if ($falls | length) > 0 then "it fell from \($falls | map("\(.[0] | short) to \(.[1] | short)") | join(", from ")); " else "" end) + $seen,
       "it never falls" + (if $a == null then "" else ", but for one restart from at most \($a)" end)]
  end
| if .[0] then "ok" else "no", (.[1] | plain | trim(600)), .[2] end'

# shellcheck disable=SC2016
readonly _JQ_RISING='
[$v[] | numbers] as $v | ($v | length) as $n
| if $n >= 2 and ($v[($n / 2 | floor):] | max) > ($v[:($n / 2 | floor)] | max) then "rising" else "flat" end'

# shellcheck disable=SC2016
readonly _JQ_FILL='
def filled:
  if type == "string" and test("^\\{[A-Za-z_][A-Za-z0-9_.-]*\\}$") then .[1:-1] as $name | if $known | has($name) then $known[$name] else . end
  elif type == "array" then map(filled)
  elif type == "object" then with_entries(.value |= filled)
  else . end;
$body | fromjson | filled | tojson'

# shellcheck disable=SC2016
readonly _JQ_HITS=${_JQ_SHOW}'$hits | split("\n") | "the first: \(.[0] | show)" | plain'

# In the background and into a file, not in $(…): bash 5.2 loses a trap that is due while it reads a command substitution.
_jq() { # ARGUMENT…: _jq_out. Signals must not break a judgement in the middle; jq is quick.
  local kept=${_rc}
  (
    trap '' INT TERM HUP
    _exec_jq "$@" >"${_work}/jq.out" 2>"${_work}/jq.err" </dev/null
  ) &
  _await $! ''
  _jq_rc=${_rc} _rc=${kept}
  _read_jq_out
  return "${_jq_rc}"
}
_rc=0

# jq reads ~/.jq as part of each program: not that of a person.
_exec_jq() {
  export HOME=${_work}
  exec jq "$@"
}

_read_jq_out() {
  IFS= read -r -d '' _jq_out <"${_work}/jq.out"
  while [[ ${_jq_out} == *"${_NL}" ]]; do _jq_out=${_jq_out%"${_NL}"}; done
}

# Asks for a verdict: the first line of the answer. The other lines are left to _rest_line.
_ask() { # check|look|capture|find ARGUMENT…: _j_verdict
  _answer "$@"
  _read_verdict
}

_read_verdict() {
  _j_rest=${_jq_out}
  _rest_line
  _j_verdict=${_line_value}
  case ${_j_verdict} in
    ok | no | until | ends | early | bad | wait | holds) ;;
    invalid)
      _rest_line
      _invalid "${_line_value}"
      ;;
    *) _jq_broke ;;
  esac
}

# The answer to a question, by the jq of the script where that can be.
_answer() { # QUESTION ARGUMENT…: _jq_out
  local question=$1
  shift
  _line_of "${question}" "$@" && _ask_ours && return 0
  # shellcheck disable=SC2016 # the dollars are jq's
  _jq -n -r --arg q "${question}" "$@" "${_JQ_ANSWERED}"'answered($ARGS.named; null)' || _jq_broke
}

# A question as a line of JSON. False when something in it is long, or holds what _json does not keep: bash would take its time. Such a
# body is handed over by another jq.
_line_of() { # QUESTION ARGUMENT…: _line
  local text
  [[ -n ${_asking} ]] || return 1
  _line="{\"q\":\"$1\""
  shift
  while [[ $# -gt 0 ]]; do
    text=$3
    if [[ $1 == --rawfile ]]; then
      text=''
      # True when there is a NUL byte, or more than that.
      if IFS= read -r -d '' -n 16385 text <"$3" || [[ ${text} == *[${_LOST}]* ]]; then
        [[ $2 == body ]] && _hand_over "$3" || return 1
        _line+=',"kept":true'
        shift 3
        continue
      fi
    fi
    if [[ $1 != --argjson ]]; then
      [[ ${text} != *[${_LOST}]* ]] || return 1
      _json "${text}"
      text=${_jsoned}
    fi
    _line+=",\"$2\":${text}"
    shift 3
  done
  _line+='}'
}

# Gives our jq a body to keep until the next one comes. Whoever writes a body empties _kept.
_hand_over() { # FILE
  local kept=${_rc} sent
  [[ ${_kept} == "$1" ]] && return 0
  (
    trap '' INT TERM HUP
    # shellcheck disable=SC2016 # the dollar is jq's
    _exec_jq -n -c --rawfile body "$1" '{q: "keep", $body}' >&8 2>/dev/null </dev/null
  ) &
  _await $! ''
  sent=${_rc} _rc=${kept}
  # Half a line may be with our jq: the next would be taken for its end.
  [[ ${sent} -eq 0 ]] || _leave_jq
  [[ ${sent} -eq 0 ]] && _kept=$1
}
_kept=''

# Sends the line and gets the answer, in a child that no signal breaks. What our jq can't answer, it can't answer to another jq either:
# it is let go, and each question asked of one of its own.
_ask_ours() { # _jq_out
  local kept=${_rc}
  (
    trap '' INT TERM HUP
    printf '%s\n' "${_line}" >&8
    exec sed "/^${_RS}\$/q" <&9 >"${_work}/jq.out" 2>/dev/null
  ) &
  _await $! ''
  _rc=${kept}
  _read_jq_out
  if [[ ${_jq_out} == *"${_NL}${_RS}" ]]; then
    _jq_out=${_jq_out%"${_NL}${_RS}"}
    return 0
  fi
  _leave_jq
  return 1
}

# Starts the jq of this script. Both ends of a pipe are opened by us, for opening must not wait for a jq that may not start. It ends when
# we do: nobody else holds the end that it reads from.
_start_jq() { # _probed; false when it gave no answer
  local program pid
  mkfifo "${_work}/questions" "${_work}/answers" 2>/dev/null || return 1
  # shellcheck disable=SC2094 # they are pipes
  exec 7<>"${_work}/questions" 6<"${_work}/questions" 8>"${_work}/questions"
  # shellcheck disable=SC2094
  exec 7<>"${_work}/answers" 9<"${_work}/answers" 5>"${_work}/answers"
  exec 7>&-
  # shellcheck disable=SC2016 # the dollars are jq's
  program=${_JQ_ANSWERED}'foreach ('${_JQ_PROBE}', inputs) as $line (null;
    if ($line | type) == "object" and $line.q == "keep" then $line.body | opened else . end;
    if ($line | type) == "string" then $line elif $line.q == "keep" then empty else answered($line; .), "'${_RS}'" end)'
  # Not a child of ours: bash 5.2 whose `wait` a signal broke waits for whatever child it has.
  (
    trap '' INT TERM HUP
    _exec_jq -n -r --unbuffered --arg a x --rawfile b /dev/null "${program}" <&6 >&5 2>/dev/null 5>&- 6>&- 8>&- 9>&- &
    printf '%s' "$!" >"${_work}/jq.pid"
  )
  exec 5>&- 6<&-
  IFS= read -r -t 10 _probed <&9 && [[ ${_probed} == 'true '* ]] && _asking=yes
  [[ -n ${_asking} ]] && return 0
  _leave_jq
  # One that hangs would stay.
  IFS= read -r -d '' pid <"${_work}/jq.pid"
  kill -KILL "${pid}" 2>/dev/null
  return 1
}
_asking=''

_leave_jq() {
  exec 8>&- 9<&-
  _asking=''
}

_jq_broke() {
  local said=''
  IFS= read -r said <"${_work}/jq.err"
  _end invalid "jq failed: ${said:-it gave no answer}" 'jq 1.6 or later is needed'
}

_rest_line() { # takes the first line off _j_rest
  _line_value=${_j_rest%%"${_NL}"*}
  if [[ ${_j_rest} == *"${_NL}"* ]]; then _j_rest=${_j_rest#*"${_NL}"}; else _j_rest=''; fi
}

# ----------------------------------------------------------------------------------------------------------- 12 Settings

_find_here() {
  _here=$(cd -P -- "$(dirname -- "$0")" && pwd) || _here=.
}

# Whether jq can do what is asked of it, with what bash needs to know of the time: microseconds since 1970, and the same for people.
# shellcheck disable=SC2016 # the dollars are jq's
readonly _JQ_PROBE='(($ARGS.named.a + $b | test("x")) as $t | now as $n | "\($t) \($n * 1000000 | floor) \($n | floor | todate | rtrimstr("Z")).\($n * 1000000 | floor % 1000000 + 1000000 | tostring | .[1:])Z")'

_need_tools() {
  local said _probed=''
  type -P curl >/dev/null || _end blocked 'curl is missing' 'apt-get install curl (Debian, Ubuntu), brew install curl (macOS)'
  type -P jq >/dev/null || _end blocked 'jq is missing' 'apt-get install jq (Debian, Ubuntu), brew install jq (macOS)'
  said=$(curl -q --version 2>&1)
  case ${said} in 'curl '*) ;; *) _end blocked "curl does not work: $(_first "${said}")" 'reinstall curl' ;; esac
  _work=$(mktemp -d "${TMPDIR:-/tmp}/scenario.XXXXXX" 2>/dev/null) || _work=$(mktemp -d /tmp/scenario.XXXXXX) ||
    { _work='' && _end invalid 'no temporary folder can be made' "make ${TMPDIR:-/tmp} writable"; }
  _start_jq || { _first_of_jq -n -r --arg a x --rawfile b /dev/null "${_JQ_PROBE}" && _probed=${_said}; }
  if [[ ${_probed} =~ ^true\ ([0-9]+)\ ([0-9T:.-]+Z)$ ]]; then
    _start_us=${BASH_REMATCH[1]} _start_iso=${BASH_REMATCH[2]} _start_seconds=${SECONDS}
  else
    said=${_said} _said=''
    [[ ${said} != 'no answer'* ]] && _first_of_jq --version
    _end blocked "jq does not work, 1.6 or later is needed: ${_said:+"${_said}: "}${said}" 'apt-get install jq (Debian, Ubuntu), brew install jq (macOS)'
  fi
}
_start_seconds=0

# The first line that jq says, which may be why it does not work. One that hangs is ended.
_first_of_jq() { # ARGUMENT…: _said
  exec 7< <(exec 2>&1; _exec_jq "$@")
  _said=''
  IFS= read -r -t 10 _said <&7 || [[ -n ${_said} ]] || { _said='no answer (10 s at most)' && kill -KILL "$!" 2>/dev/null; }
  exec 7<&-
}

_make_folders() {
  : >"${_work}/start"
  # It holds the headers, and so the secrets.
  (umask 077 && : >"${_work}/curl.conf")
  _nonce=n$$x${_start_us}
  if [[ -n ${SCENARIO_EVIDENCE_DIR:-} ]]; then
    _evidence=${SCENARIO_EVIDENCE_DIR} _evidence_shown=${SCENARIO_EVIDENCE_DIR}
    [[ ${_evidence} == /* ]] || _evidence=${PWD}/${_evidence}
    { mkdir -p -- "${_evidence}" && : >"${_evidence}/events.ndjson"; } 2>/dev/null ||
      { _evidence='' && _end invalid "SCENARIO_EVIDENCE_DIR cannot be written: ${SCENARIO_EVIDENCE_DIR}" 'name a folder that can be written'; }
  else
    _evidence=$(mktemp -d "${TMPDIR:-/tmp}/evidence.XXXXXX" 2>/dev/null) || _evidence=$(mktemp -d /tmp/evidence.XXXXXX)
    _evidence_shown=${_evidence} _evidence_temporary=yes
    : >"${_evidence}/events.ndjson"
  fi
  _text id "${_id}"
  _text name "${_name}"
  _raw plan "${_plan}"
  _event scenario
}

# The value of a setting: environment, SCENARIO_ENV_FILE, the nearest .env.sandbox, default.
_setting() { # NAME DEFAULT: _value, _origin
  local i=0
  if [[ -n ${!1:-} ]]; then
    _value=${!1} _origin=environment
    return 0
  fi
  while [[ ${i} -lt ${#_setting_keys[@]} ]]; do
    if [[ ${_setting_keys[i]} == "$1" ]]; then
      _value=${_setting_values[i]} _origin=${_setting_origins[i]}
      return 0
    fi
    i=$((i + 1))
  done
  _value=$2 _origin=default
}

_load_settings() {
  local folder=${_here}
  if [[ -n ${SCENARIO_ENV_FILE:-} ]]; then _read_env_file "${SCENARIO_ENV_FILE}" "${SCENARIO_ENV_FILE}"; fi
  while :; do
    if [[ -f ${folder}/.env.sandbox ]]; then
      _read_env_file "${folder}/.env.sandbox" .env.sandbox
      return 0
    fi
    [[ -e ${folder}/.git || ${folder} == / || -z ${folder} ]] && return 0
    folder=${folder%/*}
    folder=${folder:-/}
  done
}

# KEY=VALUE lines are read, never executed; the first file that names a key wins.
_read_env_file() { # FILE SHOWN
  local line number=0
  [[ -f $1 && -r $1 ]] || _end invalid "the env file cannot be read: $1" 'unset SCENARIO_ENV_FILE, or name a file that can be read'
  local seen=${#_setting_keys[@]}
  while IFS= read -r line || [[ -n ${line} ]]; do
    number=$((number + 1))
    line=${line%"${_CR}"}
    [[ ${number} -eq 1 ]] && line=${line#$'\357\273\277'}
    _env_line "${line}" "$2" "${seen}" || _say "$2:${number}: not a KEY=VALUE line, left out"
  done <"$1"
}

_env_line() { # LINE ORIGIN SEEN
  local line=$1 key value i=$3
  local shape='^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$'
  local single="^'([^']*)'[[:space:]]*(#.*)?\$" double='^"([^"]*)"[[:space:]]*(#.*)?$'
  [[ ${line} =~ ^[[:space:]]*(#.*)?$ ]] && return 0
  [[ ${line} =~ ${shape} ]] || return 1
  key=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
  case ${value} in
    \'*)
      [[ ${value} =~ ${single} ]] || return 1
      value=${BASH_REMATCH[1]}
      ;;
    \"*)
      [[ ${value} =~ ${double} ]] || return 1
      value=${BASH_REMATCH[1]}
      ;;
    *)
      [[ ${value} == '#'* ]] && value=''
      value=${value%%[[:space:]]#*}
      value=${value%"${value##*[![:space:]]}"}
      ;;
  esac
  # Within one file the last line of a key wins, as in a shell.
  while [[ ${i} -lt ${#_setting_keys[@]} ]]; do
    if [[ ${_setting_keys[i]} == "${key}" ]]; then
      _setting_values[i]=${value}
      return 0
    fi
    i=$((i + 1))
  done
  _setting_keys+=("${key}")
  _setting_values+=("${value}")
  _setting_origins+=("$2")
}

# A folder of commands that come before those of the PATH, such as the sandbox's.
_load_commands() {
  _setting SCENARIO_COMMANDS ''
  [[ -n ${_value} ]] || return 0
  [[ ${_value} == /* && -d ${_value} ]] || _end invalid "SCENARIO_COMMANDS is no folder: ${_value} (${_origin})" 'write the whole path of a folder, or leave it out'
  PATH=${_value}:${PATH}
  export PATH
  _say "  commands: ${_value} (${_origin})"
}

# The time scale is kept as a ratio of whole numbers, since bash has no others: 0.05 is 5/100, 1/20 is 1/20.
_load_scale() {
  local digits
  _setting SCENARIO_TIME_SCALE 1
  if [[ ${_value} =~ ^([0-9]{1,6})/([0-9]{1,6})$ ]]; then
    _scale_num=$((10#${BASH_REMATCH[1]})) _scale_den=$((10#${BASH_REMATCH[2]}))
  elif [[ ${_value} =~ ^([0-9]{0,4})(\.([0-9]{1,6}))?$ && -n ${_value} ]]; then
    digits=${BASH_REMATCH[3]}
    _scale_num=$((10#0${BASH_REMATCH[1]}${digits})) _scale_den=1
    while [[ -n ${digits} ]]; do _scale_den=$((_scale_den * 10)) digits=${digits#?}; done
  else
    _scale_num=0
  fi
  [[ ${_scale_num} -gt 0 && ${_scale_den} -gt 0 ]] ||
    _end invalid "SCENARIO_TIME_SCALE is not a number above 0: ${_value} (${_origin})" 'write 1, 0.05 or 1/20'
  [[ ${_value} == 1 ]] || _say "  time scale ${_value} (${_origin})"
}

_to_us() { # SECONDS: _us
  local digits=''
  [[ $1 =~ ^([0-9]{1,6})(\.([0-9]{1,6}))?$ ]] || _invalid "not a number of seconds: $1"
  digits=${BASH_REMATCH[3]}000000
  _us=$((10#${BASH_REMATCH[1]} * 1000000 + 10#${digits:0:6}))
}

_scale_us() { _us=$(($1 * _scale_num / _scale_den)); }

# Real microseconds → seconds of the system, as text.
_unscale() {
  local us=$(($1 * _scale_den / _scale_num))
  printf -v _seconds '%d.%03d' $((us / 1000000)) $((us % 1000000 / 1000))
}

# Bash 5 knows the time; an older one asks jq. Before jq is known to work, whole seconds do.
_now() {
  if [[ ${BASH_VERSINFO[0]} -ge 5 ]]; then
    _now_us=${EPOCHREALTIME/[!0-9]/}
  elif [[ -n ${_start_iso} ]] && _answer now && [[ ${_jq_out} =~ ^[0-9]+$ ]]; then
    _now_us=${_jq_out}
  else
    _now_us=$((_start_us + (SECONDS - _start_seconds) * 1000000))
  fi
  printf -v _now_s '%d.%03d' $((_now_us / 1000000)) $((_now_us % 1000000 / 1000))
}

# --------------------------------------------------------------------------------------------------------------- 13 Ends

_invalid() { _end invalid "$1" 'the script is wrong: scenario check --write'; }

# Every run ends here: cleanup, verdict, closing line, exit code.
_end() { # VERDICT WHAT [CURE]
  local verdict=$1 what=$2 cure=${3-} code
  [[ -z ${_ended} ]] || return 0
  _ended=yes
  _cleanup_all
  if [[ -n ${_interrupted} ]]; then verdict=interrupted what=${_interrupted} cure=''; fi
  case ${verdict} in
    passed) code=0 ;;
    failed) code=1 ;;
    invalid) code=2 ;;
    blocked) code=3 ;;
    misconfigured) code=4 ;;
    timed-out) code=5 ;;
    inconclusive) code=6 ;;
    *) if [[ ${_interrupted} == SIGINT ]]; then code=130; else code=143; fi ;;
  esac
  _fields=''
  _text verdict "${verdict}"
  _raw exit "${code}"
  _raw planned "${_plan:-0}"
  _raw executed "${_executed}"
  _text what "${what}"
  _event verdict
  if [[ -n ${cure} ]]; then
    [[ -n ${_header} ]] && _tell '# cure: ' "${cure}"
    _say "cure: ${cure}"
  fi
  case ${verdict} in passed | interrupted) ;; *) _tell_troubles "${verdict}" "${what}" ;; esac
  [[ -n ${_evidence_temporary} ]] && _say "evidence: ${_evidence}"
  if [[ -n ${_header} ]]; then
    case ${verdict} in
      passed) ;;
      blocked | misconfigured | invalid | interrupted) _tell "Bail out! ${verdict}: " "${what}" ;;
      # Red must be red to who only reads the points.
      *) [[ ${_red} -gt 0 ]] || _tell "Bail out! ${verdict}: " "${what}" ;;
    esac
    case ${verdict} in
      passed) _out '# ✅ Integration test passed' ;;
      failed) _tell '# ❌ Issue: ' "${what}" ;;
      *) _tell "# ❌ Issue: ${verdict}: " "${what}" ;;
    esac
  else
    _say "${verdict}: ${what}"
  fi
  _tidy
  exit "${code}"
}

# What is known of the trouble: what was said of it, and the replies that broke their criteria.
_note_trouble() { # TEXT [FILE]
  [[ -n ${_work} ]] || return 0
  printf '%s\n' "$1" >>"${_work}/trouble"
  if [[ -r ${2-} ]]; then head -c 20000 "$2" >>"${_work}/trouble" 2>/dev/null; fi
  printf '\n' >>"${_work}/trouble"
}

# The entries of the profile that fit: each thing that one names must be so.
_tell_troubles() { # VERDICT WHAT
  local i=0 n told="${_NL}"
  _note_trouble "$2"
  while [[ ${i} -lt ${#_troubles[@]} ]]; do
    n=${_troubles[i]}
    case ${told} in
      *"${_NL}${_troubles[i + 1]}${_NL}"*) ;;
      *)
        if _trouble_fits "$1" ${_troubles[@]+"${_troubles[@]:i+2:n-1}"}; then
          told+=${_troubles[i + 1]}${_NL}
          _tell_trouble "${_troubles[@]:i+1:n}" # never empty
        fi
        ;;
    esac
    i=$((i + n + 1))
  done
}

_trouble_fits() { # VERDICT WORD…
  local verdict=$1 word verdicts='' points='' red=''
  shift
  for word in "$@"; do
    case ${word} in
      verdict=*) verdicts+=" ${word#*=} " ;;
      point=*)
        points=yes
        case ${_red_points} in *" ${word#*=} "*) red=yes ;; *) ;; esac
        ;;
      matches=*)
        [[ -r ${_work}/trouble ]] || return 1
        printf '%s\n' "${word#*=}" >"${_work}/pattern"
        grep -a -q -E -f "${_work}/pattern" "${_work}/trouble" 2>/dev/null || return 1
        ;;
      *) ;;
    esac
  done
  [[ -z ${points} || -n ${red} ]] || return 1
  case ${verdicts} in '' | *" ${verdict} "*) return 0 ;; *) return 1 ;; esac
}

_tell_trouble() { # SYMPTOM WORD…
  local symptom=$1 word
  shift
  for word in "$@"; do
    case ${word} in
      cause=*) _say "perhaps: ${symptom}: ${word#*=}" ;;
      cure=*) _say "  try: ${word#*=}" ;;
      *) ;;
    esac
  done
}

_cleanup_all() {
  _end_jobs
  local i=$((${#_cleanup_texts[@]} - 1)) text what
  if [[ -z ${_flag_cleanup} ]]; then
    [[ ${i} -ge 0 ]] && _say '--no-cleanup: what was started or changed is left'
    return 0
  fi
  while [[ ${i} -ge 0 ]]; do
    text=${_cleanup_texts[i]}
    _cleanup_one "${i}"
    if [[ -n ${_cleanup_restores[i]} && ${_got_status} != 2?? ]]; then
      what="${text}: ${_got_error:-HTTP ${_got_status}}"
      _not_restored=${_not_restored:-"${_cleanup_services[i]}: not restored: ${what}"}
      _tell '# ⚠ not restored: ' "${what}"
      _say "⚠ NOT RESTORED: ${what}: do it by hand: ${_got_curl}"
    elif [[ -z ${_got_error} && ${_got_status} == [24]?? ]]; then
      _say "cleanup: ${text}: ${_got_status}"
    else
      _tell '# cleanup: ' "${text}: ${_got_error:-HTTP ${_got_status}}"
      _say "cleanup: ${text}: ${_got_error:-HTTP ${_got_status}} (${_got_curl})"
    fi
    _text text "${text}"
    _raw status "${_got_status:-0}"
    if [[ -n ${_cleanup_restores[i]} ]]; then
      if [[ ${_got_status} == 2?? ]]; then _raw restored true; else _raw restored false; fi
    fi
    _event cleanup
    i=$((i - 1))
  done
  _cleanup_texts=()
}

# The path was filled when the cleanup was registered, so that a later capture of the same name changes nothing.
_cleanup_one() { # INDEX
  local known=(${_capture_names[@]+"${_capture_names[@]}"})
  _capture_names=()
  _step_number=99
  _fetch "cleanup-$(($1 + 1))" "${_cleanup_methods[$1]}" "${_cleanup_services[$1]}" "${_cleanup_paths[$1]}" 10 "${_cleanup_bodies[$1]}"
  _capture_names=(${known[@]+"${known[@]}"})
}

_tidy() {
  local lock
  if [[ -n ${_child} ]]; then kill "${_child}" 2>/dev/null; fi
  for lock in ${_locks[@]+"${_locks[@]}"}; do rm -rf -- "${lock}"; done
  _locks=()
  [[ -n ${_work} ]] && rm -rf -- "${_work}"
  _work=''
}

# A signal is only noted; the verbs look at it where nothing can get lost.
_on_signal() { # NAME
  _signals=$((_signals + 1))
  _interrupted=${_interrupted:-$1}
}

# A runner that was killed can't tell its scripts: they see it between two verbs, and before each look of a wait.
_look_for_runner() {
  [[ ${SCENARIO_RUNNER:-} =~ ^[1-9][0-9]*$ ]] || return 0
  kill -0 "${SCENARIO_RUNNER}" 2>/dev/null || _interrupted=${_interrupted:-SIGTERM}
}

_safe_point() { # VERB
  _look_for_runner
  if [[ -n ${_interrupted} && ${_mode} != list ]]; then _end interrupted "${_interrupted}"; fi
  return 0
}

_stop_if_interrupted() { _safe_point ''; }

_on_exit() { # STATUS
  case ${_interrupted}:$1 in
    :130) _interrupted=SIGINT ;;
    :143) _interrupted=SIGTERM ;;
    :129) _interrupted=SIGHUP ;;
    *) ;;
  esac
  if [[ -z ${_ended} ]]; then _end invalid 'the script ended before its end' 'the script is incomplete: scenario check --write'; fi
  _tidy
}

# A line of the script that is no verb.
_on_error() { # STATUS LINE
  case $1 in 126 | 127) _invalid "line $2 of the script is not understood" ;; *) ;; esac
}

# ------------------------------------------------------------------------------------------------------------- 14 Output

_out() {
  _redact "$1"
  printf '%s\n' "${_redacted}" 2>/dev/null
  return 0
}

_say() {
  _redact "$1"
  printf '%s\n' "${_redacted//[[:cntrl:]]/ }" >&2 2>/dev/null
  return 0
}

_redact() { # TEXT: _redacted
  local i=0
  _redacted=$1
  while [[ ${i} -lt ${#_secret_names[@]} ]]; do
    _redacted=${_redacted//"${_secret_values[i]}"/[${_secret_names[i]}]}
    i=$((i + 1))
  done
}

# A line for people: what precedes, and a text that must not break it.
_tell() { # PREFIX TEXT
  _flat "$2"
  _out "$1${_flatted}"
}

# One line: what would break it becomes a space, also U+2028 and U+2029, which end a line in JavaScript.
_flat() { # TEXT: _flatted
  _flatted=${1//[[:cntrl:]]/ }
  _flatted=${_flatted//$'\342\200\250'/ }
  _flatted=${_flatted//$'\342\200\251'/ }
}

_first() { printf '%s' "${1%%"${_NL}"*}"; }

# The description of a point. A brace at its end would open a subtest.
_line() { # TEXT: _lined
  _flat "$1"
  _lined=${_flatted//\\/\\\\}
  _lined=${_lined//\#/\\#}
  while [[ ${_lined} == *' ' ]]; do _lined=${_lined% }; done
  case ${_lined} in *'{') _lined="${_lined} ." ;; *) ;; esac
}

readonly _LOST=$'\001-\010\013\014\016-\037\177' # control characters that become a blank
_json() { # TEXT: _jsoned, a JSON string
  _jsoned=${1//\\/\\\\}
  _jsoned=${_jsoned//\"/\\\"}
  _jsoned=${_jsoned//"${_NL}"/\\n}
  _jsoned=${_jsoned//"${_CR}"/\\r}
  _jsoned=${_jsoned//$'\t'/\\t}
  _jsoned=${_jsoned//$'\342\200\250'/\\u2028}
  _jsoned=${_jsoned//$'\342\200\251'/\\u2029}
  _jsoned="\"${_jsoned//[[:cntrl:]]/ }\""
}

_yaml() { # KEY TEXT
  _json "$2"
  _out "  $1: ${_jsoned}"
}

# The fields of the next event, and the event.
_fields=''
_text() { # NAME TEXT
  _json "$2"
  _fields+=",\"$1\":${_jsoned}"
}

_raw() { # NAME JSON
  _fields+=",\"$1\":$2"
}

_event() { # NAME
  local fields=${_fields}
  _fields=''
  [[ -n ${_evidence} ]] || return 0
  _now
  _append "${_evidence}/events.ndjson" "{\"t\":${_now_s},\"event\":\"$1\"${fields}}"
}

_stem() { # NAME: _stem, where the evidence of a verb goes
  printf -v _stem '%s/%02d-%s' "${_evidence}" "${_step_number}" "${1//[!A-Za-z0-9_.-]/_}"
}

_shown() { # FILE: _shown_path, as the caller named the folder
  _shown_path=$1
  [[ $1 == "${_evidence}"/* ]] && _shown_path=${_evidence_shown%/}/${1#"${_evidence}"/}
  return 0
}

_write() { # FILE TEXT
  _redact "$2"
  printf '%s\n' "${_redacted}" 2>/dev/null >"$1"
  return 0
}

_append() { # FILE TEXT
  _redact "$2"
  printf '%s\n' "${_redacted}" 2>/dev/null >>"$1"
  return 0
}

_beginning() { # FILE: _began
  local text=''
  IFS= read -r -n 300 -d '' text <"$1"
  _flat "${text}"
  _began=${_flatted}
}

# Copies a file into the evidence, without secrets.
_keep() { # FROM TO
  local i=0
  while [[ ${i} -lt ${#_secret_names[@]} ]]; do
    printf '%s' "${_secret_values[i]}" >"${_work}/secret"
    if grep -a -q -F -f "${_work}/secret" "$1" 2>/dev/null; then
      # shellcheck disable=SC2016
      _jq -n -j --rawfile a "$1" --rawfile s "${_work}/secret" --arg n "[${_secret_names[i]}]" '$a | split($s) | join($n)' ||
        _jq_out='(left out: it holds a secret)'
      printf '%s' "${_jq_out}" >"${_work}/redacted"
      rm -f "${_work}/secret"
      set -- "${_work}/redacted" "$2"
    fi
    i=$((i + 1))
  done
  cp -- "$1" "$2" 2>/dev/null
  return 0
}

trap '' PIPE
trap '_on_exit $?' EXIT
trap '_on_error $? ${LINENO}' ERR

_begin "$@"
