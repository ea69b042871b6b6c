using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Execution;

/// <summary>
/// The stages of one study and what flows between them: data set → prepared data → runs → tables → report. Each node's key is made of
/// the digests of its inputs, so it is known only once those are; in a dry run a node whose input is still to do is to do as well.
/// </summary>
internal sealed partial class StudyGraph(Plan plan, StageRunner stages, StageCode code, DataSetLibrary library, PipelineOptions options, TextWriter output, CancellationToken cancellation)
{
    private readonly Dictionary<string, string?> dataSets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> prepared = new(StringComparer.Ordinal);

    /// <summary>The study, spelled out.</summary>
    public Plan Plan => plan;

    private bool Forced(Goal goal) => options.Force && options.Goal == goal;

    /// <summary>The digest of the prepared data of a run, or null in a dry run that didn't prepare them.</summary>
    private string? Prepared(Parameters spec)
    {
        var parameters = spec.Where(Preprocessor.Reads);
        var slot = $"prepare {spec.Text("dataset")} {string.Join(' ', parameters.Keys.Select(key => $"{key}={parameters[key]}"))}";
        return Once(prepared, slot, () =>
        {
            if (DataSet(spec.Text("dataset")) is not { } data)
                return stages.Postpone(slot, "its data set is still to be read");
            var key = new StageKey(
                "prepare",
                parameters,
                KeyPart.Of([new("data", data)]),
                code.Preprocess(Preprocessor.Chain(parameters).Select(StudyOperations.Transform).Distinct(StringComparer.Ordinal)));
            return stages.Ensure(slot, key, Forced(Goal.Preprocess), target =>
            {
                using var decoded = Open(data);
                Preprocessor.Prepare(decoded, parameters, target);
            });
        });
    }

    /// <summary>The content digest of a data set, or null in a dry run that didn't read it.</summary>
    private string? DataSet(string name) => Once(dataSets, name, () =>
    {
        var slot = $"dataset {name}";
        var source = library.Find(name);
        if (stages.IsDryRun && source.TryLocate() is null && source.WouldDownload is { } download)
            return stages.Postpone(slot, download);
        var paths = source.Locate();
        var key = new StageKey(
            "dataset",
            source.Parameters,
            KeyPart.Of(paths.Select((path, i) => KeyValuePair.Create(source.KeyOf(path, i), DigestOf(path)))),
            code.Preprocess(source.Operations));
        return stages.Ensure(slot, key, Forced(Goal.Preprocess), target => source.Read(paths).Write(target));
    });

    private PreparedData Open(string digest) => PreparedData.Open(stages.PathOf(digest));

    private static string DigestOf(string path)
    {
        try
        {
            return Digest.OfFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The data file {path} can't be read ({e.Message.TrimEnd('.')}): make it readable, or get it again.", e);
        }
    }

    private static string? Once(Dictionary<string, string?> known, string key, Func<string?> make)
    {
        if (!known.TryGetValue(key, out var value))
            known[key] = value = make();
        return value;
    }
}
