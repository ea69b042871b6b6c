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
        RunOperations
            .Of(spec)
            .Select(operation => $"{operation.Kind}/{operation.Call.Name}")
            .Distinct(StringComparer.Ordinal);

    /// <summary>The operation that a call of a transform names.</summary>
    public static string Transform(OperationCall call) => $"transform/{call.Name}";

    /// <summary>Gives a trial that trains with the operations of a trial: numbers name none.</summary>
    public static Func<int, int> Alike(Plan plan) => plan.Alike(axis => axis.Values.Any(value => !value.IsNumber));

    private static SortedSet<string> Of(Plan plan, Func<Parameters, IEnumerable<string>> operations)
    {
        var alike = plan.WithSeeds([plan.Seeds[0]]) with { Trials = [.. plan.Trials.DistinctBy(Alike(plan))] };
        return new(alike.Runs().SelectMany(run => operations(run.Spec)), StringComparer.Ordinal);
    }
}
