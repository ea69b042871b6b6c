namespace Pipeline.Tests;

/// <summary>The same bytes for every number of jobs and every instruction set.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string, string> Switches =>
        new()
        {
            { "DOTNET_EnableAVX512", "0" },
            { "DOTNET_PreferredVectorBitWidth", "256" },
            { "DOTNET_PreferredVectorBitWidth", "128" },
            { "DOTNET_TieredCompilation", "0" },
            { "DOTNET_TieredPGO", "1" },
            { "DOTNET_ReadyToRun", "0" },
        };

    [Fact]
    public void One_job_and_three_give_the_same_bytes()
    {
        Assert.Equal(Results([], "--jobs=1"), Results([], "--jobs=3"));
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void A_runtime_switch_changes_no_byte(string name, string value)
    {
        Assert.Equal(Results([]), Results(new() { [name] = value }));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Without_vector_instructions_a_small_part_gives_the_same_bytes(string name)
    {
        string[] part = ["--set=epochs=1", "--set=seeds=1", "--set=model.width=8", "--only=learning_rate=0.1"];
        Assert.Equal(Results([], part), Results(new() { [name] = "0" }, part));
    }

    private static IReadOnlyList<(string, string)> Results(
        Dictionary<string, string> environment,
        params string[] arguments
    )
    {
        using var workspace = new Workspace();
        // All that computes: a decomposition, augmentation, probes of every kind, a claim.
        workspace.Edit(
            "experiments/small.yaml",
            "preprocessing: standardize",
            "preprocessing: standardize+whiten_zca(0.01)+pad_crop_flip(1,0.5)\n  probe_epochs: all"
        );
        workspace.Edit(
            "experiments/small.yaml",
            "seeds: 2",
            """
            seeds: 2
            probes: [activation_scale, dead_units, gradient_signs, layer_gradients, movement, saturation, symmetry, updates, weight_path]
            claims:
              - says: Batch normalization makes a difference
                source: this test
                basis: this test
                metric: first_to_last(weight_gradient_norm, 1)
                left: {activation: relu, normalization: batch}
                above: {normalization: none}
                factor: 1.01
            """
        );
        workspace
            .Run(environment, ["--target=Report", $"--results={workspace.PathOf("out")}", .. arguments])
            .Succeeded();
        var files = workspace.Files("out");
        Assert.NotEmpty(files);
        return files;
    }
}
