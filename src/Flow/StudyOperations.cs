using Pipeline.Artifacts;
using Pipeline.DataSets;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Train;

namespace Pipeline.Flow;

/// <summary>The catalogue operations, data sets and backends that the trials of a study use.</summary>
internal static class StudyOperations
{
    /// <summary>The names of the data sets, in ordinal order.</summary>
    public static SortedSet<string> DataSets(Plan plan) => Of(plan, spec => [spec.Text("dataset")]);

    /// <summary>The names of the backends, in ordinal order.</summary>
    public static SortedSet<string> Backends(Plan plan) => Of(plan, spec => [ParameterUse.BackendOf(spec)]);

    /// <summary>The operations of Preprocess, such as <c>transform/center</c>, in ordinal order.</summary>
    public static SortedSet<string> Preprocess(Plan plan, DataSetLibrary library) =>
        Of(
            plan,
            spec => Preprocessor.Chain(spec).Select(Transform).Concat(library.Find(spec.Text("dataset")).Operations)
        );

    /// <summary>The operations of Train, such as <c>activation/relu</c>, in ordinal order.</summary>
    public static SortedSet<string> Train(Plan plan) => Of(plan, Train);

    /// <summary>The operations with which a run trains.</summary>
    public static IEnumerable<string> Train(Parameters spec) =>
        RunOperations.Of(spec).Select(operation => $"{operation.Kind}/{operation.Call.Name}");

    /// <summary>The operation that a call of a transform names.</summary>
    public static string Transform(OperationCall call) => $"transform/{call.Name}";

    // An operation depends on one axis at most, so it is enough to go along each axis, as far as trials do.
    private static SortedSet<string> Of(Plan plan, Func<Parameters, IEnumerable<string>> operations)
    {
        var axes = plan.Axes();
        var first = plan.Runs().First().Spec;
        var all = new SortedSet<string>(operations(first), StringComparer.Ordinal);
        foreach (var (i, axis) in axes.Index())
        {
            int[] position = [first.IndexOf(axis.Key)];
            foreach (var value in plan.Trials.Select(trial => plan.Coordinates(trial)[i]).Distinct())
                all.UnionWith(operations(first.With(position, [axis.Values[value]])));
        }
        return all;
    }
}
