#!/usr/bin/env bash
# Compares the backend torch with the managed one on a machine that has a GPU, and neither the .NET SDK nor a package source:
#   tests/Gpu/check.sh --pack=FOLDER [--with-libtorch]         where there are both: makes the folder to carry there
#   FOLDER/check.sh [--device=cuda|cuda:N|cpu] [--libtorch=DIR]   there
# Its last line is the count of the checks; it ends with 0 only if there were any and all passed.
set -euo pipefail
here=$(CDPATH='' cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
workers=4

fail() {
  printf 'check.sh: %s\n' "$1" >&2
  exit 1
}

pack() {
  local folder=$1 root=$here/../.. dotnet version project packages
  [[ -f $root/Pipeline.sln ]] || fail 'only the script in the sources can pack.'
  [[ -z $(ls -A "$folder" 2>/dev/null) ]] || fail "$folder is not empty: name a new folder."
  dotnet=$(type -P dotnet) || fail 'the .NET SDK is needed to pack, with dotnet on PATH.'
  dotnet=$(dirname "$(readlink -f "$dotnet")")
  version=$(sed -n 's/.*"libtorch-cpu-linux-x64" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")
  mkdir -p "$folder"

  # The command is built as ever; the worker and the tests find libtorch where they run.
  local built=$root/artifacts/torch-system
  "$dotnet/dotnet" build "$root/build/Build.csproj" -c Release --artifacts-path "$built" --nologo -v quiet -tl:off
  for project in src/Executors/Worker/Worker.csproj tests/Train.Torch.Tests/Train.Torch.Tests.csproj; do
    "$dotnet/dotnet" build "$root/$project" -c Release -p:Torch=system --artifacts-path "$built" --nologo -v quiet -tl:off
  done
  cp -R "$built/bin/Build/release" "$folder/command"
  cp -R "$built/bin/Worker/release" "$folder/worker"
  cp -R "$built/bin/Train.Torch.Tests/release" "$folder/tests"
  rm -rf "$folder"/*/runtimes/{win,osx}*

  mkdir -p "$folder/dotnet/shared" "$folder/results"
  cp -R "$dotnet"/{dotnet,host} "$folder/dotnet/"
  cp -R "$dotnet/shared/Microsoft.NETCore.App" "$folder/dotnet/shared/"
  cp -R "$root/experiments" "$folder/"
  cp -R "$root"/results/{weight-scale,zig-zag} "$folder/results/"
  sed 's|\.\./\.\./experiments/||' "$here/timing.yaml" >"$folder/experiments/timing.yaml"
  cp "$here/check.sh" "$folder/"
  printf '%s\n' "$version" >"$folder/libtorch.version"

  # Laid out as PyTorch's own archive is.
  if [[ -n $with_libtorch ]]; then
    "$dotnet/dotnet" restore "$root/src/Stages/Train.Torch/Train.Torch.csproj" -p:Torch=cpu --artifacts-path "$built" -v quiet -tl:off
    packages=$("$dotnet/dotnet" nuget locals global-packages --list)
    mkdir -p "$folder/libtorch"
    cp -R "${packages#*: }/libtorch-cpu-linux-x64/$version/runtimes/linux-x64/native" "$folder/libtorch/lib"
    printf '%s\n' "$version" >"$folder/libtorch/build-version"
  fi
  du -sh "$folder"
}

# Sets libtorch to the folder of its libraries, and version to its version; libtorch comes from the command line, the folder of this script, or Python.
find_libtorch() {
  local found=$libtorch needed
  if [[ -z $found && -d $here/libtorch ]]; then
    found=$here/libtorch
  elif [[ -z $found ]]; then
    found=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null) ||
      fail 'there is no libtorch: none was packed, and python3 can import no torch; name the folder of its libraries by --libtorch=DIR.'
  fi
  [[ ! -d $found/lib ]] || found=$found/lib
  [[ -f $found/libtorch_cpu.so ]] || fail "$found holds no libtorch_cpu.so: name the folder of libtorch's libraries by --libtorch=DIR."
  libtorch=$(readlink -f "$found")

  # PyTorch's archive says its version in build-version, the Python package in version.py.
  version=$(cat "$libtorch/../build-version" 2>/dev/null || sed -n "s/^__version__ = '\(.*\)'/\1/p" "$libtorch/../version.py" 2>/dev/null || true)
  needed=$(cut -d. -f1,2 "$here/libtorch.version")
  [[ -n $version ]] || fail "the version of the libtorch in $libtorch can't be told: beside it stands neither build-version nor version.py."
  [[ $version == "$needed".* ]] || fail "the libtorch in $libtorch is $version, and TorchSharp's native library is made for $needed alone: name another by --libtorch=DIR."
}

# A folder that the command takes for the project's, with the worker built.
lay_out() {
  local kind=${device%%:*}
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/artifacts/torch-$kind/bin/Worker"
  ln -s "$here/worker" "$work/artifacts/torch-$kind/bin/Worker/release"
  ln -s "$here/experiments" "$here/results" "$work/"
  echo packed | tee "$work/artifacts/host.stamp" >"$work/artifacts/torch-$kind/build.stamp"
  printf 'exec "%s" "%s" "$@"\n' "$here/dotnet/dotnet" "$here/command/Pipeline.Build.dll" >"$work/build.sh"
  export PIPELINE_ROOT=$work PIPELINE_TORCH_DEVICE=$device PIPELINE_REQUIRE_TORCH=1 LD_LIBRARY_PATH=$libtorch${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}

name_of_device() {
  if [[ $device == cpu ]]; then
    sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1
  else
    local number=${device#cuda}
    number=${number#:}
    nvidia-smi --query-gpu=name,driver_version --format=csv,noheader --id="${number:-0}"
  fi
}

# time_runs TITLE ARGUMENTS…: trains the networks of timing.yaml and prints how many a second it were.
time_runs() {
  local title=$1 begin=$EPOCHREALTIME log=$work/timing.log
  shift
  bash "$work/build.sh" --target=Train --experiment=timing --cache="$(mktemp -d -p "$work")" "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
  awk -v title="$title" -v begin="$begin" -v end="$EPOCHREALTIME" '
    /^train: / { runs = $2 } END { printf "  %-28s %d runs in %.1f s, %.2f a second\n", title, runs, end - begin, runs / (end - begin) }' "$log"
}

check() {
  local status=0
  [[ -f $here/libtorch.version ]] || fail 'this folder is not packed: run check.sh --pack=FOLDER where the .NET SDK is, and FOLDER/check.sh where the GPU is.'
  find_libtorch
  echo "libtorch $version in $libtorch"
  lay_out
  "$here/dotnet/dotnet" "$here/tests/Pipeline.Train.Torch.Tests.dll" | tee "$work/table" | sed '$d' || status=$?
  local count
  count=$(tail -n 1 "$work/table")
  # A device that can't be used has been told with its reason.
  [[ -s $work/table || $status != 1 ]] || exit 1
  [[ $count == *' passed, '*' failed'* ]] || fail "the checks did not run to their end (exit code $status)."
  echo "device: $(name_of_device); libtorch $version"
  echo 'convolutional networks, with the start of the workers:'
  time_runs 'managed, one at a time' --backend=managed --jobs=1 || status=1
  time_runs 'torch, one worker' --backend=torch --device="$device" --jobs=1 || status=1
  time_runs "torch, $workers workers" --backend=torch --device="$device" --jobs=$workers || status=1
  echo "gpu check: $count"
  return "$status"
}

device=cuda libtorch='' folder='' with_libtorch=''
for argument; do
  case $argument in
    --pack=?*) folder=${argument#*=} ;;
    --with-libtorch) with_libtorch=1 ;;
    --device=cpu | --device=cuda | --device=cuda:[0-9]*) device=${argument#*=} ;;
    --libtorch=?*) libtorch=${argument#*=} ;;
    *) fail "$argument is not possible; give --pack=FOLDER [--with-libtorch] to pack, or [--device=cuda|cuda:N|cpu] [--libtorch=DIR] to check." ;;
  esac
done
if [[ -n $folder ]]; then
  pack "$folder"
else
  check
fi
