#!/usr/bin/env bash
# Builds what changed, then hands every argument to the build host:  ./build.sh --target=Report
# MSBuild starts only when the build's inputs differ in name, size or time from those of the last build that succeeded, and in doubt.
set -euo pipefail
shopt -s nullglob

# Up to the start of the host this forks once only: a fork costs as much as reading the times of all inputs.
script=${BASH_SOURCE[0]}
[[ $script == */* ]] || script=./$script
CDPATH='' cd -P -- "${script%/*}"
root=$PWD
cd -- "$OLDPWD"
artifacts=$root/artifacts
host=$artifacts/bin/Build/release/Pipeline.Build.dll
stamp=$artifacts/host.stamp
tried=$artifacts/host.tried

fail() {
  printf 'build.sh: %s\n' "$1" >&2
  exit 1
}

needs_sdk() {
  local version
  version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  fail "the .NET SDK $version or a later $(cut -d. -f1,2 <<<"$version") is needed, with dotnet on PATH: https://dotnet.microsoft.com/download"
}

# Sets inputs to one line per input, after one with the environment variables that change what is built; to nothing where find has no -printf.
list_inputs() {
  inputs=$(print_inputs) || inputs=
}

print_inputs() {
  printf 'FROSTING_SOURCE=%s Torch=%s CI=%s\n' "${FROSTING_SOURCE-}" "${Torch-}" "${CI-}"
  exec find -H "$dotnet" "$root"/{build,src} "$root"/build.* "$root"/Directory.* "$root"/global.json "$root"/.editorconfig "$root"/[Nn]u[Gg]et.[Cc]onfig \
    \( -name bin -o -name obj \) -prune -o ! -type d -printf '%T@ %s %p\n' 2>/dev/null
}

is_built() {
  local known
  [[ -n $inputs && -f $host && -f $stamp ]] || return 1
  IFS= read -r -d '' known <"$stamp" || :
  [[ $known == "$inputs"$'\n' ]]
}

# The inputs as they were before the build, in a file as old as its end.
write_inputs() {
  [[ -z $inputs ]] || { printf '%s\n' "$inputs" >"$1.$$" && mv -f "$1.$$" "$1"; }
}

# MSBuild takes a changed file that is older than the last build for an unchanged one; then everything is compiled. Lock files are read by NuGet,
# which looks at what they hold, and may be written by the build itself.
incremental() {
  local path
  [[ -f $tried && -n $inputs ]] || return 0
  while read -r _ _ path; do
    [[ ! -e $path || $path == */packages*.lock.json || $path -nt $tried ]] || return 1
  done < <(grep -Fxv -f "$tried" <<<"$inputs")
}

compile() {
  (cd "$root" && "$dotnet" --version) >/dev/null 2>&1 || needs_sdk
  [[ ! -t 2 ]] || echo 'building…' >&2
  [[ ! -f $stamp ]] || mv -f "$stamp" "$tried"
  local options=(build build/Build.csproj -c Release --artifacts-path "$artifacts" --nologo -v quiet -tl:off -clp:ErrorsOnly)
  incremental || options+=(--no-incremental)
  # Compiler servers outlive the build: they must not keep the lock.
  if ! (cd "$root" && "$dotnet" "${options[@]}" >"$artifacts/host.log" 2>&1 9>&-); then
    write_inputs "$tried"
    cat "$artifacts/host.log" >&2
    fail 'the build failed.'
  fi
  write_inputs "$stamp"
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

dotnet=
hash dotnet 2>/dev/null || needs_sdk
dotnet=${BASH_CMDS[dotnet]:-$(type -P dotnet)}
list_inputs
is_built || build
export PIPELINE_ROOT=$root
exec "$dotnet" "$host" "$@"
