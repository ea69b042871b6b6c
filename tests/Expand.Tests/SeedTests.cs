using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

/// <summary>Seeds until the claims of a study are decided.</summary>
public sealed class SeedTests
{
    private const string Claim =
        "claims:\n  - {says: A, source: B, basis: theory, metric: test_accuracy, left: {activation: relu}, ";
    private const string Statistical = Claim + "above: 0.5}\n";
    private const string Exact = Claim + "equal: 0.5}\n";

    private static readonly string Grid =
        StudyFolder.Minimal.Replace("  activation: relu\n", "", StringComparison.Ordinal)
        + "scientific: {activation: [relu, tanh]}\n";

    [Fact]
    public void Every_trial_begins_with_the_least()
    {
        var plan = StudyFolder.PlanOf(Grid + Statistical + "seeds: {at_least: 3, at_most: 20, until: decided}");

        Assert.Equal(Enumerable.Range(0, 20), plan.Seeds);
        Assert.Equal(3, plan.AtLeast);
        Assert.Empty(plan.More);
        Assert.Equal(6, plan.RunCount);
        Assert.Equal([0, 1, 2, 0, 1, 2], plan.Runs().Select(run => run.Seed));
        Assert.Equal([3, 6, 12, 20], plan.SeedsByRound());
    }

    [Fact]
    public void They_may_begin_where_no_other_study_was()
    {
        var plan = StudyFolder.PlanOf(
            Grid + Statistical + "seeds: {first: 100, at_least: 3, at_most: 6, until: decided}"
        );

        Assert.Equal([100, 101, 102, 103, 104, 105], plan.Seeds);
        Assert.Equal([100, 101, 102, 100, 101, 102], plan.Runs().Select(run => run.Seed));
        Assert.Equal([3, 6], plan.SeedsByRound());
    }

    [Fact]
    public void As_many_at_least_as_at_most_are_a_count() =>
        Assert.Null(
            StudyFolder.PlanOf(Grid + Statistical + "seeds: {at_least: 3, at_most: 3, until: decided}").AtLeast
        );

    [Fact]
    public void The_command_line_may_want_a_number_instead()
    {
        var plan = StudyFolder.PlanOf(
            Grid + Statistical + "seeds: {at_least: 3, at_most: 20, until: decided}",
            set: ["seeds=2"]
        );

        Assert.Equal([0, 1], plan.Seeds);
        Assert.Null(plan.AtLeast);
    }

    [Theory]
    [InlineData(
        Statistical,
        "{at_least: 3, until: decided}",
        "seeds has no at_most; it is written like {at_least: 3, at_most: 20, until: decided}"
    )]
    [InlineData(
        Statistical,
        "{first: 2147483640, at_least: 3, at_most: 20, until: decided}",
        "first expects a whole number from 0 to 2,147,483,628, not the number 2147483640"
    )]
    [InlineData(
        Statistical,
        "{at_least: 3, at_most: 20}",
        "seeds has no until; it is written like {at_least: 3, at_most: 20, until: decided}"
    )]
    [InlineData(
        Statistical,
        "{at_lest: 3, at_most: 20, until: decided}",
        "seeds has no key 'at_lest'; the nearest is 'at_least'"
    )]
    [InlineData(
        Statistical,
        "{at_least: 2, at_most: 20, until: decided}",
        "at_least expects a whole number from 3 to 1,000,000, not the number 2"
    )]
    [InlineData(
        Statistical,
        "{at_least: 30, at_most: 20, until: decided}",
        "at_least is 30, more than at_most, which is 20; exchange them"
    )]
    [InlineData(Statistical, "{at_least: 3, at_most: 20, until: tired}", "until expects decided, not the text 'tired'")]
    [InlineData(
        Exact,
        "{at_least: 3, at_most: 20, until: decided}",
        "no claim of the study is judged by a test, so that there is nothing to decide; write seeds: 3"
    )]
    [InlineData(
        "",
        "{at_least: 3, at_most: 20, until: decided}",
        "no claim of the study is judged by a test, so that there is nothing to decide; write seeds: 3"
    )]
    public void What_cannot_be_is_refused(string claims, string seeds, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf("title: A\n" + Grid + claims + "seeds: " + seeds),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_command_line_may_want_them_too()
    {
        var plan = StudyFolder.PlanOf(
            Grid + Statistical + "seeds: 5",
            set: ["seeds={at_least: 3, at_most: 9, until: decided}"]
        );

        Assert.Equal([3, 6, 9], plan.SeedsByRound());
        Assert.Contains(
            "in '{at_least}' 'at_least' is no key and value, such as at_least: 3",
            StudyFolder.RefusalOf("title: A\n" + Grid + Statistical, set: ["seeds={at_least}"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_place_of_a_mistake_is_named() =>
        Assert.Equal(
            "x.yaml:2:9: seeds has no key 'until_decided'; choose from first, at_least, at_most, until.",
            StudyFolder.RefusalOf("title: A\nseeds: {until_decided: true}\n" + Grid)
        );
}
