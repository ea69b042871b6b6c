using Pipeline.DataSets;

namespace Pipeline.Flow;

/// <summary>An input of a stage: the entries of the key that it gives, from name to digest, once they are known.</summary>
/// <param name="Name">What it is called, a line that tells a stage's inputs apart.</param>
internal abstract record StageInput(string Name)
{
    /// <summary>An input whose digest is known, or, where it is null, is awaited for a reason.</summary>
    public static StageInput Of(string name, string? digest, string reason = "") =>
        new KnownInput(name, digest, reason);

    /// <summary>The output of another stage.</summary>
    public static StageInput Of(string name, Stage stage) => new StageOutput(name, [stage]);

    /// <summary>The outputs of several stages under one name.</summary>
    public static StageInput OfAll(string name, IReadOnlyList<Stage> stages) => new StageOutput(name, stages);

    /// <summary>The files of a data set, downloaded where they are published and not here.</summary>
    public static StageInput Of(DataSetSource source, DataSetLibrary library) => new DataSetFiles(source, library);

    /// <summary>Adds its entries of the key; null, or why they are not known yet.</summary>
    public abstract string? AddTo(List<KeyValuePair<string, string>> entries, Evaluator evaluator);

    private sealed record KnownInput(string Name, string? Value, string Reason) : StageInput(Name)
    {
        public override string? AddTo(List<KeyValuePair<string, string>> entries, Evaluator evaluator)
        {
            if (Value is null)
                return Reason;
            entries.Add(new(Name, Value));
            return null;
        }
    }

    private sealed record StageOutput(string Name, IReadOnlyList<Stage> Stages) : StageInput(Name)
    {
        public override string? AddTo(List<KeyValuePair<string, string>> entries, Evaluator evaluator)
        {
            var digests = new string?[Stages.Count];
            string? awaited = null;
            for (var i = 0; i < digests.Length; i++)
            {
                digests[i] = evaluator.Digest(Stages[i]);
                awaited ??= digests[i] is null ? Stages[i].StillToDo : null;
            }
            if (awaited is null)
                entries.Add(new(Name, string.Join(' ', digests)));
            return awaited;
        }
    }

    private sealed record DataSetFiles(DataSetSource Source, DataSetLibrary Library) : StageInput("files")
    {
        public override string? AddTo(List<KeyValuePair<string, string>> entries, Evaluator evaluator)
        {
            if (evaluator.Mode == Mode.Plan && Source.TryLocate() is null && Source.WouldDownload is { } download)
                return download;
            entries.AddRange(
                Source.Locate().Select((path, i) => KeyValuePair.Create(Source.KeyOf(path, i), Library.DigestOf(path)))
            );
            return null;
        }
    }
}
