using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>How claims and verdicts are written.</summary>
internal static class ClaimText
{
    /// <summary>How many claims got which verdict, <c>3 hold, 1 refuted</c>; empty without claims.</summary>
    public static string Counts(IReadOnlyList<ClaimRow> claims) =>
        string.Join(
            ", ",
            Enum.GetValues<ClaimVerdict>()
                .Select(verdict => (Verdict: verdict, Count: claims.Count(claim => claim.Verdict == verdict)))
                .Where(found => found.Count > 0)
                .Select(found =>
                    $"{Markdown.Count(found.Count)} "
                    + (found is { Verdict: ClaimVerdict.Holds, Count: > 1 } ? "hold" : EnumText.Words(found.Verdict))
                )
        );

    /// <summary>
    /// A cell, <c>activation=relu, initialization=he_normal (best)</c>; where the best was not looked
    /// for, <c>initialization=best</c>.
    /// </summary>
    /// <param name="scientific">The axes.</param>
    /// <param name="choice">The cell.</param>
    /// <param name="best">The values that were the best along the axes where the best was asked for, or null.</param>
    public static string Cell(IReadOnlyList<Axis> scientific, CellChoice choice, IReadOnlyList<Scalar>? best)
    {
        var parts = new List<string>();
        foreach (var axis in scientific)
        {
            var asked = choice.Best.TakeWhile(key => key != axis.Key).Count();
            if (choice.Values.TryGet(axis.Key, out var value))
                parts.Add($"{axis.Key}={value}");
            else if (asked < choice.Best.Count)
                parts.Add(best is null ? $"{axis.Key}=best" : $"{axis.Key}={best[asked]} (best)");
        }
        return string.Join(", ", parts);
    }
}
