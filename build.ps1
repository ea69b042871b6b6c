#!/usr/bin/env pwsh
#requires -Version 7.3
# Builds what changed, then hands every argument to the build host:  ./build.ps1 --target=Report
# MSBuild starts only when the build's inputs differ in name, size or time from those of the last build that succeeded, or its outputs in name or
# size, and in doubt.
# Does what build.sh does, and in the same order.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$script = Get-Item -LiteralPath $PSCommandPath
$target = $script.ResolveLinkTarget($true)
$root = [IO.Path]::GetDirectoryName(($target ? $target.FullName : $script.FullName))
$artifacts = Join-Path $root 'artifacts'
$outputs = Join-Path $artifacts 'bin' 'Build' 'release'
$hostProgram = Join-Path $outputs 'Pipeline.Build.dll'
$stamp = Join-Path $artifacts 'host.stamp'
$tried = Join-Path $artifacts 'host.tried'
$begun = Join-Path $artifacts 'host.begun'

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

# Sizes and paths of the outputs, which any build may write anew.
function Get-Outputs {
    if (-not (Test-Path -LiteralPath $outputs)) { return '' }
    $files = [IO.DirectoryInfo]::new($outputs).EnumerateFiles('*', [IO.SearchOption]::AllDirectories) | Sort-Object -CaseSensitive FullName
    ($files | ForEach-Object { "`n$($_.Length) $($_.FullName)" }) -join ''
}

function Test-Built([string] $inputs) {
    (Test-Path -LiteralPath $hostProgram) -and (Test-Path -LiteralPath $stamp) -and [IO.File]::ReadAllText($stamp) -ceq $inputs + (Get-Outputs)
}

# The inputs as they were before the build, in a file as old as its end.
function Write-Inputs([string] $path, [string] $inputs) {
    [IO.File]::WriteAllText("$path.$PID", $inputs)
    [IO.File]::Move("$path.$PID", $path, $true)
}

# MSBuild takes a changed file that is older than the last build for an unchanged one, and half a file that it was writing when it was killed for a
# whole one; then everything is compiled. Lock files are read by NuGet, which looks at what they hold, and may be written by the build itself.
function Test-Incremental([string] $inputs) {
    if (Test-Path -LiteralPath $begun) { return $false }
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

function Invoke-MSBuild([string] $inputs, [string[]] $more) {
    $options = @('build', 'build/Build.csproj', '-c', 'Release', '--nologo', '-v', 'quiet', '-tl:off', '-clp:ErrorsOnly') + $more
    $before = $env:ArtifactsPath
    [IO.File]::WriteAllText($begun, '')
    try {
        $env:ArtifactsPath = $null
        $log = & $dotnet @options 2>&1
    }
    finally {
        $env:ArtifactsPath = $before
    }
    [IO.File]::Delete($begun)
    if ($LASTEXITCODE -ne 0) {
        Write-Inputs $tried $inputs
        $log | ForEach-Object { [Console]::Error.WriteLine("$_") }
        Stop-Script 'the build failed.'
    }
}

function Invoke-Build {
    $null = New-Item -ItemType Directory -Force $artifacts
    $lock = Lock-Build
    Push-Location -LiteralPath $root
    try {
        $inputs = Get-Inputs
        if (Test-Built $inputs) { return }
        # Where dotnet doesn't run it may lack no SDK, but a home folder, and then names the variable.
        $words = & $dotnet --version 2>&1
        if ($LASTEXITCODE -ne 0) {
            if ("$words" -match 'DOTNET_CLI_HOME') {
                Stop-Script 'dotnet needs a home folder that it can write to: set HOME, or DOTNET_CLI_HOME, to one.'
            }
            Stop-WithoutSdk
        }
        if (-not [Console]::IsErrorRedirected) { [Console]::Error.WriteLine('building…') }
        if ($root -match '[%;*?]') {
            Stop-Script "MSBuild can't build in $root, since its name holds one of % ; * ?: rename the folder, or clone into another."
        }
        $known = ''
        if (Test-Path -LiteralPath $stamp) {
            $known = [IO.File]::ReadAllText($stamp)
            [IO.File]::Move($stamp, $tried, $true)
        }
        $all = (Test-Incremental $inputs) ? @() : @('--no-incremental')
        Invoke-MSBuild $inputs $all
        # The same inputs give outputs of the same sizes: else not only a copy of what was compiled was damaged.
        if ($all.Count -eq 0 -and $known.StartsWith($inputs, [StringComparison]::Ordinal) -and $known -cne $inputs + (Get-Outputs)) {
            Invoke-MSBuild $inputs @('--no-incremental')
        }
        Write-Inputs $stamp ($inputs + (Get-Outputs))
    }
    finally {
        Pop-Location
        $lock.Dispose()
    }
}

$dotnet = (Get-Command dotnet -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
if (-not $dotnet) { Stop-WithoutSdk }
if (-not (Test-Built (Get-Inputs))) { Invoke-Build }

# PowerShell reads a bare a,b as two values; the host wants it as it was typed. What isn't quoted it takes for names of files, on Linux.
$arguments = foreach ($argument in $args) {
    $value = $argument -is [array] ? $argument -join ',' : "$argument"
    "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value) + "'"
}
$before, $terminal = $env:PIPELINE_ROOT, $env:TERM
try {
    $env:PIPELINE_ROOT = $root
    # .NET itself sends a terminal two escape sequences, unless that has none.
    if ($env:NO_COLOR) { $env:TERM = 'dumb' }
    Invoke-Expression "& `$dotnet `$hostProgram $arguments"
}
finally {
    $env:PIPELINE_ROOT, $env:TERM = $before, $terminal
}
exit $LASTEXITCODE
