using System.Globalization;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>A study's <c>README.md</c>: what <c>Templates/study.md</c> says, filled in.</summary>
internal static class StudyPage
{
    private const int Top = 10;
    private const int MostTables = 6;

    public static byte[] Write(StudyTables tables, StudyFigures figures, string promise, string command)
    {
        var plan = tables.Plan;
        var accuracy = new Accuracy(tables);
        var cells = new CellTables(tables, accuracy);
        var best = accuracy.Sets is [var only] ? only.Best : [];
        var diverged = tables.Cells.Where(cell => cell.Diverged > 0).ToArray();
        var isPivot = plan.Scientific.Count > 1;
        var near = tables.Cells.Count(accuracy.IsNearBest);
        var rounds = plan.SeedsByRound();
        var hasSets = accuracy.Sets.Count > 1;
        var hasDiverged = tables.Cells.Count > 0 && accuracy.Sets.All(set => set.AllDiverged);
        var hasSeeds = plan.Seeds.Count > 1;
        var isTested = tables.Cells.Any(cell => cell.BelowBest is not null);
        var isFolded = cells.TableCount > MostTables;
        return Encoding.UTF8.GetBytes(
            Template.Load(
                "study.md",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["title"] = Markdown.Text(plan.Title),
                    ["question"] = Markdown.Text(plan.Question ?? ""),
                    ["source"] = Markdown.Text(plan.Source ?? ""),
                    ["partial"] = Flag(plan.Partial && plan.SoFar is null),
                    ["so_far"] = plan.SoFar is { } soFar
                        ? $"{Markdown.Count(tables.Runs.Count)} of {Markdown.Count(soFar.Of)} runs"
                        : "",
                    ["cells"] = Markdown.Count(tables.Cells.Count),
                    ["runs"] = Markdown.Count(tables.Runs.Count),
                    ["diverged_runs"] = Markdown.Count(tables.Runs.Count(run => run.Outcome == RunOutcome.Diverged)),
                    ["seeds"] = string.Join(
                        ", ",
                        plan.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))
                    ),
                    ["seed_count"] =
                        (
                            plan.SoFar is not null ? "up to "
                            : plan.AtLeast is { } least ? $"{Markdown.Count(least)} to "
                            : ""
                        ) + Markdown.Count(plan.Seeds.Count),
                    ["rounds"] = plan.AtLeast is null
                        ? ""
                        : string.Join(", ", rounds.SkipLast(1).Select(count => Markdown.Count(count)))
                            + $" and at last {Markdown.Count(rounds[^1])}",
                    ["round_count"] = Markdown.Count(rounds.Count),
                    ["has_interval"] = Flag(hasSeeds),
                    ["has_no_interval"] = Flag(!hasSeeds),
                    ["all_diverged"] = Flag(hasDiverged),
                    ["has_no_accuracy"] = Flag(!hasDiverged && accuracy.Ranked.Count == 0),
                    ["best_by_set"] = hasSets && !hasDiverged && accuracy.Ranked.Count > 0 ? cells.Bests() : "",
                    ["is_best"] = Flag(best.Count > 0 && tables.Cells.Count > 1 && !hasSeeds),
                    ["stands_out"] = Flag(best.Count > 0 && tables.Cells.Count > 1 && hasSeeds && near == 1),
                    ["is_tie"] = Flag(best.Count > 0 && hasSeeds && near > 1),
                    ["is_single"] = Flag(best.Count > 0 && tables.Cells.Count == 1),
                    ["is_tested"] = Flag(hasSeeds && isTested),
                    ["is_untested"] = Flag(
                        hasSeeds && !isTested && accuracy.Sets.Any(set => set is { Cells.Count: > 1, Best.Count: > 0 })
                    ),
                    ["uncompared"] = accuracy.HasUncompared ? ", or too few seeds to be compared" : "",
                    ["best"] = string.Join("; ", best.Select(cell => cells.Name(cell))),
                    ["ties"] = best.Count > 0 ? cells.Ties(accuracy.Sets[0]) : "",
                    ["floor"] = accuracy.Floors,
                    ["best_accuracy"] = best.Count > 0 ? accuracy.Percent(best[0]) : "",
                    ["near_best"] = Markdown.Count(near),
                    ["claims"] = ClaimsSection.Table(tables),
                    ["compared"] = ClaimsSection.Comparisons(tables),
                    ["answer"] = ClaimsSection.Answer(tables),
                    ["left_out"] = tables.Claims.Count == 0 ? ClaimsSection.LeftOut(tables) : "",
                    ["claims_diverged"] = Flag(ClaimsSection.HasDiverged(tables)),
                    ["chosen"] =
                        plan.Nuisance.Count > 0
                            ? ", nor that tuned values were chosen by the networks that are tested"
                            : "",
                    ["tuned"] = plan.Nuisance.Count > 0 ? " and for the tuned values chosen here" : "",
                    ["looks"] = plan.AtLeast is null ? "" : " and look",
                    ["of_set"] = hasSets ? " of its test set" : "",
                    ["of_each_set"] = hasSets ? " of each test set" : "",
                    ["has_training"] = Flag(Caveats.HasTraining(tables)),
                    ["test_rows"] = Caveats.TestRows(tables),
                    ["batches"] = Caveats.Batches(tables),
                    ["has_layers"] = Flag(tables.Layers.Count > 0),
                    ["overview"] = cells.Overview(),
                    ["heat_map"] = figures.Accuracy?.Markdown ?? "",
                    ["is_crowded"] = Flag(
                        plan.Plots is null && figures.Accuracy is null && cells.TableCount > ShownPlot.MostPanels
                    ),
                    ["table_count"] = Markdown.Count(cells.TableCount),
                    ["folded"] = Flag(isFolded),
                    ["unfolded"] = Flag(!isFolded),
                    ["top"] = isPivot && !hasDiverged && accuracy.Ranked.Count > 0 ? cells.Top(Top) : "",
                    ["diverged_cells"] = isPivot && diverged.Length > 0 ? cells.List(diverged) : "",
                    ["all_metrics"] = isPivot && cells.HasMetrics ? cells.List(tables.Cells) : "",
                    ["has_diverged"] = Flag(diverged.Length > 0),
                    ["diverged_count"] = Markdown.Count(diverged.Length),
                    ["choices"] = cells.Choices(),
                    ["edges"] = cells.EdgeWarnings(),
                    ["tuning"] = Shown(figures.Tuning),
                    ["tuning_choice"] = figures.TuningChoice,
                    ["confusion"] = Shown(figures.Confusions),
                    ["plots"] = string.Join("\n\n", (figures.Plots ?? []).Select(plot => plot.Markdown)),
                    ["curves"] = Shown(figures.Curves),
                    ["curve_choice"] = figures.CurveChoice,
                    ["layers"] = Shown(figures.Layers.Take(1)),
                    ["more_layers"] = Shown(figures.Layers.Skip(1)),
                    ["more_layers_count"] = Markdown.Count(Math.Max(0, figures.Layers.Count - 1)),
                    ["trajectory"] = figures.Trajectory?.Markdown ?? "",
                    ["samples"] = Shown(figures.Samples),
                    ["fixed"] = Held(plan.Fixed),
                    ["promise"] = promise,
                    ["command"] = command,
                }
            )
        );
    }

    private static string Held(Parameters parameters) =>
        parameters.Keys.Count == 0
            ? ""
            : Markdown.Table(
                2,
                ["parameter", "value"],
                parameters.Keys.Select(key => new[] { Markdown.Code(key), Markdown.Value(parameters[key]) })
            );

    private static string Shown(IEnumerable<Figure> figures) =>
        string.Join("\n\n", figures.Select(figure => figure.Markdown));

    private static string Flag(bool isSet) => isSet ? "true" : "";
}
