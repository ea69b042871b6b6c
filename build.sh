#!/usr/bin/env bash
# Builds what changed, then hands every argument to the build host:  ./build.sh --target=Report
# MSBuild starts only when the build's inputs differ in name, size or time from those of the last build that succeeded, or its outputs in name or
# size, and in doubt.
set -euo pipefail
shopt -s nullglob

# The next file that is opened takes the place of what is closed, as this script does of standard error, and what is printed would be written into it.
{ : 3<&0; } 2>/dev/null || exec </dev/null
{ : 3>&1; } 2>/dev/null || exec >/dev/null
[[ ! /dev/fd/2 -ef ${BASH_SOURCE[0]} ]] && : 3>&2 || exec 2>/dev/null

# Up to the start of the host this forks once only: a fork costs as much as reading the times of all inputs.
script=${BASH_SOURCE[0]}
[[ $script == */* ]] || script=./$script
while [[ -L $script ]]; do
  link=$(readlink -- "$script")
  [[ $link == /* ]] || link=${script%/*}/$link
  script=$link
done
CDPATH='' cd -P -- "${script%/*}/"
root=$PWD
cd -- "$OLDPWD"
artifacts=$root/artifacts
outputs=artifacts/bin/Build/release
host=$root/$outputs/Pipeline.Build.dll
stamp=$artifacts/host.stamp
tried=$artifacts/host.tried
begun=$artifacts/host.begun

fail() {
  printf 'build.sh: %s\n' "$1" >&2
  exit 1
}

needs_sdk() {
  local version
  version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  fail "the .NET SDK $version or a later $(cut -d. -f1,2 <<<"$version") is needed, with dotnet on PATH: https://dotnet.microsoft.com/download"
}

# Where dotnet doesn't run it may lack no SDK, but a home folder, and then names the variable.
requires_sdk() {
  local words
  words=$(cd "$root" && "$dotnet" --version 2>&1) && return
  [[ $words != *DOTNET_CLI_HOME* ]] || fail 'dotnet needs a home folder that it can write to: set HOME, or DOTNET_CLI_HOME, to one.'
  needs_sdk
}

# Sets inputs to one line per input, after one with what else changes what is built, and one per output; to nothing where neither find nor stat can
# tell sizes and times.
list_inputs() {
  inputs=$(print_inputs) || inputs=$(print_inputs -c '%.Y %s %n' '%s %n') || inputs=$(print_inputs -f '%Fm %z %N' '%z %N') || inputs=
}

# Times, sizes and paths of the inputs, sizes and paths of the outputs, which any build may write anew. Without arguments GNU's find prints them;
# else stat does, of which these are the option and two formats.
print_inputs() {
  cd -- "$root"
  printf 'root=%s FROSTING_SOURCE=%s Torch=%s CI=%s\n' "$root" "${FROSTING_SOURCE-}" "${Torch-}" "${CI-}"
  local made=() files=(\( -name bin -o -name obj \) -prune -o ! -type d)
  local sources=("$dotnet" build src build.* Directory.* global.json .editorconfig [Nn]u[Gg]et.[Cc]onfig)
  [[ ! -d $outputs ]] || made=("$outputs")
  if (($# == 0)); then
    exec find -H "${sources[@]}" ${made[@]+"${made[@]}"} "${files[@]}" \( -path 'artifacts/*' -printf '%s %p\n' -o -printf '%T@ %s %p\n' \) 2>/dev/null
  fi
  find -H "${sources[@]}" "${files[@]}" -exec stat "$1" "$2" {} + 2>/dev/null || return 1
  [[ ${#made[@]} == 0 ]] || find "${made[@]}" "${files[@]}" -exec stat "$1" "$3" {} + 2>/dev/null
}

is_built() {
  local known
  [[ -n $inputs && -f $host && -f $stamp ]] || return 1
  IFS= read -r -d '' known <"$stamp" || :
  [[ $known == "$inputs"$'\n' ]]
}

# Sets sources to the inputs without the outputs, made to the outputs.
split_inputs() {
  local line
  sources='' made=''
  while IFS= read -r line; do
    if [[ $line == [0-9]*' artifacts/'* ]]; then made+=$line$'\n'; else sources+=$line$'\n'; fi
  done <<<"$inputs"
}

# What the build was made from, as it was before, and what came of it, in a file as old as its end.
write_stamp() {
  [[ -z $inputs ]] || { printf '%s' "$2" >"$1.$$" && mv -f "$1.$$" "$1"; }
}

# MSBuild takes a changed file that is older than the last build for an unchanged one, and half a file that it was writing when it was killed for a
# whole one; then everything is compiled. Lock files are read by NuGet, which looks at what they hold, and may be written by the build itself.
incremental() {
  local path
  [[ ! -e $begun ]] || return 1
  [[ -f $tried && -n $inputs ]] || return 0
  while read -r _ _ path; do
    [[ $path == /* ]] || path=$root/$path
    [[ ! -e $path || $path == */packages*.lock.json || $path -nt $tried ]] || return 1
  done < <(grep -Fxv -f "$tried" <<<"${sources%$'\n'}")
}

# Tells on a terminal that something happens.
show_time() {
  while kill -0 $$ 2>/dev/null; do
    printf '\rbuilding… %d s' "$SECONDS" >&2
    sleep 1
  done
}

run_msbuild() {
  local options=(build build/Build.csproj -c Release --nologo -v quiet -tl:off -clp:ErrorsOnly) clock='' status=0
  : >"$begun"
  if [[ -t 2 ]]; then
    show_time 9>&- &
    clock=$!
  fi
  # Compiler servers outlive the build: they must not keep the lock.
  (cd "$root" && unset ArtifactsPath && "$dotnet" "${options[@]}" "$@" >"$artifacts/host.log" 2>&1 9>&-) || status=$?
  if [[ -n $clock ]]; then
    kill "$clock" && wait "$clock" 2>/dev/null || :
    printf '\rbuilt in %d s   \n' "$SECONDS" >&2
  fi
  rm -f "$begun"
  ((status == 0)) && return
  write_stamp "$tried" "$before"
  cat "$artifacts/host.log" >&2
  fail 'the build failed.'
}

compile() {
  requires_sdk
  [[ $root != *[%\;*?]* ]] || fail "MSBuild can't build in $root, since its name holds one of % ; * ?: rename the folder, or clone into another."
  local sources made before known='' all=()
  split_inputs
  before=$sources
  if [[ -f $stamp ]]; then
    IFS= read -r -d '' known <"$stamp" || :
    mv -f "$stamp" "$tried"
  fi
  incremental || all=(--no-incremental)
  run_msbuild ${all[@]+"${all[@]}"}
  list_inputs
  split_inputs
  # The same inputs give outputs of the same sizes: else not only a copy of what was compiled was damaged.
  if [[ ${#all[@]} == 0 && $known == "$before"* && $known != "$before$made" ]]; then
    run_msbuild --no-incremental
    list_inputs
    split_inputs
  fi
  write_stamp "$stamp" "$before$made"
}

# One build at a time, where there is flock; who waited for another's build may find nothing left to do.
build() {
  mkdir -p "$artifacts"
  if type -P flock >/dev/null; then
    exec 9>"$artifacts/host.lock"
    flock 9
    list_inputs
  fi
  is_built || compile
  exec 9>&-
}

# .NET itself sends a terminal two escape sequences, unless that has none.
[[ -z ${NO_COLOR-} ]] || export TERM=dumb
dotnet=
hash dotnet 2>/dev/null || needs_sdk
dotnet=${BASH_CMDS[dotnet]:-$(type -P dotnet)}
list_inputs
is_built || build
export PIPELINE_ROOT=$root
exec "$dotnet" "$host" "$@"
