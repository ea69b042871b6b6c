namespace Pipeline.Executors.Slurm;

/// <summary>The lock on the jobs of a cache.</summary>
internal static class JobsLock
{
    private const string Name = "lock";
    private const int MostWaits = 600;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    /// <summary>
    /// Keeps other commands on the cache from looking for jobs or submitting some, so that of two that have the same runs one waits for the
    /// other's. Who holds it too long is not waited for, and on a file system without locks nobody is: a run is done twice then, no more.
    /// </summary>
    /// <param name="cache">The cache's folder.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>What gives it back; null where it wasn't had.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IDisposable? Take(string cache, CancellationToken cancellation)
    {
        var jobs = Path.Combine(cache, JobFolder.Jobs);
        Directory.CreateDirectory(jobs);
        for (var waits = 0; waits < MostWaits; waits++)
        {
            try
            {
                return new FileStream(
                    Path.Combine(jobs, Name),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException)
            {
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        return null;
    }
}
