using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>How the cells and verdicts of a study came to be what they are.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Versions">Its versions, the oldest first, one at least that can be read.</param>
/// <param name="Cells">The last version's cells that were asked for, each with its test accuracy in every version.</param>
/// <param name="Claims">The claims of all versions, those of the last one first, each with its verdict in every version.</param>
internal sealed record ResultHistory(
    string Name,
    IReadOnlyList<ResultVersion> Versions,
    IReadOnlyList<Followed<double?>> Cells,
    IReadOnlyList<Followed<ClaimVerdict?>> Claims
)
{
    /// <summary>Follows a study.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="versions">Its versions, the oldest first.</param>
    /// <param name="wanted">What the cells must have, value by axis; none for all cells.</param>
    /// <exception cref="PipelineException">No version can be read, or none of the last one's cells is wanted.</exception>
    public static ResultHistory Of(
        string name,
        IReadOnlyList<ResultVersion> versions,
        IReadOnlyList<KeyValuePair<string, string>> wanted
    )
    {
        var last =
            versions.LastOrDefault(version => version.Study is not null)?.Study
            ?? throw new PipelineException($"No version of {name} can be read; the last: {versions[^1].Unreadable}");
        int[] telling =
        [
            .. last
                .Scientific.Index()
                .Where(axis => last.Cells.Any(cell => cell.Values[axis.Index] != last.Cells[0].Values[axis.Index]))
                .Select(axis => axis.Index),
        ];
        string[] axes = [.. telling.Select(axis => last.Scientific[axis])];
        if (wanted.FirstOrDefault(value => !axes.Contains(value.Key, StringComparer.Ordinal)).Key is { } other)
            throw new PipelineException(
                $"--cell: {name} has no axis '{other}'; choose from {string.Join(", ", axes)}."
            );
        var maps = versions.Select(version => version.Study is { } study ? AccuracyByCell(study, axes) : []).ToList();
        var cells = last
            .Cells.Select(cell => Named(axes, [.. telling.Select(axis => cell.Values[axis])]))
            .Where(cell => wanted.All(value => cell.Split(", ").Contains($"{value.Key}={Canonical(value.Value)}")))
            .Select(cell => new Followed<double?>(cell, [.. maps.Select(map => map.GetValueOrDefault(cell))]))
            .ToList();
        if (cells.Count == 0)
            throw new PipelineException(
                $"--cell: no cell of {name} has {string.Join(", ", wanted.Select(value => $"{value.Key}={value.Value}"))}."
            );
        var says = versions
            .Reverse()
            .SelectMany(version => version.Study?.Claims.Keys ?? [])
            .Distinct(StringComparer.Ordinal);
        return new(
            name,
            versions,
            cells,
            [
                .. says.Select(claim => new Followed<ClaimVerdict?>(
                    claim,
                    [.. versions.Select(version => version.Study?.Claims.GetValueOrDefault(claim)?.Verdict)]
                )),
            ]
        );
    }

    // to_sgd(5, 0.1) is to_sgd(5,0.1) in tables.
    private static string Canonical(string value) => value.Replace(" ", "", StringComparison.Ordinal);

    private static Dictionary<string, double?> AccuracyByCell(RecordedStudy study, string[] axes)
    {
        var places = Array.ConvertAll(axes, axis => study.Scientific.TakeWhile(other => other != axis).Count());
        var metric = study.Metrics.TakeWhile(name => name != CellDiff.Tested).Count();
        return places.Any(place => place == study.Scientific.Count) || metric == study.Metrics.Count
            ? []
            : study
                .Cells.GroupBy(
                    cell => Named(axes, [.. places.Select(place => cell.Values[place])]),
                    StringComparer.Ordinal
                )
                .Where(cells => !cells.Skip(1).Any()) // of several, told apart by an axis that is gone, none is the one
                .ToDictionary(cells => cells.Key, cells => cells.Single().Mean(metric), StringComparer.Ordinal);
    }

    private static string Named(IReadOnlyList<string> axes, IReadOnlyList<string> values) =>
        string.Join(", ", axes.Zip(values, (axis, value) => $"{axis}={value}"));
}

/// <summary>A thing that is followed through the versions.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Its value in each version; null where that has none.</param>
internal sealed record Followed<T>(string Name, IReadOnlyList<T> Values)
{
    /// <summary>The version from which on it is what it is in the last one; those between that have none don't count.</summary>
    public int Since
    {
        get
        {
            var since = Values.Count - 1;
            for (var i = since - 1; i >= 0 && (Values[i] is null || Equals(Values[i], Values[^1])); i--)
                since = Values[i] is null == Values[^1] is null ? i : since;
            return since;
        }
    }

    /// <summary>The last version before that had a value, and another one; −1 where none had.</summary>
    public int Before
    {
        get
        {
            var before = Since - 1;
            while (before >= 0 && Values[before] is null)
                before--;
            return before;
        }
    }
}
