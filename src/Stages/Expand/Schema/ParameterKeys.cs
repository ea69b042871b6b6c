using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>Turns keys, nested or dotted, into parameters.</summary>
internal static class ParameterKeys
{
    // What other tools call a parameter, by the last part of the key.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["lr"] = "learning_rate",
        ["eta"] = "learning_rate",
        ["init"] = "initialization",
        ["norm"] = "normalization",
        ["wd"] = "optimizer.weight_decay",
        ["data"] = "dataset",
        ["nonlinearity"] = "activation",
        ["hidden_size"] = "model.width",
        ["hidden_units"] = "model.width",
        ["units"] = "model.width",
        ["layers"] = "model.depth",
        ["num_layers"] = "model.depth",
        ["n_layers"] = "model.depth",
        ["num_epochs"] = "epochs",
        ["n_epochs"] = "epochs",
        ["bs"] = "batch_size",
    };

    /// <summary>The entries of a map and of the maps in it, with dotted keys: <c>model: {depth: 6}</c> is <c>model.depth: 6</c>.</summary>
    /// <exception cref="StudyException">A map in it is empty.</exception>
    public static IEnumerable<(string Key, MapEntry Entry)> Flatten(Node map) => Flatten("", (MapNode)map);

    /// <summary>The parameter of a key.</summary>
    /// <exception cref="StudyException">There is none.</exception>
    public static RunParameter Known(string key, Place place)
    {
        if (RunParameters.Find(key) is { } parameter)
            return parameter;
        var parts = RunParameters.Keys.Where(k => k.StartsWith(key + ".", StringComparison.Ordinal)).ToArray();
        if (parts.Length > 0)
            throw new StudyException(place, $"'{key}' is a group of parameters: {string.Join(", ", parts)}");
        throw new StudyException(place, $"a run has no parameter {Quotation.Of(key)}{Hint(key)}");
    }

    private static string Hint(string key)
    {
        var last = key[(key.LastIndexOf('.') + 1)..];
        return OtherNames.GetValueOrDefault(last) is { } meant ? $"; it is called '{meant}' here"
            : Nearest.Of(key, RunParameters.Keys) is null ? Nearest.Hint(last, RunParameters.Keys)
            : Nearest.Hint(key, RunParameters.Keys);
    }

    private static IEnumerable<(string Key, MapEntry Entry)> Flatten(string prefix, MapNode map)
    {
        foreach (var entry in map.Entries)
        {
            var key = prefix + entry.Key;
            if (entry.Value is not MapNode inner || RunParameters.Find(key) is not null)
            {
                yield return (key, entry);
                continue;
            }
            if (inner.Entries.Count == 0)
                throw new StudyException(
                    entry.Place,
                    $"{Quotation.Of(key)} is an empty map; give it values or delete it"
                );
            foreach (var nested in Flatten(key + ".", inner))
                yield return nested;
        }
    }
}
