using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class AxisTests
{
    private static readonly string Minimal = StudyFolder
        .Minimal.Replace("  activation: relu\n", "")
        .Replace("  learning_rate: 0.1\n", "");

    [Theory]
    [InlineData(
        "activation: []",
        "x.yaml:9:15: activation under scientific expects a list of values, not an empty list."
    )]
    [InlineData(
        "activation: relu",
        "x.yaml:9:15: activation under scientific expects a list of values, not the text 'relu'; a single value stands under fixed."
    )]
    [InlineData("activation: {a: b}", "x.yaml:9:15: activation under scientific expects a list of values, not a map.")]
    [InlineData("activation: [relu, rleu]", "x.yaml:9:22: there is no activation 'rleu'; the nearest is 'relu'.")]
    [InlineData(
        "activation: [leaky_relu, tanh, leaky_relu(1e-2)]",
        "x.yaml:9:34: activation has the value leaky_relu twice."
    )]
    [InlineData(
        "activation: [[relu]]",
        "x.yaml:9:16: activation expects the name of an activation, with arguments in parentheses where it takes some, not a list."
    )]
    [InlineData("epochs: [1, 1.0]", "x.yaml:9:15: epochs has the value 1 twice.")]
    [InlineData(
        "learning_rate: [0.1, 0.10000000001]",
        "x.yaml:9:24: learning_rate has the values 0.1 and 0.10000000001, which are one number in float32; delete one."
    )]
    [InlineData(
        "activation: [leaky_relu(0.2), leaky_relu(0.2000000001)]",
        "x.yaml:9:33: activation has the values leaky_relu(0.2) and leaky_relu(0.2000000001), which are one number in float32; delete one."
    )]
    [InlineData(
        "preprocessing: [none, scale_to_range(0, 1]",
        "x.yaml:9:25: in 'scale_to_range(0' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside."
    )]
    public void A_wrong_axis_is_refused(string axis, string message)
    {
        var minimal = Minimal
            .Replace(
                $"  {axis[..axis.IndexOf(':')]}: {(axis[0] == 'l' ? "0.1" : "relu")}\n",
                "",
                StringComparison.Ordinal
            )
            .Replace("  epochs: 15\n", "");

        Assert.Equal(message, StudyFolder.RefusalOf($"title: A\n{minimal}scientific:\n  {axis}\n"));
    }

    [Fact]
    public void Axes_keep_the_order_of_the_study_and_the_last_varies_fastest()
    {
        var plan = StudyFolder.PlanOf(
            Minimal
                + "nuisance:\n  learning_rate: [0.1, 0.01]\n"
                + "scientific:\n  normalization: [none, layer]\n  activation: [tanh, relu]\nseeds: 2\n"
        );

        Assert.Equal(["normalization", "activation"], plan.Scientific.Select(axis => axis.Key));
        Assert.Equal(["learning_rate"], plan.Nuisance.Select(axis => axis.Key));
        Assert.Equal(Enumerable.Range(0, 8), plan.Trials);
        Assert.Equal(
            ["none tanh 0.1 0", "none tanh 0.1 1", "none tanh 0.01 0", "none tanh 0.01 1", "none relu 0.1 0"],
            plan.Runs()
                .Take(5)
                .Select(run =>
                    string.Join(
                        ' ',
                        new[] { "normalization", "activation", "learning_rate", "seed" }.Select(key => run.Spec[key])
                    )
                )
        );
    }

    [Fact]
    public void A_chain_on_an_axis_is_a_text_or_a_list()
    {
        var plan = StudyFolder.PlanOf(
            StudyFolder.Minimal + "scientific:\n  preprocessing: [none, center+standardize, [standardize, center]]\n"
        );

        Assert.Equal(
            ["none", "center+standardize", "standardize+center"],
            plan.Scientific[0].Values.Select(value => value.ToString())
        );
    }

    [Theory]
    [InlineData(1000, 1000, 1, true)]
    [InlineData(1000, 1000, 2, false)]
    [InlineData(1001, 1000, 1, false)]
    [InlineData(40_000, 40_000, 1_000_000, false)]
    public void More_than_a_million_runs_are_refused(int first, int second, int seeds, bool isAccepted)
    {
        var text = $"""
            {StudyFolder.Minimal.Replace("  epochs: 15\n", "").Replace("  learning_rate: 0.1\n", "")}
            scientific:
              epochs: [{string.Join(", ", Enumerable.Range(1, first))}]
            nuisance:
              learning_rate: [{string.Join(", ", Enumerable.Range(1, second))}]
            seeds: {seeds}
            """;
        if (isAccepted)
        {
            Assert.Equal(1_000_000, StudyFolder.PlanOf(text).RunCount);
            return;
        }
        Assert.Equal(
            "x.yaml:1:1: the axes and seeds combine to more than 1,000,000 runs; shorten one, or split the study.",
            StudyFolder.RefusalOf("title: A\n" + text)
        );
    }
}
