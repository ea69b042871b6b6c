using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Execution;

/// <content>Pictures of the data for the report.</content>
internal sealed partial class StudyGraph
{
    /// <summary>
    /// The digests of the previews of the study's data sets that hold images, in the order of the study; null in a dry run that didn't make them all. Where
    /// splits differ between runs the first run's is shown.
    /// </summary>
    private IReadOnlyList<string>? Previews()
    {
        var split = plan.Runs().First().Spec.Where(IsOfSplit);
        var previews = new List<string>();
        var areAllMade = true;
        foreach (var chains in Chains(split))
        {
            if (DataSet(chains.Key) is not { } data)
            {
                if (library.Find(chains.Key).Shape is { } shape && Previewer.CanShow(shape))
                    areAllMade = stages.Postpone($"preview {chains.Key}", "its data set is still to be read") is not null;
                continue;
            }
            using var decoded = Open(data);
            if (!Previewer.CanShow(decoded.Header.Shape))
                continue;
            if (Preview(chains.Key, data, decoded, split, [.. chains]) is { } preview)
                previews.Add(preview);
            else
                areAllMade = false;
        }
        return areAllMade ? previews : null;
    }

    private static bool IsOfSplit(string key) => Preprocessor.Reads(key) && key != "preprocessing";

    private IEnumerable<IGrouping<string, Parameters>> Chains(Parameters split)
    {
        var (wanted, seen) = (split.ToJson(), new HashSet<(string DataSet, string Chain)>());
        // Of a large grid most runs repeat what was seen, so that is asked first.
        return plan.WithSeeds([plan.Seeds[0]]).Runs()
            .Select(run => run.Spec)
            .Where(spec => !seen.Contains(Shown(spec)) && spec.Where(IsOfSplit).ToJson() == wanted && seen.Add(Shown(spec)))
            .GroupBy(spec => spec.Text("dataset"), StringComparer.Ordinal)
            .ToList();

        static (string DataSet, string Chain) Shown(Parameters spec) => (spec.Text("dataset"), spec.Text("preprocessing"));
    }

    private string? Preview(string name, string data, PreparedData decoded, Parameters split, Parameters[] chains)
    {
        var slot = $"preview {name}";
        chains = Array.FindAll(chains, spec => spec.Text("preprocessing") != "none");
        var digests = Array.ConvertAll(chains, Prepared);
        if (digests.Contains(null))
            return stages.Postpone(slot, "its data are still to be prepared");
        var key = new StageKey(
            "preview",
            Parameters.Of([new("dataset", Scalar.Of(name)), .. split.Keys.Select(k => KeyValuePair.Create(k, split[k]))]),
            KeyPart.Of([new("data", data), .. chains.Select((spec, i) => KeyValuePair.Create($"chain {i}: {spec.Text("preprocessing")}", digests[i]!))]),
            code.Preprocess([]));
        return stages.Ensure(slot, key, force: false, target =>
        {
            var prepared = Array.ConvertAll(digests, digest => Open(digest!));
            try
            {
                var pairs = chains.Select((spec, i) => KeyValuePair.Create(spec.Text("preprocessing"), prepared[i])).ToArray();
                target.Write(ArtifactEncoding.Encode(Previewer.Preview(name, decoded, split, pairs)));
            }
            finally
            {
                foreach (var mapped in prepared)
                    mapped.Dispose();
            }
        });
    }
}
