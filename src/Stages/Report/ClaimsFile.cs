using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes <c>claims.csv</c>, whose columns are <see cref="ClaimColumns"/>.</summary>
internal static class ClaimsFile
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(StudyTables tables) =>
        Csv.Write(
            ClaimColumns.All,
            tables.Plan.Claims.Zip(tables.Claims, (claim, row) => Record(tables.Plan, claim, row))
        );

    private static IEnumerable<string> Record(Plan plan, Claim claim, ClaimRow row)
    {
        var (scientific, looks) = (plan.Scientific, plan.SeedsByRound().Count);
        var isExact = !claim.IsStatistical;
        return
        [
            claim.Says,
            EnumText.Name(row.Verdict),
            claim.Metric,
            ClaimText.Cell(scientific, claim.Left, row.BestLeft),
            EnumText.Name(claim.Relation),
            claim.Right is { } right ? ClaimText.Cell(scientific, right, row.BestRight) : "",
            Csv.Number(claim.Number),
            Csv.Number(claim.High),
            Csv.Number(isExact ? null : claim.Factor ?? claim.By),
            isExact ? ""
            : claim.Factor is null ? "linear"
            : "log",
            EnumText.Name(row.Test),
            Csv.Number(row.Effect),
            Csv.Number(row.Low),
            Csv.Number(row.High),
            Csv.Number(row.Confidence),
            Csv.Number(row.StandardError),
            Csv.Number(row.DegreesOfFreedom),
            Csv.Number(row.EffectSize),
            Csv.Number(row.Pairs),
            Csv.Number(row.For),
            Csv.Number(row.Against),
            Csv.Number(looks),
            Csv.Number(row.P),
            Csv.Number(row.AdjustedP),
            Csv.Number(row.OppositeP),
            Csv.Number(row.AdjustedOppositeP),
            row.Reason ?? "",
            claim.Source,
            claim.Basis,
        ];
    }
}
