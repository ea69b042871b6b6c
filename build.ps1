#!/usr/bin/env pwsh
#requires -Version 7.3
# Builds what changed, then hands every argument to the build host:  ./build.ps1 --target=Report
# MSBuild starts only when the build's inputs differ in name, size or time from those of the last build that succeeded, and in doubt.
# Does what build.sh does, and in the same order.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'
$hostProgram = Join-Path $artifacts 'bin' 'Build' 'release' 'Pipeline.Build.dll'
$stamp = Join-Path $artifacts 'host.stamp'
$tried = Join-Path $artifacts 'host.tried'

function Stop-Script([string] $message) {
    [Console]::Error.WriteLine("build.ps1: $message")
    exit 1
}

function Stop-WithoutSdk {
    $version = (Get-Content -Raw (Join-Path $root 'global.json') | ConvertFrom-Json).sdk.version
    $band = $version -replace '^(\d+\.\d+).*', '$1'
    Stop-Script "the .NET SDK $version or a later $band is needed, with dotnet on PATH: https://dotnet.microsoft.com/download"
}

# One line per input, after one with the environment variables that change what is built.
function Get-Inputs {
    $everything = [IO.EnumerationOptions]@{ RecurseSubdirectories = $true; AttributesToSkip = 0 }
    $files = @([IO.FileInfo]::new($dotnet))
    foreach ($folder in 'build', 'src') {
        $files += @([IO.DirectoryInfo]::new((Join-Path $root $folder)).EnumerateFiles('*', $everything)) |
            Where-Object { $_.FullName.Substring($root.Length) -notmatch '[\\/](bin|obj)[\\/]' }
    }
    $files += @([IO.DirectoryInfo]::new($root).EnumerateFiles()) |
        Where-Object { $_.Name -match '^(build\..*|Directory\..*|global\.json|\.editorconfig|nuget\.config)$' }
    $lines = $files | ForEach-Object { "$($_.LastWriteTimeUtc.Ticks) $($_.Length) $($_.FullName)" }
    (@("FROSTING_SOURCE=$env:FROSTING_SOURCE Torch=$env:Torch CI=$env:CI") + $lines) -join "`n"
}

function Test-Built([string] $inputs) {
    (Test-Path -LiteralPath $hostProgram) -and (Test-Path -LiteralPath $stamp) -and [IO.File]::ReadAllText($stamp) -ceq $inputs
}

# The inputs as they were before the build, in a file as old as its end.
function Write-Inputs([string] $path, [string] $inputs) {
    [IO.File]::WriteAllText("$path.$PID", $inputs)
    [IO.File]::Move("$path.$PID", $path, $true)
}

# MSBuild takes a changed file that is older than the last build for an unchanged one; then everything is compiled. Lock files are read by NuGet,
# which looks at what they hold, and may be written by the build itself.
function Test-Incremental([string] $inputs) {
    if (-not (Test-Path -LiteralPath $tried)) { return $true }
    $end = [IO.File]::GetLastWriteTimeUtc($tried).Ticks
    $known = [Collections.Generic.HashSet[string]]::new([string[]][IO.File]::ReadAllText($tried).Split("`n"))
    foreach ($line in $inputs.Split("`n")) {
        if (-not $known.Contains($line) -and $line -match '^(\d+) \d+ (.*)$' -and $Matches[2] -notlike '*packages*.lock.json' -and [long]$Matches[1] -le $end) {
            return $false
        }
    }
    return $true
}

# The lock is a file that one process has open: the others wait.
function Lock-Build {
    while ($true) {
        try { return [IO.File]::Open((Join-Path $artifacts 'host.lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 100 }
    }
}

function Invoke-Build {
    $null = New-Item -ItemType Directory -Force $artifacts
    $lock = Lock-Build
    Push-Location -LiteralPath $root
    try {
        $inputs = Get-Inputs
        if (Test-Built $inputs) { return }
        & $dotnet --version *> $null
        if ($LASTEXITCODE -ne 0) { Stop-WithoutSdk }
        if (-not [Console]::IsErrorRedirected) { [Console]::Error.WriteLine('building…') }
        if (Test-Path -LiteralPath $stamp) { [IO.File]::Move($stamp, $tried, $true) }
        $options = @('build', 'build/Build.csproj', '-c', 'Release', '--artifacts-path', $artifacts, '--nologo', '-v', 'quiet', '-tl:off', '-clp:ErrorsOnly')
        if (-not (Test-Incremental $inputs)) { $options += '--no-incremental' }
        $log = & $dotnet @options 2>&1
        if ($LASTEXITCODE -ne 0) {
            Write-Inputs $tried $inputs
            $log | ForEach-Object { [Console]::Error.WriteLine("$_") }
            Stop-Script 'the build failed.'
        }
        Write-Inputs $stamp $inputs
    }
    finally {
        Pop-Location
        $lock.Dispose()
    }
}

$dotnet = (Get-Command dotnet -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
if (-not $dotnet) { Stop-WithoutSdk }
if (-not (Test-Built (Get-Inputs))) { Invoke-Build }

# PowerShell reads a bare a,b as two values; the host wants it as it was typed.
$arguments = @(foreach ($argument in $args) { $argument -is [array] ? $argument -join ',' : "$argument" })
$before = $env:PIPELINE_ROOT
try {
    $env:PIPELINE_ROOT = $root
    & $dotnet $hostProgram @arguments
}
finally {
    $env:PIPELINE_ROOT = $before
}
exit $LASTEXITCODE
