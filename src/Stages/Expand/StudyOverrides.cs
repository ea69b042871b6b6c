namespace Pipeline.Stages.Expand;

/// <summary>What the command line changes about a study.</summary>
/// <param name="Only">
/// The texts behind <c>--only=</c>, such as <c>activation=relu,tanh</c>: which part of the grid to keep. Conditions add up.
/// </param>
/// <param name="Set">
/// The texts behind <c>--set=</c>, such as <c>epochs=5</c>: other values for what the study holds fixed, or for its seeds.
/// </param>
public sealed record StudyOverrides(IReadOnlyList<string> Only, IReadOnlyList<string> Set)
{
    /// <summary>The study as it is written.</summary>
    public static StudyOverrides None { get; } = new([], []);
}
