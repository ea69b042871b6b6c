using System.Text;
using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>A run that threw. Nothing is stored of it; what is known of it stands in a file of its own.</summary>
/// <param name="Sentence">Which run, why, and where its log is: one line.</param>
/// <param name="Why">Why, which it may have in common with others.</param>
internal sealed record FailedRun(string Sentence, string Why)
{
    private const int MostTold = 20;

    /// <summary>Writes the log of a run that failed.</summary>
    /// <param name="study">Its study.</param>
    /// <param name="run">The run.</param>
    /// <param name="error">What it threw.</param>
    /// <param name="options">Where the project's folder is.</param>
    public static FailedRun Note(string study, StudyRun run, Exception error, PipelineOptions options)
    {
        var why = error.Message.ReplaceLineEndings(" ");
        var what = $"run {run.Run.Id} of {study} ({run.Stage.Slot}): {why}";
        var path = LogOf(study, run, options);
        var text = $"""
            {what}

            Nothing is stored of this run: the same command tries it again, and trains no other run twice. If the message doesn't tell what to change,
            and it fails with --jobs=1 and with --cache=<a new folder> too, report it with this file; exclude: in a study leaves its cell out.

            parameters
            {string.Join('\n', run.Run.Spec.Keys.Select(key => $"  {key}: {run.Run.Spec[key]}"))}

            exception
            {error}

            """;
        try
        {
            StagedFiles.Replace(path, Encoding.UTF8.GetBytes(text));
            return new($"{what} (log: {Studies.Shown(options.Root, path)})", why);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"{what} (its log can't be written: {e.Message})", why);
        }
    }

    /// <summary>Removes the log of a run that failed before and ended now.</summary>
    public static void Forget(string study, StudyRun run, PipelineOptions options)
    {
        try
        {
            if (LogOf(study, run, options) is var path && File.Exists(path))
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, older than the run's result.
        }
    }

    /// <summary>What to tell when runs have failed: a line for each reason, some of many.</summary>
    /// <param name="runs">The number of all runs.</param>
    /// <param name="failed">Those that failed, one at least.</param>
    public static string Told(int runs, IReadOnlyList<FailedRun> failed)
    {
        string[] lines =
        [
            .. failed
                .GroupBy(run => run.Why, StringComparer.Ordinal)
                .Select(same => same.First().Sentence + (same.Count() > 1 ? $"; so did {same.Count() - 1} more" : "")),
        ];
        return $"{failed.Count} of {runs} runs failed:"
            + (
                lines is [var only]
                    ? $" {only}"
                    : string.Concat(lines.Take(MostTold).Select(line => $"\n  {line}"))
                        + (lines.Length > MostTold ? $"\n  … {lines.Length - MostTold} more reasons" : "")
            );
    }

    private static string LogOf(string study, StudyRun run, PipelineOptions options) =>
        Path.Combine(options.Root, "artifacts", "logs", study, run.Run.Id + ".log");
}
