namespace Pipeline.Tests;

/// <summary>What a change of code makes run again: real changes to a copy of the sources, really built.</summary>
public sealed class CodeChangeTests : IClassFixture<SourceCopy>, IDisposable
{
    private readonly SourceCopy sources;
    private readonly Workspace workspace;

    /// <summary>A finished study, done by the command of this repository.</summary>
    public CodeChangeTests(SourceCopy sources)
    {
        this.sources = sources;
        workspace = new() { Host = sources.Host };
        using var original = new Workspace();
        original.Run("--target=Report", $"--cache={workspace.PathOf("cache")}", $"--results={workspace.PathOf("results")}").Succeeded();
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
        sources.Edit("src/Networks/Network.cs", "namespace Pipeline.Networks;", "// A remark.\n\n\nnamespace Pipeline.Networks;");
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
        sources.Edit("src/Networks/Activations/Gelu.cs", "internal sealed class Gelu", "internal sealed partial class Gelu");
        sources.Build();
        var plan = Plan();

        Assert.Equal("plan: 8 of 16 runs to do, 2 stages to do", plan.Line("plan"));
        Assert.Matches(@"train: 8 of 16 runs to do: operation activation/gelu [0-9a-f]{8} → [0-9a-f]{8}", plan.Output);
    }

    [Fact]
    public void A_new_activation_reruns_nothing_and_can_be_used()
    {
        sources.Write("src/Networks/Activations/Slow.cs", """
            using System.Runtime.Intrinsics;

            namespace Pipeline.Networks;

            /// <summary>Half of what comes in, <c>y = x/2</c>.</summary>
            internal sealed class Slow() : Activation<Slow.Kernel>(default)
            {
                internal readonly struct Kernel : IActivationKernel
                {
                    public float Forward(float x) => 0.5f * x;

                    public Vector512<float> Forward(Vector512<float> x) => 0.5f * x;

                    public float Backward(float x, float y, float dy) => 0.5f * dy;

                    public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) => 0.5f * dy;
                }
            }
            """);
        sources.Build();

        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", Plan().Line("plan"));
        workspace.Edit("experiments/small.yaml", "[relu, gelu]", "[relu, gelu, slow]");
        Assert.Equal("train: 8 run, 16 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));
    }

    [Theory]
    [InlineData("src/Numerics/Random/RandomStream.cs", "(1f / (1 << 24))", "(1f / (1 << 23))", "Numerics")]
    [InlineData("src/Artifacts/Plan.cs", "SeedKey = \"seed\"", "SeedKey = \"s\" + \"eed\"", "Artifacts")]
    public void A_change_of_arithmetic_or_of_a_constant_used_elsewhere_reruns_every_run(string file, string from, string to, string assembly)
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
        sources.Edit("src/Stages/Preprocess/Preprocessor.cs", "namespace Pipeline.Stages.Preprocess;", "namespace Pipeline.Stages.Preprocess;\n\ninternal static class Planted;\n");
        sources.Build();

        var output = workspace.Run("--target=Report", $"--results={workspace.PathOf("results")}").Succeeded();

        Assert.Matches(@"prepare digits .*: code Pipeline\.Stages\.Preprocess [0-9a-f]{8} → [0-9a-f]{8}", output);
        Assert.Contains("train: 0 run, 16 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
    }

    private Outcome Plan()
    {
        var outcome = workspace.Run("--target=Plan", $"--results={workspace.PathOf("results")}");
        outcome.Succeeded();
        return outcome;
    }
}
