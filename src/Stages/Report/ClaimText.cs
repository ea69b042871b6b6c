using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>How claims and verdicts are written.</summary>
internal static class ClaimText
{
    private static readonly (ClaimVerdict Verdict, string One, string Several)[] Verdicts =
    [
        (ClaimVerdict.Holds, "holds", "hold"),
        (ClaimVerdict.Refuted, "refuted", "refuted"),
        (ClaimVerdict.Undecided, "undecided", "undecided"),
        (ClaimVerdict.NotEvaluated, "not evaluated", "not evaluated"),
    ];

    /// <summary>A verdict or a relation as tables name it: <c>not_evaluated</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>How many claims got which verdict, <c>3 hold, 1 refuted</c>; empty without claims.</summary>
    public static string Counts(IReadOnlyList<ClaimRow> claims) => string.Join(", ", Verdicts
        .Select(words => (Words: words, Count: claims.Count(claim => claim.Verdict == words.Verdict)))
        .Where(verdict => verdict.Count > 0)
        .Select(verdict => $"{Markdown.Count(verdict.Count)} {(verdict.Count == 1 ? verdict.Words.One : verdict.Words.Several)}"));

    /// <summary>A cell, <c>activation=relu, initialization=he_normal (best)</c>; where the best was not looked for, <c>initialization=best</c>.</summary>
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
