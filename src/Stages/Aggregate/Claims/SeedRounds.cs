using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>
/// More seeds for the cells of undecided claims, from round to round (see
/// <see cref="PlanEnumeration.SeedsByRound"/>). In each round a claim may be decided by chance; that is why
/// <see cref="ClaimJudge"/> multiplies p values by the number of rounds there can be (Bonferroni), so that all of
/// them together err with a probability of the level at most.
/// </summary>
internal static class SeedRounds
{
    /// <summary>The plan of the next round; null where no claim is undecided that more seeds could decide.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="columns">The names of the runs' metrics.</param>
    /// <param name="chosen">By the number of each cell, its chosen trial.</param>
    public static Plan? Next(Plan plan, string[] columns, IReadOnlyDictionary<int, ChosenTrial> chosen)
    {
        var counts = new SortedDictionary<int, int>(plan.More.ToDictionary(trial => trial.Trial, trial => trial.Count));
        var rounds = plan.SeedsByRound();
        var grows = false;
        foreach (var (claim, row) in plan.Claims.Zip(ClaimJudge.Judge(plan, columns, chosen)))
        {
            if (
                row is not { Verdict: ClaimVerdict.Undecided, P: not null, IsLimitedByRows: false }
                || row.Pairs == plan.Seeds.Count
            )
                continue;
            grows = true;
            var seeds = rounds.First(count => count > row.Pairs);
            foreach (var trial in Cells(plan, claim, chosen))
                counts[trial.Trial] = Math.Max(seeds, counts.GetValueOrDefault(trial.Trial));
        }
        return grows ? plan with { More = [.. counts.Select(count => new TrialSeeds(count.Key, count.Value))] } : null;
    }

    private static IEnumerable<ChosenTrial> Cells(Plan plan, Claim claim, IReadOnlyDictionary<int, ChosenTrial> chosen)
    {
        var metric = ClaimMetric.Parse(claim.Metric);
        return new[] { claim.Left, claim.Right }
            .OfType<CellChoice>()
            .SelectMany(choice => ClaimSide.Lines(plan, metric, choice, chosen))
            .SelectMany(line => line);
    }
}
