namespace Pipeline.Tests;

/// <summary>What a change of code makes run again: real changes to a copy of the sources, really built.</summary>
public sealed class CodeChangeTests : IClassFixture<SourceCopy>, IDisposable
{
    private const string Signs = """
        title: Signs of gradients
        dataset: digits
        fixed:
          model: {kind: mlp, depth: 2, width: 16}
          preprocessing: standardize
          initialization: he_normal
          optimizer: {kind: sgd, momentum: 0.9}
          learning_rate: 0.03
          batch_size: 64
          epochs: 3
          probe_epochs: 0
        probes: gradient_signs
        scientific:
          activation: [relu, tanh]
        seeds: 5
        claims:
          - {says: ReLU puts out nothing negative, source: a test, basis: theory, metric: 'probe(same_sign_sample, 2, 0)', left: {activation: relu}, equal: 1}

        """;

    private readonly SourceCopy sources;
    private readonly Workspace workspace;

    /// <summary>A finished study, done by the command of this repository.</summary>
    public CodeChangeTests(SourceCopy sources)
    {
        this.sources = sources;
        workspace = new() { Host = sources.Host };
        using var original = new Workspace();
        original
            .Run("--target=Report", $"--cache={workspace.PathOf("cache")}", $"--results={workspace.PathOf("results")}")
            .Succeeded();
        workspace.Write("artifacts/report/index.html", original.Read("artifacts/report/index.html"));
    }

    public void Dispose()
    {
        sources.Restore();
        workspace.Dispose();
    }

    [Fact]
    public void A_copy_in_another_folder_has_nothing_to_do()
    {
        sources.Build();

        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", Plan().Line("plan"));
    }

    [Fact]
    public void A_comment_or_a_blank_line_reruns_nothing()
    {
        sources.Edit(
            "src/Networks/Network.cs",
            "namespace Pipeline.Networks;",
            "// A remark.\n\n\nnamespace Pipeline.Networks;"
        );
        sources.Build();

        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", Plan().Line("plan"));
    }

    [Theory]
    [InlineData("src/Stages/Report/Templates/study.md", "## How to reproduce", "## How to get this again")]
    [InlineData("src/Stages/Report/IndexPage.cs", "\"best cell\"", "\"winner\"")]
    public void A_change_of_Report_reruns_Report_alone(string file, string from, string to)
    {
        sources.Edit(file, from, to);
        sources.Build();
        var plan = Plan();

        Assert.Equal("plan: 0 of 16 runs to do, 1 stages to do", plan.Line("plan"));
        Assert.Matches(@"report: .*code Pipeline\.Stages\.Report [0-9a-f]{8} → [0-9a-f]{8}", plan.Output);
    }

    [Fact]
    public void A_change_of_GELU_reruns_what_uses_GELU()
    {
        sources.Edit(
            "src/Networks/Activations/GeluActivation.cs",
            "internal sealed class GeluActivation",
            "internal sealed partial class GeluActivation"
        );
        sources.Build();
        var plan = Plan();

        Assert.Equal("plan: 8 of 16 runs to do, 2 stages to do", plan.Line("plan"));
        Assert.Matches(@"train: 8 of 16 runs to do: operation activation/gelu [0-9a-f]{8} → [0-9a-f]{8}", plan.Output);
    }

    [Fact]
    public void A_new_activation_data_set_and_metric_take_a_file_each_rerun_nothing_and_can_be_used()
    {
        sources.Write(
            "src/Networks/Activations/SlowActivation.cs",
            """
            using Pipeline.Numerics;

            namespace Pipeline.Networks.Activations;

            /// <summary>Half of what comes in, <c>y = x/2</c>.</summary>
            internal sealed class SlowActivation() : Activation<SlowActivation.Kernel>(default)
            {
                internal readonly struct Kernel : IActivationKernel
                {
                    public T Forward<T>(T x)
                        where T : struct, IFloats<T> => 0.5f * x;

                    public T Backward<T>(T x, T y, T dy)
                        where T : struct, IFloats<T> => 0.5f * dy;
                }
            }
            """
        );
        sources.Write(
            "src/Stages/Preprocess/DataSets/LeftRight.cs",
            """
            namespace Pipeline.Stages.Preprocess.DataSets;

            /// <summary>Numbers, one a line; the class is their sign.</summary>
            internal sealed class LeftRight : DataSetReader
            {
                public override IReadOnlyList<string> Files { get; } = ["left-right.txt"];

                public override string Remedy => "write it";

                public override IReadOnlyList<int>? Shape { get; } = [1];

                public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default)
                {
                    var numbers = File.ReadLines(paths[0])
                        .Select(line => float.Parse(line, System.Globalization.CultureInfo.InvariantCulture))
                        .ToArray();
                    return new() { Shape = [1], Classes = 2, Floats = numbers, Labels = [.. numbers.Select(x => x > 0 ? 1 : 0)] };
                }
            }
            """
        );
        sources.Write(
            "src/Stages/Train/Metrics/Positives.cs",
            """
            namespace Pipeline.Stages.Train;

            /// <summary>The share of rows of class 1.</summary>
            internal sealed class Positives : Metric
            {
                internal override double Of(MeasuredNetwork network) =>
                    network.Labels.Count(label => label == 1) / (double)network.Labels.Length;
            }
            """
        );
        sources.Build();

        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", Plan().Line("plan"));
        workspace.Edit("experiments/small.yaml", "[relu, gelu]", "[relu, gelu, slow]");
        Assert.Equal("train: 8 run, 16 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));

        workspace.Write(
            "experiments/data/left-right.txt",
            string.Concat(Enumerable.Range(0, 200).Select(i => $"{(i % 2 == 0 ? 1 : -1) * (i + 1)}\n"))
        );
        workspace.Write(
            "experiments/new.yaml",
            Workspace
                .Study.Replace("dataset: digits", "dataset: left-right", StringComparison.Ordinal)
                .Replace("[relu, gelu]", "[slow]", StringComparison.Ordinal)
                .Replace("batch_size: 64", "batch_size: 16\n  metrics: positives", StringComparison.Ordinal)
        );
        workspace.Run("--target=Report", "--experiment=new", $"--results={workspace.PathOf("results")}").Succeeded();
        var rows = workspace.Read("results/new/runs.csv").Split('\n');
        Assert.Contains(",test_positives,", rows[0], StringComparison.Ordinal);

        // What PyTorch calls it nobody knows: its forward is left to be written.
        workspace
            .Run(
                "--target=Export",
                "--experiment=new",
                $"--run={rows[1].Split(',')[0]}",
                $"--to={workspace.PathOf("export")}"
            )
            .Succeeded();
        Assert.Contains("Unwritten(\"slow\")", workspace.Read("export/network.py"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/Numerics", "Pipeline.Numerics")]
    [InlineData("src/Networks", "Pipeline.Networks")]
    [InlineData("src/Stages/Aggregate", "Pipeline.Stages.Aggregate")]
    public void A_function_that_processors_round_their_own_way_fails_the_build(string room, string space)
    {
        sources.Write(
            $"{room}/Planted.cs",
            $$"""
            namespace {{space}};

            /// <summary>Planted.</summary>
            internal static class Planted
            {
                public static float Of(float x) => System.MathF.Exp(x);
            }
            """
        );
        var (exitCode, output) = sources.BuildWithAnalyzers(room);

        Assert.NotEqual(0, exitCode);
        Assert.Matches(@"Planted\.cs\(6,\d+\): error RS0030: .*MathF\.Exp", output);
    }

    [Theory]
    [InlineData("src/Numerics/Random/RandomStream.cs", "(1f / (1 << 24))", "(1f / (1 << 23))", "Numerics")]
    [InlineData("src/Artifacts/Plan.cs", "SeedKey = \"seed\"", "SeedKey = \"s\" + \"eed\"", "Artifacts")]
    public void A_change_of_arithmetic_or_of_a_constant_used_elsewhere_reruns_every_run(
        string file,
        string from,
        string to,
        string assembly
    )
    {
        sources.Edit(file, from, to);
        sources.Build();
        var plan = Plan();

        Assert.StartsWith("plan: 16 of 16 runs to do,", plan.Line("plan"), StringComparison.Ordinal);
        Assert.Matches($@"code Pipeline\.{assembly} [0-9a-f]{{8}} → [0-9a-f]{{8}}", plan.Output);
    }

    [Fact]
    public void A_change_of_Preprocess_that_gives_equal_bytes_retrains_nothing()
    {
        sources.Edit(
            "src/Stages/Preprocess/Preprocessor.cs",
            "namespace Pipeline.Stages.Preprocess;",
            "namespace Pipeline.Stages.Preprocess;\n\ninternal static class Planted;\n"
        );
        sources.Build();

        var output = workspace.Run("--target=Report", $"--results={workspace.PathOf("results")}").Succeeded();

        Assert.Matches(@"prepare digits .*: code Pipeline\.Stages\.Preprocess [0-9a-f]{8} → [0-9a-f]{8}", output);
        Assert.Contains("train: 0 run, 16 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_names_an_initializer_that_draws_weights_1_percent_larger_and_tells_it_from_chance()
    {
        RecordSigns();
        sources.Edit(
            "src/Networks/Initializers/HeNormalInitializer.cs",
            "Math.Sqrt(2.0 / shape.FanIn)",
            "1.01 * Math.Sqrt(2.0 / shape.FanIn)"
        );
        sources.Build();
        workspace.Run("--target=Report", "--experiment=signs").Succeeded();

        var outcome = workspace.Run("--target=Diff", "--experiment=signs", "--fail-on=significant");

        Assert.Matches(
            @"\n- operation initializer/he\\_normal of Pipeline\.Networks: `[0-9a-f]{8}` → `[0-9a-f]{8}`\n\n\| cell",
            outcome.Succeeded()
        );
        Assert.Equal("diff: 2 cells changed, 0 significant, 0 verdicts flipped", outcome.Line("diff"));
    }

    [Fact]
    public void Diff_shows_first_which_verdict_a_ReLU_that_leaks_turns_around()
    {
        RecordSigns();
        sources.Edit(
            "src/Networks/Activations/ReluActivation.cs",
            "T.Select(x <= 0f, 0f, x)",
            "T.Select(x <= 0f, 0.2f * x, x)"
        );
        sources.Edit(
            "src/Networks/Activations/ReluActivation.cs",
            "T.Select(x <= 0f, 0f, dy)",
            "T.Select(x <= 0f, 0.2f * dy, dy)"
        );
        sources.Build();
        workspace.Run("--target=Report", "--experiment=signs").Succeeded();

        var outcome = workspace.Run("--target=Diff", "--experiment=signs", "--fail-on=verdict");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Matches(
            @"## 1 verdict flipped\n\n.*\n.*\n\| `signs` \| ReLU puts out nothing negative \| holds → \*\*refuted\*\* \|",
            outcome.Output
        );
        Assert.Contains(
            "- operation activation/relu of Pipeline.Networks: `",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Matches(@"\ndiff: 1 cells? changed, \d significant, 1 verdict flipped\n", outcome.Output);
    }

    /// <summary>The results of a study with a claim about ReLU, by the command of this repository, committed.</summary>
    private void RecordSigns()
    {
        using var original = new Workspace();
        original.Write("experiments/signs.yaml", Signs);
        original
            .Run(
                "--target=Report",
                "--experiment=signs",
                $"--cache={workspace.PathOf("cache")}",
                $"--results={workspace.PathOf("results")}"
            )
            .Succeeded();
        workspace.Write("experiments/signs.yaml", Signs);
        workspace.Commit("Signs");
    }

    private Outcome Plan()
    {
        var outcome = workspace.Run("--target=Plan", $"--results={workspace.PathOf("results")}");
        outcome.Succeeded();
        return outcome;
    }
}
