using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand;

/// <summary>
/// The names that a study may use. The stages that know them are not referenced here; whoever starts the stage hands them in.
/// </summary>
public sealed record Vocabulary
{
    /// <summary>
    /// The catalogues: <c>activation</c>, <c>initializer</c>, <c>normalization</c>, <c>optimizer</c>, <c>loss</c>, <c>schedule</c>,
    /// <c>loss scale</c>, <c>event</c>, <c>metric</c>, <c>probe</c>, <c>transform</c> and <c>data set</c>.
    /// </summary>
    public required IReadOnlyList<OperationKind> Kinds { get; init; }

    /// <summary>
    /// Why a run's data can't be prepared or its network not be built, as the key of the parameter to change and a
    /// sentence; null when it can, or when only its data can tell.
    /// </summary>
    public required Func<Parameters, (string Key, string Sentence)?> Misfit { get; init; }

    /// <summary>The names of what a probe may measure.</summary>
    public required Func<OperationCall, IReadOnlyList<string>> Measured { get; init; }

    internal OperationKind Kind(string kind) =>
        Kinds.FirstOrDefault(k => k.Kind == kind)
        ?? throw new InvalidOperationException($"The vocabulary lacks the catalogue '{kind}'.");
}

/// <summary>A catalogue of operations that a study names, such as all activations.</summary>
/// <param name="Kind">What one of them is called, such as <c>activation</c>.</param>
/// <param name="Names">The names of the operations.</param>
/// <param name="Parameters">The parameters of the operation of a name, in order, those with a default last; null is no default.</param>
/// <param name="Validate">
/// Throws <see cref="ArgumentException"/> with a sentence when the operation of a name can't be made from these arguments; too few
/// or too many of them are a reason too.
/// </param>
public sealed record OperationKind(
    string Kind,
    IReadOnlyList<string> Names,
    Func<string, IReadOnlyList<(string Name, double? Default)>> Parameters,
    Action<string, double[]> Validate
);
