using Pipeline.Progress;

namespace Pipeline.Diff;

/// <summary>How much two results differ; the numbers of the closing line.</summary>
/// <param name="IsAny">Whether anything differs at all.</param>
/// <param name="Cells">Cells that both sides have and that changed.</param>
/// <param name="Significant">Those whose test accuracy moved significantly.</param>
/// <param name="Flipped">Claims that both sides have, with different verdicts.</param>
/// <param name="Unreadable">Studies that can't be compared.</param>
internal sealed record DiffCounts(bool IsAny, int Cells, int Significant, int Flipped, int Unreadable)
{
    /// <summary>Counts.</summary>
    public static DiffCounts Of(IReadOnlyList<StudyDiff> studies) =>
        new(
            studies.Any(study => !study.IsEqual),
            studies.Sum(study => study.CellCounts.Changed),
            studies.Sum(study => study.Cells.Count(cell => cell.IsSignificant)),
            studies.Sum(study => study.Claims.Count(claim => claim.IsFlipped)),
            studies.Count(study => study.Unreadable is not null)
        );

    /// <summary>Whether the differences are of the kind that fails.</summary>
    public bool Fails(FailOn failOn) =>
        failOn switch
        {
            FailOn.Any => IsAny,
            FailOn.Significant => Significant + Flipped > 0,
            FailOn.Verdict => Flipped > 0,
            _ => false,
        };

    /// <summary>What there is: <c>14 cells changed, 2 significant, 1 verdict flipped</c>.</summary>
    public string Text =>
        $"{Counted.Of(Cells, "cell")} changed, {Significant} significant, {Counted.Of(Flipped, "verdict")} flipped"
        + (Unreadable == 0 ? "" : $", {Unreadable} {(Unreadable == 1 ? "study" : "studies")} not compared");

    /// <summary>The line that scripts rely on.</summary>
    public override string ToString() => IsAny ? $"diff: {Text}" : "diff: no difference";
}
