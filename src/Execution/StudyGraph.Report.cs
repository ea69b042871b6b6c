using System.Globalization;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Aggregate;
using Pipeline.Stages.Report;

namespace Pipeline.Execution;

/// <content>Tables and reports, and the shortcut for a study of which everything is done.</content>
internal sealed partial class StudyGraph
{
    private const string CountsOutput = "counts";
    private const string PageOutput = "page";
    private const string FilePrefix = "file:";

    private string? planDigest;
    private string? tables;
    private FinishedStudy? finished;
    private byte[]? pagePart;

    /// <summary>The folder of the study's report.</summary>
    public string ResultsFolder => Path.Combine(ResultsRoot, plan.Study);

    /// <summary>The folder of all reports: <c>results/</c> holds whole studies only.</summary>
    public string ResultsRoot => options.Results
        ?? Path.Combine(options.Root, plan.Partial ? Path.Combine("artifacts", "results") : "results");

    /// <summary>The study's part of the page of all studies; known once the report is.</summary>
    public byte[] PagePart => pagePart ?? throw new InvalidOperationException($"The report of {plan.Study} is not made yet.");

    private string PlanDigest => planDigest ??= Digest.Of(ArtifactEncoding.Encode(plan));

    /// <summary>Digests of plan, data and code: what the report's manifest says that it was made from.</summary>
    public SortedDictionary<string, string> Provenance() => Provenance(StudyOperations.DataSets(plan));

    /// <summary>As <see cref="Provenance()"/>, without the data sets that are not here and, in a dry run, those not read yet.</summary>
    public SortedDictionary<string, string> KnownProvenance() =>
        Provenance(StudyOperations.DataSets(plan).Where(name => library.Find(name).TryLocate() is not null));

    /// <summary>Looks whether the whole study is done already; then none of its stages needs a look of its own.</summary>
    public void LookForFinished()
    {
        if (stages.TryFiles(StudyKey()) is not { } outputs)
            return;
        int[] counts = [.. Encoding.UTF8.GetString(outputs[CountsOutput]).Split(' ').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
        finished = new(counts[0], counts[1], Files(outputs));
    }

    /// <summary>Makes the tables; null in a dry run that didn't.</summary>
    public string? Aggregate()
    {
        const string slot = "aggregate";
        if (finished is not null || tables is not null)
            return tables;
        if (Runs.Any(run => run.Digest is null))
        {
            if (stages.IsDryRun)
                return stages.Postpone(slot, "runs are still to do");
            throw new PipelineException($"Runs of {plan.Study} are not trained yet: leave --exclusive away, or run --target=Train first.");
        }
        var key = new StageKey(
            slot,
            Parameters.Empty,
            KeyPart.Of([new("plan", Digest.Of(ArtifactEncoding.Encode(Grown))), new("runs", RunsDigest())]),
            code.Aggregate);
        return tables = stages.Ensure(slot, key, Forced(Goal.Aggregate), target => target.Write(ArtifactEncoding.Encode(Aggregator.Aggregate(Grown, [.. Runs.Select(run => run.Result!)]))));
    }

    /// <summary>Makes the report's files; null in a dry run that didn't.</summary>
    public IReadOnlyDictionary<string, byte[]>? ReportFiles()
    {
        const string slot = "report";
        if (finished is not null)
            return finished.Files;
        var (input, pictures) = (Aggregate(), Previews());
        if (input is null || pictures is null)
        {
            stages.Postpone(slot, input is null ? "its tables are still to be made" : "its pictures are still to be made");
            return null;
        }
        var provenance = Provenance();
        var key = new StageKey(
            slot,
            Parameters.Empty,
            KeyPart.Of([new("previews", string.Join(' ', pictures)), new("provenance", Digest.Of(KeyPart.Of(provenance).Json)), new("runs", RunsDigest()), new("tables", input)]),
            code.Report);
        var outputs = stages.EnsureFiles(slot, key, Forced(Goal.Report), () =>
        {
            var decoded = ArtifactEncoding.DecodeStudyTables(stages.Read(input));
            var previews = pictures.Select(digest => ArtifactEncoding.DecodeDataPreview(stages.Read(digest))).ToList();
            return new Dictionary<string, byte[]>(Reporter.Render(decoded, previews, provenance), StringComparer.Ordinal)
            {
                [PageOutput] = HtmlReport.Study(decoded, [.. Runs.Select(run => run.Result!.Curves)], previews),
            };
        });
        return outputs is null ? null : Files(outputs);
    }

    /// <summary>Writes the report to its folder, where it isn't there already; then remembers that the study is done.</summary>
    /// <returns>The names of the files that were written or removed.</returns>
    public IReadOnlyList<string> Report()
    {
        var files = ReportFiles() ?? throw new InvalidOperationException("A report can't be written in a dry run.");
        var changed = Execution.ResultsFolder.Install(ResultsFolder, files, FormerFiles());
        if (finished is null)
        {
            var diverged = Runs.Count(run => run.Result!.Outcome == RunOutcome.Diverged);
            var outputs = new Dictionary<string, byte[]>(files, StringComparer.Ordinal)
            {
                [CountsOutput] = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Runs.Count} {diverged}")),
                [PageOutput] = PagePart,
            };
            stages.Store("study", StudyKey(), outputs);
            stages.SaveHistory();
        }
        return changed;
    }

    // What stands in the study's folder; its part of the page is kept aside.
    private Dictionary<string, byte[]> Files(IReadOnlyDictionary<string, byte[]> outputs)
    {
        pagePart = outputs[PageOutput];
        return outputs.Where(output => output.Key is not (CountsOutput or PageOutput)).ToDictionary(StringComparer.Ordinal);
    }

    private string RunsDigest() => Digest.Of(string.Join('\n', Runs.Select(run => run.Digest)));

    private StageKey StudyKey() => new("study", Parameters.Empty, KeyPart.Of(Provenance()), KeyPart.Empty);

    private SortedDictionary<string, string> Provenance(IEnumerable<string> dataSetNames)
    {
        var provenance = new SortedDictionary<string, string>(StringComparer.Ordinal) { [PlanEntry] = PlanDigest };
        foreach (var name in dataSetNames)
        {
            if (DataSet(name) is { } digest)
                provenance[$"data:{name}"] = digest;
        }
        foreach (var (component, value) in code.All(StudyOperations.Preprocess(plan, library), StudyOperations.Train(plan)).Entries)
            provenance[$"code:{component}"] = value;
        return provenance;
    }

    // What an earlier report wrote stands in its manifest; a damaged one is simply replaced.
    private IEnumerable<string> FormerFiles()
    {
        var path = Path.Combine(ResultsFolder, Stages.Report.Manifest.FileName);
        if (!File.Exists(path))
            return [];
        try
        {
            return [.. Stages.Report.Manifest.Read(File.ReadAllBytes(path)).Keys.Where(key => key.StartsWith(FilePrefix, StringComparison.Ordinal)).Select(key => Path.GetFileName(key[FilePrefix.Length..]))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private sealed record FinishedStudy(int Runs, int Diverged, IReadOnlyDictionary<string, byte[]> Files);
}
