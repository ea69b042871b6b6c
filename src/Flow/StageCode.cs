using System.Reflection;
using Pipeline.Caching;
using Pipeline.Stages.Aggregate;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Report;
using Pipeline.Stages.Train;

namespace Pipeline.Flow;

/// <summary>The code of each stage, as it stands in keys.</summary>
internal sealed class StageCode
{
    private readonly Lazy<CodeComponents> expand = Read(typeof(Expander));
    private readonly Lazy<CodeComponents> preprocess = Read(typeof(Preprocessor));
    private readonly Lazy<CodeComponents> train = Read(typeof(Trainer));
    private readonly Lazy<CodeComponents> aggregate = Read(typeof(Aggregator));
    private readonly Lazy<CodeComponents> report = Read(typeof(Reporter));

    /// <summary>The assembly of each kind of catalogue operation.</summary>
    public IReadOnlyDictionary<string, string> Rooms =>
        new[] { preprocess, train }
            .SelectMany(stage => stage.Value.Rooms)
            .DistinctBy(room => room.Key, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>The code that reads a study.</summary>
    public KeyPart Expand => expand.Value.With();

    /// <summary>The code that makes tables.</summary>
    public KeyPart Aggregate => aggregate.Value.With();

    /// <summary>The code that makes reports.</summary>
    public KeyPart Report => report.Value.With();

    /// <summary>The code that reads and prepares data with some operations, such as <c>transform/center</c>.</summary>
    public KeyPart Preprocess(IEnumerable<string> operations) => preprocess.Value.With(operations);

    /// <summary>The code that trains with some operations, such as <c>activation/relu</c>.</summary>
    public KeyPart Train(IEnumerable<string> operations) => train.Value.With(operations);

    /// <summary>The code of all stages that a finished study went through after it was read.</summary>
    public KeyPart All(IEnumerable<string> preprocessOperations, IEnumerable<string> trainOperations) =>
        KeyPart.Of(
            new[] { Preprocess(preprocessOperations), Train(trainOperations), Aggregate, Report }
                .SelectMany(part => part.Entries)
                .DistinctBy(component => component.Key, StringComparer.Ordinal)
        );

    private static Lazy<CodeComponents> Read(Type type) => new(() => CodeComponents.Of(type.GetTypeInfo().Assembly));
}
