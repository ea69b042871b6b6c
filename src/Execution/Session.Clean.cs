using System.Globalization;
using Pipeline.Stages.Expand;

namespace Pipeline.Execution;

/// <content>Cleans the cache.</content>
public sealed partial class Session
{
    /// <summary>Removes cache entries, those not used for longest first.</summary>
    /// <param name="keep">Entries used within this time are kept, as far as the size allows.</param>
    /// <param name="maxSize">The size in bytes that the cache may have afterwards; null for any.</param>
    /// <exception cref="PipelineException">The cache is only to be read.</exception>
    public void Clean(TimeSpan keep, long? maxSize)
    {
        if (options.CacheIsReadOnly)
            throw new PipelineException("Clean writes to the cache, which --cache-mode=read forbids: leave that away.");
        foreach (var path in Studies.All(options.Root))
            NoteUsed(path);
        var result = cache.Sweep(keep, maxSize);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"clean: {result.Deleted} entries ({result.DeletedBytes / 1e6:0.0} MB) removed, {result.Kept} ({result.KeptBytes / 1e6:0.0} MB) kept"));
    }

    // An up-to-date report looks at none of the runs that it rests on; what the studies of the project need counts as used all the same.
    private void NoteUsed(string path)
    {
        try
        {
            var graph = Graph(path, StudyOverrides.None, dryRun: true);
            if (graph.Runs.All(run => run.Result is not null))
                graph.ReportFiles();
        }
        catch (Exception e) when (e is StudyException or PipelineException)
        {
            output.WriteLine($"clean: {e.Message}");
        }
    }
}
