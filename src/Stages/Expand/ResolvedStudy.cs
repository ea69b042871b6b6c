using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand;

/// <summary>A study after <c>extends:</c>, defaults and what the command line changes.</summary>
/// <param name="Plan">Its plan.</param>
/// <param name="Settings">Every parameter of its runs.</param>
/// <param name="Exclusions">What it excludes, as it is written.</param>
/// <param name="Only">Which part of the grid the command line keeps.</param>
/// <param name="Whole">The trials with the part that it doesn't keep.</param>
internal sealed record ResolvedStudy(
    Plan Plan,
    Settings Settings,
    IReadOnlyList<Exclusion> Exclusions,
    IReadOnlyList<ValueCondition> Only,
    IReadOnlyList<int> Whole
)
{
    /// <summary>The values of a parameter that the command line leaves out, in their order.</summary>
    public IReadOnlyList<Scalar> LeftOut(Setting setting) =>
        [
            .. setting.Values.Where(value =>
                Only.Any(condition => condition.Key == setting.Key && !condition.Values.Contains(value))
            ),
        ];

    /// <summary>The claims all of whose cells are kept.</summary>
    public IReadOnlyList<Claim> Claims
    {
        get
        {
            var kept = Plan.Trials.Select(Plan.Cell).ToHashSet();
            var lost = Whole.Select(Plan.Cell).Where(cell => !kept.Contains(cell)).ToHashSet();
            return
            [
                .. Plan.Claims.Where(claim =>
                    !new[] { claim.Left, claim.Right }
                        .OfType<CellChoice>()
                        .SelectMany(side =>
                            ClaimCells.Lines(Plan.Scientific, side, ClaimMetric.Parse(claim.Metric).Axis)
                        )
                        .SelectMany(line => line)
                        .Any(lost.Contains)
                ),
            ];
        }
    }
}
