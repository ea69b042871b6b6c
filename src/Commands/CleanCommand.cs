using System.Globalization;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Flow;
using Pipeline.Progress;
using Pipeline.Stages.Expand;

namespace Pipeline.Commands;

/// <summary>Cleans the cache.</summary>
public sealed class CleanCommand(Session session)
{
    /// <summary>Removes cache entries, those not used for longest first, but none that the project's studies need, or the results of
    /// another clone that used the cache.</summary>
    /// <param name="keep">Entries used within this time are kept, as far as the size allows.</param>
    /// <param name="maxSize">The size in bytes that the cache may have afterwards; null for any.</param>
    /// <param name="isCheck">Whether to tell only what would be removed.</param>
    /// <exception cref="PipelineException">The cache is only to be read, or the folder is none.</exception>
    public void Run(TimeSpan keep, long? maxSize, bool isCheck)
    {
        if (session.Options.CacheIsReadOnly)
            throw new PipelineException("Clean writes to the cache, which --cache-mode=read forbids: leave that away.");
        if (!session.Cache.IsCache)
            throw new PipelineException(
                $"{session.Options.Cache} holds other things and was never a cache, so nothing is removed there: "
                    + "name the cache with --cache=<folder>."
            );
        session.Cache.StayLocal();
        session.Cache.KeepWhatIsUsed();
        var unknown = Studies.All(session.Options.Root).Select(Use).OfType<string>().ToList();
        if (unknown.Count > 0)
            RequireCheck(unknown, isCheck);
        KeepForClones(isCheck);
        var result = session.Cache.Sweep(keep, maxSize, isCheck ? Tell : null);
        session.Output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"clean: {Entries(result.Deleted)} ({Size(result.DeletedBytes)}) {(isCheck ? "would be " : "")}removed, "
                    + $"{result.Kept} ({Size(result.KeptBytes)}) kept"
            )
        );
        if (result.FirstUndeleted is { } undeleted)
        {
            var told =
                $"{Entries(result.Undeleted)} can't be removed, in use, another user's or read-only as they are; the first is {undeleted}";
            if (result.Deleted == 0)
                throw new PipelineException($"{told}: mend the permissions.");
            session.Output.WriteLine($"clean: {told}");
        }
        if (result.KeptBytes > maxSize)
            session.Output.WriteLine("clean: what the project's studies need is larger than --max-size, and is kept");
    }

    // What such studies need would go: the work of hours, for want of a comma.
    private void RequireCheck(List<string> unknown, bool isCheck)
    {
        if (!isCheck)
            throw new PipelineException(
                $"Nothing was removed, since what {(unknown.Count == 1 ? "a study needs" : $"{unknown.Count} studies need")} is not known: {unknown[0]} Mend it, or name the folder of its data with --data."
            );
        foreach (var sentence in unknown)
            session.Output.WriteLine($"clean: {sentence} What that study needs is not known.");
    }

    private static string Entries(int count) => count == 1 ? "1 entry" : $"{count} entries";

    // As --max-size counts: a megabyte has 1,048,576 bytes.
    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MB");

    private void Tell(FileInfo entry) =>
        session.Output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {entry.FullName} ({Counted.Of(entry.Length, "byte")}, last used {entry.LastWriteTimeUtc:yyyy-MM-dd})"
            )
        );

    // What the results of every clone rest on that used this cache, as long as it is there.
    private void KeepForClones(bool isCheck)
    {
        foreach (var key in session.Cache.Clones()?.Needed(file => Forget(file, isCheck)) ?? [])
        {
            if (
                session.Cache.Keep(key)?.Outputs.GetValueOrDefault(Finished.NeedsOutput) is not { } needs
                || session.Cache.TryRead(needs.Digest) is not { } lines
            )
                continue;
            foreach (var line in Encoding.ASCII.GetString(lines).Split('\n').Where(Digest.IsWellFormed))
                session.Cache.Keep(line);
        }
    }

    // Without its data it can't be told what a study needs: then all that it had last stays.
    private void KeepLast(string study, StudyHistory history)
    {
        var kept = history.Saved.Count(key => session.Cache.Keep(key) is not null);
        if (kept > 0)
            session.Output.WriteLine(
                $"clean: data of {study} are not at hand, so that {Entries(kept)} that it had last are kept"
            );
    }

    private static void Forget(FileInfo record, bool isCheck)
    {
        try
        {
            if (!isCheck)
                record.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's: it stays for who made it.
        }
    }

    // An up-to-date report looks at none of the runs that it rests on; so all that the studies of the project need is looked up here. Null,
    // or why it isn't known.
    private string? Use(string path)
    {
        try
        {
            var flow = session.Flow(path, StudyOverrides.None, Mode.Plan);
            var missing = flow.MissingRuns();
            foreach (var key in missing.Select(run => run.Key).OfType<StageKey>())
                session.Cache.KeepCheckpoint(key.Digest);
            flow.MakeReport();
            flow.LookForFinished();
            var history = session.Cache.History(flow.Plan.Study);
            if (missing.Any(run => run.Data is null))
                KeepLast(flow.Plan.Study, history);
            return null;
        }
        catch (Exception e) when (e is StudyException or PipelineException)
        {
            return e.Message;
        }
    }
}
