namespace Pipeline.Diff;

/// <summary>Which differences of numbers are none.</summary>
/// <param name="Most">The largest, 0 or more: of numbers up to 1 as it is, of larger ones relative to them.</param>
internal readonly record struct Tolerance(double Most)
{
    /// <summary>Whether two numbers are as good as equal; what there is none of equals only itself.</summary>
    public bool Covers(double? x, double? y) =>
        x == y
        || (
            x is { } one
            && y is { } other
            && Math.Abs(one - other) <= Most * Math.Max(1, Math.Max(Math.Abs(one), Math.Abs(other)))
        );
}
