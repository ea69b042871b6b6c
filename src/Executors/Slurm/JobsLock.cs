using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>
/// Keeps other commands on a cache from looking for jobs or submitting some, so that of two that have the same runs one waits for the
/// other's. On a file system without locks nobody waits: a run is done twice then, no more.
/// </summary>
internal static class JobsLock
{
    private const string Name = "lock";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Waits until no other command has it.</summary>
    /// <param name="cache">The cache's folder.</param>
    /// <param name="tell">Takes a sentence where that takes a while.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <param name="silence">How long it may take before that is told; null for what suits a user.</param>
    /// <returns>What gives it back.</returns>
    /// <exception cref="PipelineException">The folder can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IDisposable Take(
        string cache,
        Action<string> tell,
        CancellationToken cancellation,
        TimeSpan? silence = null
    )
    {
        var jobs = Path.Combine(cache, JobFolder.Jobs);
        var begun = Stopwatch.GetTimestamp();
        var isTold = false;
        while (true)
        {
            try
            {
                Directory.CreateDirectory(jobs);
                var path = Path.Combine(jobs, Name);
                var file = new FileStream(
                    path,
                    // Linux may refuse to make, in such a folder, what is there and another's.
                    File.Exists(path)
                        ? FileMode.Open
                        : FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
                Open(jobs);
                return file;
            }
            catch (IOException e) when (FileLock.IsHeld(e))
            {
                if (!isTold && Stopwatch.GetElapsedTime(begun) >= (silence ?? Silence))
                {
                    tell("slurm: waiting for another command, which is submitting jobs");
                    isTold = true;
                }
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PipelineException(
                    $"Jobs can't be written to {jobs} ({e.Message.TrimEnd('.')}): mend that, or choose another folder with --cache.",
                    e
                );
            }
        }
    }

    // Who may write to the folder takes the lock too, and makes folders beside others', but removes none but the own.
    private static void Open(string jobs)
    {
        const UnixFileMode Shared =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            var mode = File.GetUnixFileMode(jobs);
            if (!mode.HasFlag(UnixFileMode.GroupWrite) && !mode.HasFlag(UnixFileMode.OtherWrite))
                return;
            File.SetUnixFileMode(jobs, mode | UnixFileMode.StickyBit);
            File.SetUnixFileMode(
                Path.Combine(jobs, Name),
                (mode & Shared) | UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user made them.
        }
    }
}
