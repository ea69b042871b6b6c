using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Stages.Expand;

namespace Pipeline.Commands;

/// <summary>Cleans the cache.</summary>
public sealed class CleanCommand(Session session)
{
    /// <summary>Removes cache entries, those not used for longest first.</summary>
    /// <param name="keep">Entries used within this time are kept, as far as the size allows.</param>
    /// <param name="maxSize">The size in bytes that the cache may have afterwards; null for any.</param>
    /// <exception cref="PipelineException">The cache is only to be read.</exception>
    public void Run(TimeSpan keep, long? maxSize)
    {
        if (session.Options.CacheIsReadOnly)
            throw new PipelineException("Clean writes to the cache, which --cache-mode=read forbids: leave that away.");
        foreach (var path in Studies.All(session.Options.Root))
            NoteUsed(path);
        var result = session.Cache.Sweep(keep, maxSize);
        session.Output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"clean: {result.Deleted} entries ({result.DeletedBytes / 1e6:0.0} MB) removed, "
                    + $"{result.Kept} ({result.KeptBytes / 1e6:0.0} MB) kept"
            )
        );
    }

    // An up-to-date report looks at none of the runs that it rests on; what the studies of the project need counts as used all the same.
    private void NoteUsed(string path)
    {
        try
        {
            var flow = session.Flow(path, StudyOverrides.None, Mode.Plan);
            if (flow.MissingRuns().Count == 0)
                flow.MakeReport();
        }
        catch (Exception e) when (e is StudyException or PipelineException)
        {
            session.Output.WriteLine($"clean: {e.Message}");
        }
    }
}
