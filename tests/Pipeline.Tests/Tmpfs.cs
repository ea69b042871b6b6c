using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Tests;

/// <summary>A small file system in memory, mounted on a folder until it is disposed of.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string folder;

    public Tmpfs(string folder, long bytes)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        var size = bytes.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder));
    }

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsPossible { get; } = Try();

    /// <summary>Changes an option.</summary>
    public void Remount(string option) => Assert.Equal(0, Run("mount", "-o", $"remount,{option}", folder));

    /// <summary>Changes an option that must wait until no file is being written.</summary>
    public void RemountWhenIdle(string option)
    {
        for (var attempt = 0; attempt < 10_000; attempt++)
        {
            if (Run("mount", "-o", $"remount,{option}", folder) == 0)
                return;
        }
        Assert.Fail("a file was open for writing all the time");
    }

    public void Dispose() => Run("umount", "--lazy", folder);

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return false;
        var folder = Directory.CreateTempSubdirectory("tmpfs-").FullName;
        try
        {
            return Run("mount", "-t", "tmpfs", "tmpfs", folder) == 0;
        }
        finally
        {
            Run("umount", "--lazy", folder);
            Directory.Delete(folder);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that mounts a file system, as root on Linux. Elsewhere it says so and is skipped, but in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmpfsTheoryAttribute : TheoryAttribute
{
    public TmpfsTheoryAttribute()
    {
        if (!Tmpfs.IsPossible && Environment.GetEnvironmentVariable("CI") is null or "")
            Skip = "only root on Linux may mount a file system of a size of its own.";
    }
}
