namespace Pipeline.Expand.Tests;

public sealed class QuasiRandomTests
{
    [Fact]
    public void Points_halve_the_range_again_and_again() =>
        Assert.Equal(
            [1.5, 1.25, 1.75, 1.125, 1.625, 1.375, 1.875],
            Values("{quasi_random: 'uniform(1, 2)', points: 7}")
        );

    [Fact]
    public void Points_need_no_quotes() =>
        Assert.Equal(
            Values("{quasi_random: 'log(0.001, 1)', points: 3}"),
            Values("{quasi_random: log(0.001, 1), points: 3}")
        );

    [Fact]
    public void Points_of_a_range_of_magnitudes_do_so_on_a_log_scale_and_have_six_digits() =>
        Assert.Equal([0.0316228, 0.00562341, 0.177828], Values("{quasi_random: 'log(0.001, 1)', points: 3}"));

    [Fact]
    public void More_points_keep_those_that_were_there() =>
        Assert.Equal(
            Values("{quasi_random: 'log(1e-6, 10)', points: 9}"),
            Values("{quasi_random: 'log(1e-6, 10)', points: 100}").Take(9)
        );

    [Fact]
    public void Points_form_a_grid_with_other_axes()
    {
        var plan = StudyFolder.PlanOf(
            Nuisance("{quasi_random: 'log(0.001, 1)', points: 3}") + "  optimizer.momentum: [0, 0.9]\n"
        );

        Assert.Equal(6, plan.RunCount);
    }

    [Theory]
    [InlineData(
        "{quasi_random: 'log(0.001, 1)', points: 0}",
        "58: points expects a whole number from 1 to 1,000, not the number 0"
    )]
    [InlineData(
        "{quasi_random: 'log(0.001, 1)'}",
        "18: the axis has no points; it is written like {quasi_random: 'log(0.001, 1)', points: 8}"
    )]
    [InlineData(
        "{points: 8}",
        "18: the axis has no quasi_random; it is written like {quasi_random: 'log(0.001, 1)', points: 8}"
    )]
    [InlineData(
        "{quasi_random: 'log(0.001, 1)', ponits: 8}",
        "50: quasi_random points have no key 'ponits'; the nearest is 'points'"
    )]
    [InlineData(
        "{quasi_random: 'log(1, 1)', points: 8}",
        "33: 'log(1, 1)' is empty; its first number is the smaller one"
    )]
    [InlineData(
        "{quasi_random: 'log(0, 1)', points: 8}",
        "33: 'log(0, 1)' begins with no number greater than 0; use uniform(0, 1)"
    )]
    [InlineData(
        "{quasi_random: 'normal(0, 1)', points: 8}",
        "33: quasi_random expects log(a, b) or uniform(a, b), not the text 'normal(0, 1)'"
    )]
    [InlineData(
        "{quasi_random: 'log(0.1)', points: 8}",
        "33: quasi_random expects log(a, b) or uniform(a, b), not the text 'log(0.1)'"
    )]
    [InlineData(
        "{quasi_random: 3, points: 8}",
        "33: quasi_random expects log(a, b) or uniform(a, b), not the number 3"
    )]
    [InlineData("{quasi_random: 'uniform(1, 1.000001)', points: 8}", "33: learning_rate has the value 1 twice")]
    [InlineData(
        "{quasi_random: 'uniform(-1, 0.5)', points: 8}",
        "33: learning_rate expects a number greater than 0 and within float32, not the number -0.25"
    )]
    [InlineData("{a: b}", "18: learning_rate under nuisance expects a list of values, not a map")]
    public void Points_that_can_not_be_are_refused(string axis, string message) =>
        Assert.Equal($"x.yaml:11:{message}.", StudyFolder.RefusalOf("title: A\n" + Nuisance(axis)));

    [Fact]
    public void What_is_compared_has_no_quasi_random_points() =>
        Assert.Equal(
            "x.yaml:11:18: quasi_random points are for tuned axes; list the values of one that is compared.",
            StudyFolder.RefusalOf(
                "title: A\n"
                    + Nuisance("{quasi_random: 'log(0.001, 1)', points: 8}")
                        .Replace("nuisance", "scientific", StringComparison.Ordinal)
            )
        );

    private static string Nuisance(string axis) =>
        StudyFolder.Minimal.Replace("  learning_rate: 0.1\n", "", StringComparison.Ordinal).TrimEnd('\n')
        + $"\nnuisance:\n  learning_rate: {axis}\n";

    private static IEnumerable<double> Values(string axis) =>
        StudyFolder.PlanOf(Nuisance(axis)).Nuisance.Single().Values.Select(value => value.ToDouble());
}
