using System.Diagnostics;
using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>
/// A copy of build.sh and build.ps1 in a scratch folder with a few build inputs, and a stand-in for <c>dotnet</c> that builds by
/// writing the host's file, runs it by printing its arguments, and notes how it was called.
/// </summary>
internal sealed class ScriptTree : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        tree=${0%/tools/dotnet}
        case $1 in
          --version)
            [[ ! -e $tree/no-home ]] || { echo "No home folder: set 'DOTNET_CLI_HOME'." >&2; exit 1; }
            [[ ! -e $tree/no-sdk ]] ;;
          build)
            echo "$*" >>"$tree/builds"
            [[ ! -e $tree/slow ]] || sleep 0.3
            if [[ -e $tree/broken ]]; then echo 'a.cs(1,1): error CS1002: ; expected'; exit 1; fi
            mkdir -p "$tree/artifacts/bin/Build/release"
            mkdir -p "$tree/obj"
            for room in Build Networks; do
              [[ $* != *--no-incremental && -e $tree/obj/$room ]] || echo "$room" >"$tree/obj/$room"
              cp "$tree/obj/$room" "$tree/artifacts/bin/Build/release/Pipeline.$room.dll"
            done ;;
          *)
            shift
            printf '%s' "$TERM" >"$tree/terminal"
            readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2 >"$tree/streams"
            [[ ! -e /proc/self/fd/9 ]] || echo 'the host holds the lock'
            printf '%s|' "$PWD" "$PIPELINE_ROOT" "$@"
            exit "${HOST_EXIT_CODE:-0}" ;;
        esac
        """;

    private readonly Shell shell;
    private readonly string parent = Directory.CreateTempSubdirectory("build-script").FullName;

    /// <summary>Makes it.</summary>
    /// <param name="shell">What runs which of the scripts.</param>
    /// <param name="name">The name of the folder of the checkout.</param>
    [SupportedOSPlatform("linux")]
    public ScriptTree(Shell shell, string name = "checkout")
    {
        this.shell = shell;
        Root = System.IO.Path.Combine(parent, name);
        foreach (
            var file in (string[])
                [
                    "build/Build.csproj",
                    "build/Task.cs",
                    "src/Room/Code.cs",
                    "src/Room/obj/Made.cs",
                    "Directory.Build.props",
                    ".editorconfig",
                ]
        )
            Write(file, "1");
        Write("global.json", """{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" } }""");
        Write("tools/dotnet", FakeDotnet);
        foreach (var script in (string[])["build.sh", "build.ps1"])
            Write(script, File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, script)));
        foreach (var program in (string[])["tools/dotnet", "build.sh"])
            File.SetUnixFileMode(
                Path(program),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }

    public string Root { get; }

    /// <summary>How often MSBuild was started.</summary>
    public int Builds => Calls.Length;

    /// <summary>The arguments of each start of MSBuild.</summary>
    public string[] Calls => File.Exists(Path("builds")) ? File.ReadAllLines(Path("builds")) : [];

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Writes a file, as one that is surely newer than all others: the clock of a file system may tick in milliseconds.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
        File.SetLastWriteTimeUtc(Path(name), DateTime.UtcNow.AddSeconds(1));
    }

    /// <summary>Writes a program that comes before the system's of its name.</summary>
    [SupportedOSPlatform("linux")]
    public void WriteTool(string name, string text)
    {
        Write($"tools/{name}", "#!/bin/sh\n" + text);
        File.SetUnixFileMode(Path($"tools/{name}"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Writes more to a file, or a new file.</summary>
    public void Append(string name, string text) =>
        Write(name, (File.Exists(Path(name)) ? File.ReadAllText(Path(name)) : "") + text);

    public Task<ScriptOutcome> RunAsync(params string[] arguments) =>
        RunInAsync(Root, $"./{shell.Script}", [], arguments);

    public Task<ScriptOutcome> RunWithAsync(string variable, string value, params string[] arguments) =>
        RunInAsync(Root, $"./{shell.Script}", [new(variable, value)], arguments);

    public async Task<ScriptOutcome> RunInAsync(
        string folder,
        string script,
        KeyValuePair<string, string>[] variables,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(shell.Program, [.. shell.Options, script, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in (string[])["CI", "FROSTING_SOURCE", "Torch", "PIPELINE_ROOT"])
            start.Environment.Remove(inherited);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["PATH"] = $"{Path("tools")}:{start.Environment["PATH"]}";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);
}

internal sealed record ScriptOutcome(int ExitCode, string Output, string Error);
