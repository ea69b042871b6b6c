namespace Pipeline.Stages.Expand.Claims;

/// <summary>The keys of a claim.</summary>
internal static class ClaimKeys
{
    public const string Says = "says";
    public const string Source = "source";
    public const string Basis = "basis";
    public const string Explanation = "explanation";
    public const string Metric = "metric";
    public const string Left = "left";
    public const string Below = "below";
    public const string Above = "above";
    public const string Equal = "equal";
    public const string Within = "within";
    public const string By = "by";
    public const string Factor = "factor";

    /// <summary>The keys of which a claim has exactly one.</summary>
    public static IReadOnlyList<string> Relations { get; } = [Below, Above, Equal, Within];

    /// <summary>The keys that every claim has.</summary>
    public static IReadOnlyList<string> Required { get; } = [Says, Source, Basis, Metric, Left];

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Says, Source, Basis, Explanation, Metric, Left, .. Relations, By, Factor];
}
