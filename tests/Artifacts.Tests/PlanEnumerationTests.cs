namespace Pipeline.Artifacts.Tests;

public sealed class PlanEnumerationTests
{
    private static readonly Plan Plan = SamplePlan.Of(trials: Enumerable.Range(0, 2 * 3 * 2));

    [Fact]
    public void Trials_are_numbered_in_mixed_radix_with_the_last_axis_fastest()
    {
        var trial = 0;
        for (var activation = 0; activation < 2; activation++)
        {
            for (var initialization = 0; initialization < 3; initialization++)
            {
                for (var rate = 0; rate < 2; rate++)
                    Assert.Equal([activation, initialization, rate], Plan.Coordinates(trial++));
            }
        }
        Assert.Equal(Plan.Trials.Count, trial);
    }

    [Fact]
    public void A_cell_is_a_trial_with_the_nuisance_axes_divided_out() =>
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], Plan.Trials.Select(trial => Plan.Cell(trial)));

    [Fact]
    public void Trials_are_alike_that_differ_in_what_does_not_matter_alone()
    {
        Assert.Equal(
            [0, 0, 2, 2, 4, 4, 0, 0, 2, 2, 4, 4],
            Plan.Trials.Select(Plan.Alike(axis => axis.Key == "initialization"))
        );
        Assert.Equal(Plan.Trials, Plan.Trials.Select(Plan.Alike(_ => true)));
        Assert.All(Plan.Trials.Select(Plan.Alike(_ => false)), trial => Assert.Equal(0, trial));
    }

    [Fact]
    public void Without_nuisance_axes_every_trial_is_a_cell()
    {
        var plan = Plan with { Nuisance = [] };

        Assert.Equal(5, plan.Cell(5));
        Assert.Equal([1, 2], plan.Coordinates(5));
    }

    [Fact]
    public void Axes_are_the_scientific_then_the_nuisance_ones() =>
        Assert.Equal(["activation", "initialization", "learning_rate"], Plan.Axes().Select(axis => axis.Key));

    [Fact]
    public void Runs_go_trial_by_trial_with_the_seeds_of_a_trial_together()
    {
        var runs = SamplePlan.Of(trials: [1, 4, 11]).Runs().ToArray();

        Assert.Equal([(1, 0), (1, 7), (4, 0), (4, 7), (11, 0), (11, 7)], runs.Select(run => (run.Trial, run.Seed)));
        Assert.Equal(6, SamplePlan.Of(trials: [1, 4, 11]).RunCount);
    }

    [Fact]
    public void A_run_spells_out_every_parameter_in_ordinal_order_the_seed_included()
    {
        var specs = SamplePlan.Of(trials: [1, 4]).Runs().Select(run => run.Spec.ToJson());

        Assert.Equal(
            [
                """{"activation":"relu","initialization":"zeros","learning_rate":1,"model.depth":2,"seed":0}""",
                """{"activation":"relu","initialization":"zeros","learning_rate":1,"model.depth":2,"seed":7}""",
                """{"activation":"relu","initialization":"identity","learning_rate":0.1,"model.depth":2,"seed":0}""",
                """{"activation":"relu","initialization":"identity","learning_rate":0.1,"model.depth":2,"seed":7}""",
            ],
            specs
        );
    }

    // The first digits of `printf '%s' '{"activation":…,"seed":7}' | sha256sum`. Results in the field are named by it: it never changes.
    [Fact]
    public void The_name_of_a_run_is_the_digest_of_its_spec()
    {
        var run = SamplePlan.Of(trials: [2]).Runs().Last();

        Assert.Equal(
            """{"activation":"relu","initialization":"normal(0.01)","learning_rate":0.1,"model.depth":2,"seed":7}""",
            run.Spec.ToJson()
        );
        Assert.Equal("96923aa5c40e", run.Id);
    }

    [Fact]
    public void Runs_have_names_of_their_own() =>
        Assert.Equal(Plan.RunCount, Plan.Runs().Select(run => run.Id).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void The_same_run_has_the_same_name_in_every_study()
    {
        var other = Plan with
        {
            Study = "another",
            Fixed = Parameters.Of([new("activation", Scalar.Of("relu")), new("model.depth", Scalar.Of(2L))]),
            Scientific = [new("learning_rate", [Scalar.Of(0.1)])],
            Nuisance = [new("initialization", [Scalar.Of("normal(0.01)")])],
            Seeds = [7],
            Trials = [0],
        };

        Assert.Equal("96923aa5c40e", Assert.Single(other.Runs()).Id);
    }

    [Fact]
    public void A_plan_without_axes_has_one_trial()
    {
        var plan = Plan with { Scientific = [], Nuisance = [], Trials = [0] };

        Assert.Equal(
            ["""{"model.depth":2,"seed":0}""", """{"model.depth":2,"seed":7}"""],
            plan.Runs().Select(run => run.Spec.ToJson())
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public void A_plan_gets_back_the_seeds_of_its_trials(int? atLeast)
    {
        var plan = SamplePlan.Of(trials: [1, 4, 6]) with
        {
            Seeds = [0, 1, 2, 3],
            AtLeast = atLeast,
            More = atLeast is null ? [] : [new(4, 4)],
        };

        var again = (plan with { More = [] }).WithSeedCounts(plan.SeedCounts());

        Assert.Equal(plan.More, again.More);
    }
}
