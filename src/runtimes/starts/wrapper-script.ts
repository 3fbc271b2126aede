/** Where Pavise runs whose rules are to be in place, and what is to become of a start where it does not answer. */
export interface WrapperOptions {
  /** Path of the runtime that is wrapped: runc, or another that understands its command line. */
  runtime: string
  /** Folder in which `StartRequests` are taken. */
  folder: string
  /** Where Pavise does not run or does not answer in time, the container starts, or it does not. */
  onFailure: 'open' | 'closed'
  timeoutSeconds: number
}

/** By which a file is known to be ours. */
export const wrapperMark = '# pavise: holds the start of containers'

/**
 * A runtime for container engines that is another one, but for this: before a container's first program is run it asks Pavise, and goes
 * on when the container's rules are in place. In the shell that every node has, since it stands before each command of the engine.
 *
 * runc's options before the command come as `--name value` or `--name=value` (runc(8)).
 */
export function wrapperScript({ runtime, folder, onFailure, timeoutSeconds }: WrapperOptions): string {
  return `#!/bin/sh
${wrapperMark}
runtime=${quoted(runtime)}
folder=${quoted(folder)}

command= value= log=
for word; do
  if [ -n "$value" ]; then [ "$value" = --log ] && log=$word; value=; continue; fi
  case $word in
    (--log|--log-format|--root|--criu|--rootless) value=$word ;;
    (--log=*) log=\${word#--log=} ;;
    (-*) ;;
    (*) command=$word; break ;;
  esac
done
[ "$command" = start ] || exec "$runtime" "$@"

# The same command line with another command.
instead() {
  other=$1 seen=
  shift
  for word; do
    shift
    if [ -z "$seen" ] && [ "$word" = start ]; then word=$other seen=yes; fi
    set -- "$@" "$word"
  done
  "$runtime" "$@"
}

wait_for_rules() {
  read -r pid < "$folder/answering" && kill -0 "$pid" || return 1
  umask 077
  mkfifo "$folder/$$.answer" || return 1
  instead state "$@" > "$folder/$$.asked" && mv "$folder/$$.asked" "$folder/$$.state" &&
    answer=$(timeout ${timeoutSeconds} cat "$folder/$$.answer")
  answered=$?
  rm -f "$folder/$$.answer" "$folder/$$.asked" "$folder/$$.state"
  return "$answered"
}

# Engines show what stands in the file that they have their runtime log to, or what it writes. What waits in the container to be
# started is ended: engines leave it where a start fails.
refuse() {
  reason=$1
  shift
  instead kill "$@" KILL > /dev/null 2>&1
  if [ -n "$log" ]; then echo '{"level":"error","msg":"'"$reason"'"}' >> "$log"; fi
  echo "$reason" >&2
  exit 1
}

if ! wait_for_rules "$@" 2> /dev/null; then
  ${onFailure === 'open' ? ':' : 'refuse "pavise has not put its rules in place: the container is not started" "$@"'}
fi
case $answer in
  ("no "*) refuse "pavise does not let this container start: \${answer#no }" "$@" ;;
esac
exec "$runtime" "$@"
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
