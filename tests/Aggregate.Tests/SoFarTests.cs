using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Tables of a study of which not all is run.</summary>
public sealed class SoFarTests
{
    private static readonly Axis Activation = Texts("activation", "relu", "tanh", "gelu");
    private static readonly Axis LearningRate = Numbers("learning_rate", 0.01, 0.1);

    [Fact]
    public void A_cell_stands_at_the_runs_that_it_has_and_one_without_is_left_out()
    {
        var tables = Tables(
            SoFar(Plan([Activation], [], 0, 1, 2), (0, 2), (2, 1)),
            [],
            [Completed(0.5), Completed(0.75), Completed(0.25)]
        );

        Assert.Equal([2, 1], tables.Cells.Select(cell => cell.Runs));
        Assert.Equal(["relu", "gelu"], tables.Cells.Select(cell => cell.Values[0].ToString()));
        Assert.Equal(0.625, tables.Estimate(0, "validation_accuracy").Mean);
        Assert.Equal((9, 0), (tables.Plan.SoFar!.Of, tables.Plan.SoFar.Trials.Count));
    }

    [Fact]
    public void Tuned_values_are_compared_by_the_seeds_that_all_of_them_have()
    {
        // By the first seed 0.01 is better, by all that there are 0.1 would be.
        var tables = Tables(
            SoFar(Plan([], [LearningRate], 0, 1, 2), (0, 1), (1, 2)),
            [],
            [Completed(0.5), Completed(0.25), Completed(0.95)]
        );

        Assert.Equal(Scalar.Of(0.01), Assert.Single(Assert.Single(tables.Cells).Chosen));
    }

    [Fact]
    public void A_claim_is_evaluated_once_all_runs_of_its_cells_are_done()
    {
        Claim[] claims = [ReluIs(Above), ReluIs(Above, 0.125)];
        var plan = Plan([Activation], [], 0, 1, 2);
        RunResult[] results = [Tested(0.5), Tested(0.75), Tested(0.625), Tested(0.5), Tested(0.25)];

        var some = Tables(SoFar(plan, (0, 3), (1, 2)), claims, results).Claims;
        var all = Tables(SoFar(plan, (0, 3), (1, 3)), claims, [.. results, Tested(0.5)]).Claims;

        Assert.Equal(
            (ClaimVerdict.NotEvaluated, "not all runs of its cells are done"),
            (some[0].Verdict, some[0].Reason)
        );
        Assert.Equal(3, some[1].Pairs);
        Assert.Equal(3, all[0].Pairs);
    }

    [Fact]
    public void A_cell_with_a_tuned_value_that_was_not_run_is_not_all_run()
    {
        var row = Tables(
            SoFar(Plan([Activation], [LearningRate], 0, 1, 2), (0, 3)),
            [ReluIs(Above, 0.125)],
            [Tested(0.5), Tested(0.75), Tested(0.625)]
        ).Claims[0];

        Assert.Equal(ClaimVerdict.NotEvaluated, row.Verdict);
    }

    private static Plan SoFar(Plan plan, params (int Trial, int Seeds)[] trials) =>
        plan with
        {
            Partial = true,
            SoFar = new(plan.RunCount, [.. trials.Select(trial => new TrialSeeds(trial.Trial, trial.Seeds))]),
        };

    [Fact]
    public void Where_the_study_has_no_such_cell_the_best_is_chosen_from_the_others()
    {
        // Of relu and gelu, each with two initializations, the study leaves out one; then --only another.
        Axis[] axes = [Texts("activation", "relu", "gelu"), Texts("initialization", "he_normal", "zeros")];
        var claim = Claim(
            "validation_accuracy",
            new(Parameters.Of([new("activation", Scalar.Of("relu"))]), ["initialization"]),
            Within,
            number: 0
        ) with
        {
            High = 1,
        };
        var plan = Plan(axes, [], 0) with { Trials = [0, 2, 3], Partial = true };
        RunResult[] results = [Completed(0.5), Completed(0.75), Completed(0.25)];

        Assert.Equal(ClaimVerdict.Holds, Tables(plan, [claim], results).Claims[0].Verdict);
        Assert.Equal(
            ClaimVerdict.NotEvaluated,
            Tables(plan with { Whole = [0, 1, 2, 3] }, [claim], results).Claims[0].Verdict
        );
    }
}
