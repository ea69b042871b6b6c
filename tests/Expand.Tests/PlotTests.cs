using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class PlotTests
{
    /// <summary>A study of three scientific axes, without its title; its plots begin in line 17.</summary>
    private const string Study = """
        dataset: digits
        fixed:
          model: {kind: mlp, depth: 2, width: 64}
          optimizer.kind: sgd
          batch_size: 64
          epochs: 15
          metrics: macro_f1
          probe_epochs: [0, 15]
        scientific:
          activation: [relu, tanh]
          initialization: [zeros, he_normal]
          normalization: [none, batch]
        nuisance: {learning_rate: [0.01, 0.1]}
        probes: dead_units
        seeds: 5
        # What the page shows:

        """;

    private const string Contract =
        "plots: [heatmap(activation, initialization, by: normalization), curves(train_loss)]";

    [Fact]
    public void A_study_says_which_pictures_it_shows() =>
        Assert.Equal(["heatmap(activation, initialization, by: normalization)", "curves(train_loss)"], Plots(Contract));

    [Theory]
    [InlineData("plots:\n- heatmap(activation, initialization, by: normalization)\n- curves(train_loss)")]
    [InlineData(
        "plots:\n  - heatmap( activation,initialization ,by:normalization ) # a note (with, a: comma\n  - curves(train_loss)"
    )]
    [InlineData("plots:\n  - 'heatmap(activation, initialization, by: normalization)'\n  - \"curves(train_loss)\"")]
    [InlineData("plots: ['heatmap(activation, initialization, by: normalization)', curves(train_loss)]")]
    [InlineData("plots: [\n  heatmap(activation, initialization, by: normalization),\n  curves(train_loss),\n]")]
    [InlineData(
        "plots: [heatmap(activation, initialization, metric: test_accuracy, by: normalization), curves(train_loss)]"
    )]
    public void However_it_is_written_it_is_the_same(string text) => Assert.Equal(Plots(Contract), Plots(text));

    [Theory]
    [InlineData("heatmap(activation, initialization)")]
    [InlineData("heatmap(activation, initialization, by: normalization, metric: test_loss)")]
    [InlineData("curves(validation_accuracy, by: activation)")]
    [InlineData("bars(activation)")]
    [InlineData("bars(activation, by: normalization, metric: test_macro_f1)")]
    [InlineData("bars(activation, metric: probe(dead_share,mean,last))")]
    [InlineData("bars(activation, metric: first_to_last(dead_share,0))")]
    [InlineData("bars(activation, metric: epochs_to(train_loss,0.5))")]
    [InlineData("layers(dead_share)")]
    [InlineData("trajectory")]
    public void Every_kind_of_plot_is_read(string plot)
    {
        Assert.Equal([plot], Plots($"plots: [{plot}]"));
        Assert.Equal([plot], Plots($"plots:\n- {plot}"));
        Assert.Equal([plot], Plots($"plots:\n- '{plot}'"));
    }

    [Fact]
    public void A_metric_is_kept_in_canonical_form() =>
        Assert.Equal(
            "probe(dead_share,mean,last)",
            Assert
                .Single(
                    StudyFolder
                        .PlanOf(Study + "plots: [bars(activation, metric: probe( dead_share , mean, last ))]")
                        .Plots!
                )
                .Metric
        );

    [Fact]
    public void Without_the_key_the_choice_is_left_to_the_report_and_an_empty_list_shows_nothing()
    {
        Assert.Null(StudyFolder.PlanOf(Study).Plots);
        Assert.Empty(StudyFolder.PlanOf(Study + "plots: []").Plots!);
    }

    [Fact]
    public void Plots_are_part_of_the_plan_as_it_is_stored()
    {
        var plan = StudyFolder.PlanOf(Study + Contract);

        Assert.Equal(
            Plots(Contract),
            ArtifactEncoding.DecodePlan(ArtifactEncoding.Encode(plan)).Plots!.Select(plot => plot.ToString())
        );
    }

    [Theory]
    [InlineData("heatmpa(activation, initialization)", "there is no plot 'heatmpa'; the nearest is 'heatmap'")]
    [InlineData("pie(activation)", "there is no plot 'pie'; choose from heatmap, curves, bars, layers, trajectory")]
    [InlineData(
        "heatmap(activation)",
        "'heatmap(activation)' is not of the form heatmap(rows, columns, by: …, metric: …)"
    )]
    [InlineData(
        "heatmap(activation, )",
        "'heatmap(activation, )' is not of the form heatmap(rows, columns, by: …, metric: …)"
    )]
    [InlineData("curves", "'curves' is not of the form curves(curve, by: …)")]
    [InlineData("bars()", "'bars()' is not of the form bars(axis, by: …, metric: …)")]
    [InlineData("layers(dead_share, 2)", "'layers(dead_share, 2)' is not of the form layers(probe)")]
    [InlineData("trajectory(dead_share)", "'trajectory(dead_share)' is not of the form trajectory")]
    [InlineData(
        "heatmap(activation) initialization",
        "'heatmap(activation) initialization' is not of the form name(argument, …)"
    )]
    [InlineData("bars(activation, bye: normalization)", "bars has no argument 'bye'; the nearest is 'by'")]
    [InlineData("layers(dead_share, by: normalization)", "layers has no argument 'by'")]
    [InlineData("curves(train_loss, metric: test_loss)", "curves has no argument 'metric'; the only one is 'by'")]
    [InlineData("bars(activation, by:)", "'bars(activation, by:)' gives no by")]
    [InlineData(
        "bars(activation, by: normalization, by: initialization)",
        "'bars(activation, by: normalization, by: initialization)' gives by twice"
    )]
    [InlineData(
        "heatmap(activatoin, initialization)",
        "the study has no axis 'activatoin'; the nearest is 'activation'"
    )]
    [InlineData(
        "bars(activation, by: size)",
        "the study has no axis 'size'; choose from activation, initialization, normalization"
    )]
    [InlineData(
        "bars(epochs)",
        "epochs is no axis but fixed at 15; choose from activation, initialization, normalization"
    )]
    [InlineData(
        "bars(learning_rate)",
        "learning_rate is tuned for each cell on validation data, and the axes of a plot are scientific; choose from activation, initialization, normalization"
    )]
    [InlineData("heatmap(activation, activation)", "'heatmap(activation, activation)' names the axis activation twice")]
    [InlineData(
        "heatmap(activation, initialization, by: activation)",
        "'heatmap(activation, initialization, by: activation)' names the axis activation twice"
    )]
    [InlineData("curves(train_los)", "a run has no curve 'train_los'; the nearest is 'train_loss'")]
    [InlineData(
        "bars(activation, metric: test_acuracy)",
        "a run has no metric 'test_acuracy'; the nearest is 'test_accuracy'"
    )]
    [InlineData(
        "bars(activation, metric: epochs_to(test_loss, 1))",
        "a run has no curve 'test_loss'; choose from train_accuracy, train_loss, validation_accuracy, validation_loss"
    )]
    [InlineData(
        "bars(activation, metric: slope(test_loss, activation))",
        "'slope(test_loss, activation)' is made of several cells; name the number of a run, such as test_loss"
    )]
    [InlineData(
        "bars(activation, metric: probe(dead_share, 0, 0))",
        "'0' in 'probe(dead_share, 0, 0)' is no layer, which is a whole number from 1, first, last, mean, min or max"
    )]
    [InlineData(
        "layers(dead_units)",
        "dead_units is a probe; layers takes the name of a number that it measures, as layers.csv has it"
    )]
    [InlineData(
        "heatmap(activation, initialization",
        "in 'heatmap(activation, initialization' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside"
    )]
    [InlineData(
        "heatmap(activation, by: initialization",
        "in 'heatmap(activation, by' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside"
    )]
    [InlineData("curves(train_loss))", "in 'curves(train_loss))' a parenthesis is closed that was not opened")]
    public void A_wrong_plot_is_refused_at_its_place(string plot, string message) =>
        Assert.Equal($"x.yaml:19:3: {message}.", StudyFolder.RefusalOf($"title: A study\n{Study}plots:\n- {plot}\n"));

    [Theory]
    [InlineData(
        "[heatmap(activation, initialization], curves(train_loss)]",
        9,
        "in 'heatmap(activation' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside"
    )]
    [InlineData(
        "[curves(train_loss), heatmap(activation, initialization]",
        29,
        "in 'heatmap(activation' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside"
    )]
    [InlineData(
        "[heatmap(activation,\n  initialization)]",
        9,
        "in 'heatmap(activation' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside"
    )]
    [InlineData(
        "[curves(train_loss)), trajectory]",
        9,
        "in 'curves(train_loss))' a parenthesis is closed that was not opened"
    )]
    [InlineData(
        "[curves(train_loss), curves( train_loss )]",
        29,
        "curves(train_loss) stands twice; it is in line 18 already"
    )]
    [InlineData(
        "curves(train_loss)",
        8,
        "plots expects a list of plots, such as [heatmap(activation, initialization), curves(train_loss)], not the text 'curves(train_loss)'"
    )]
    [InlineData(
        "[{curves: train_loss}]",
        9,
        "a plot expects a text such as heatmap(activation, initialization), not a map"
    )]
    [InlineData("[3]", 9, "a plot expects a text such as heatmap(activation, initialization), not the number 3")]
    public void A_wrong_list_of_plots_is_refused(string plots, int column, string message) =>
        Assert.Equal(
            $"x.yaml:18:{column}: {message}.",
            StudyFolder.RefusalOf($"title: A study\n{Study}plots: {plots}\n")
        );

    [Fact]
    public void A_parenthesis_that_is_left_open_in_braces_is_named() =>
        Assert.Contains(
            "in 'log(0.001' a parenthesis is not closed",
            StudyFolder.RefusalOf(
                "title: A study\nnuisance: {learning_rate: {quasi_random: log(0.001, 1, points: 8}}\n"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_parenthesis_that_breaks_the_yaml_is_named() =>
        Assert.Equal(
            "x.yaml:19:10: this parenthesis is not closed; close it on the same line.",
            StudyFolder.RefusalOf(
                $"title: A study\n{Study}plots:\n- heatmap(activation, initialization, by: normalization, metric: test_loss\n"
            )
        );

    [Theory]
    [InlineData("layers(dead_share)")]
    [InlineData("trajectory")]
    [InlineData("bars(activation, metric: probe(dead_share,mean,0))")]
    public void What_probes_measure_is_refused_where_there_are_none(string plot) =>
        Assert.Equal(
            $"x.yaml:17:9: '{plot}' shows what probes measure, and the study has none; add probes.",
            StudyFolder.RefusalOf(
                $"title: A study\n{Study.Replace("probes: dead_units\n", "", StringComparison.Ordinal)}plots: [{plot}]\n"
            )
        );

    [Fact]
    public void More_plots_than_a_page_holds_are_refused() =>
        Assert.Equal(
            "x.yaml:59:3: a study shows at most 40 plots.",
            StudyFolder.RefusalOf(
                $"title: A study\n{Study}plots:\n{string.Concat(Enumerable.Range(0, 41).Select(i => $"- layers(x{i})\n"))}"
            )
        );

    [Fact]
    public void Prose_with_parentheses_stays_as_it_is()
    {
        var plan = StudyFolder.PlanOf(
            Study + "question: Does f(x, y) train (deep) networks, f(x\nsource: a(b c(d, e)\n"
        );

        Assert.Equal(("Does f(x, y) train (deep) networks, f(x", "a(b c(d, e)"), (plan.Question, plan.Source));
    }

    private static IEnumerable<string> Plots(string text) =>
        StudyFolder.PlanOf(Study + text + "\n").Plots!.Select(plot => plot.ToString());
}
