namespace Pipeline.Tests;

/// <summary>The same bytes for every number of jobs and every instruction set.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string, string> Switches => new()
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

    private static IReadOnlyList<(string, string)> Results(Dictionary<string, string> environment, params string[] arguments)
    {
        using var workspace = new Workspace();
        workspace.Run(environment, ["--target=Report", $"--results={workspace.PathOf("out")}", .. arguments]).Succeeded();
        var files = workspace.Files("out");
        Assert.NotEmpty(files);
        return files;
    }
}
