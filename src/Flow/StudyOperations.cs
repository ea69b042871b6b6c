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

    /// <summary>
    /// Gives the trial that has what a trial has, but the first values of some axes: what those don't decide is the same for both.
    /// </summary>
    public static Func<int, int> Alike(Plan plan, Func<Axis, bool> isFirst)
    {
        var (firsts, stride) = (new List<(int Stride, int Count)>(), 1);
        foreach (var axis in plan.Axes().Reverse())
        {
            if (isFirst(axis))
                firsts.Add((stride, axis.Values.Count));
            stride *= axis.Values.Count;
        }
        return trial => trial - firsts.Sum(axis => trial / axis.Stride % axis.Count * axis.Stride);
    }

    /// <summary>As <see cref="Alike(Plan, Func{Axis, bool})"/>, of trials that train with the same operations: numbers name none.</summary>
    public static Func<int, int> Alike(Plan plan) => Alike(plan, axis => axis.Values.All(value => value.IsNumber));

    private static SortedSet<string> Of(Plan plan, Func<Parameters, IEnumerable<string>> operations)
    {
        var alike = plan.WithSeeds([plan.Seeds[0]]) with { Trials = [.. plan.Trials.Select(Alike(plan)).Distinct()] };
        return new(alike.Runs().SelectMany(run => operations(run.Spec)), StringComparer.Ordinal);
    }
}
