using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Flow;

/// <summary>Beside Preprocess: a data set of images and what each preprocessing makes of it → pictures for the report.</summary>
internal static class Preview
{
    /// <summary>The stages of the pictures of a study, in its order. Where splits differ between runs the first run's is shown.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="context">Where data sets are, and the code that shows them.</param>
    /// <param name="evaluator">Evaluates data sets of which only the files say whether they hold images.</param>
    public static IReadOnlyList<Stage> Of(Plan plan, StageContext context, Evaluator evaluator)
    {
        var split = plan.Runs().First().Spec.Where(IsOfSplit);
        return
        [
            .. Chains(plan, split)
                .Where(chains => HasImages(chains.Key))
                .Select(chains => Of(chains.Key, split, [.. chains], context)),
        ];

        bool HasImages(string name)
        {
            if (context.Library.Find(name).Shape is { } shape)
                return Previewer.CanShow(shape);
            if (evaluator.Digest(DataSet.Of(name, context)) is not { } digest)
                return false;
            using var decoded = PreparedData.Open(evaluator.PathOf(digest));
            return Previewer.CanShow(decoded.Header.Shape);
        }
    }

    private static Stage Of(string name, Parameters split, Parameters[] chains, StageContext context)
    {
        chains = Array.FindAll(chains, spec => spec.Text("preprocessing") != "none");
        var names = Array.ConvertAll(chains, spec => spec.Text("preprocessing"));
        return new()
        {
            Name = "preview",
            Slot = $"preview {name}",
            Spec = Parameters.Of([
                new("dataset", Scalar.Of(name)),
                .. split.Keys.Select(key => KeyValuePair.Create(key, split[key])),
            ]),
            Inputs =
            [
                StageInput.Of("data", DataSet.Of(name, context)),
                .. chains.Select((spec, i) => StageInput.Of(Input(i), Preprocess.Of(spec, context))),
            ],
            Code = _ => context.Code.Preprocess([]),
            StillToDo = "its pictures are still to be made",
            Write = (inputs, target) =>
            {
                using var decoded = inputs.Open("data");
                var prepared = names.Select((chain, i) => KeyValuePair.Create(chain, inputs.Open(Input(i)))).ToArray();
                try
                {
                    target.Write(ArtifactEncoding.Encode(Previewer.Preview(name, decoded, split, prepared)));
                }
                finally
                {
                    foreach (var (_, mapped) in prepared)
                        mapped.Dispose();
                }
            },
        };

        string Input(int chain) => $"chain {chain}: {names[chain]}";
    }

    private static bool IsOfSplit(string key) => Preprocessor.Reads(key) && key != "preprocessing";

    private static List<IGrouping<string, Parameters>> Chains(Plan plan, Parameters split)
    {
        var wanted = split.ToJson();
        var trials = plan.Trials.DistinctBy(Preprocess.Alike(plan));
        return (plan.WithSeeds([plan.Seeds[0]]) with { Trials = [.. trials] })
            .Runs()
            .Select(run => run.Spec)
            .Where(spec => spec.Where(IsOfSplit).ToJson() == wanted)
            .DistinctBy(spec => (spec.Text("dataset"), spec.Text("preprocessing")))
            .GroupBy(spec => spec.Text("dataset"), StringComparer.Ordinal)
            .ToList();
    }
}
