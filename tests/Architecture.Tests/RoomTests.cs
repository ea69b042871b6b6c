namespace Pipeline.Architecture.Tests;

public sealed class RoomTests
{
    private static readonly IEnumerable<string> StageProjects = Repository.Projects.Where(p => p.StartsWith("src/Stages/", StringComparison.Ordinal));

    public static TheoryData<string> Stages => [.. StageProjects];

    [Fact]
    public void There_are_five_stages() => Assert.Equal(
        ["Aggregate", "Expand", "Preprocess", "Report", "Train"],
        StageProjects.Select(stage => Path.GetFileNameWithoutExtension(stage)!));

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_reaches_no_other_stage(string stage) => Assert.DoesNotContain(
        Repository.Closure(stage), project => project != stage && project.StartsWith("src/Stages/", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_reaches_neither_cache_nor_execution_nor_host(string stage) => Assert.DoesNotContain(
        Repository.Closure(stage),
        project => project.StartsWith("build/", StringComparison.Ordinal) || project is "src/Caching/Caching.csproj" or "src/Execution/Execution.csproj");

    [Theory]
    [InlineData("src/Numerics/Numerics.csproj")]
    [InlineData("src/Artifacts/Artifacts.csproj")]
    public void The_ground_rooms_reference_nothing(string project) => Assert.Empty(Repository.References(project));

    [Fact]
    public void Networks_references_Numerics_alone() =>
        Assert.Equal(["src/Numerics/Numerics.csproj"], Repository.References("src/Networks/Networks.csproj"));

    [Theory]
    [InlineData("src/Numerics")]
    [InlineData("src/Networks")]
    public void Numerics_and_Networks_know_neither_files_nor_console(string folder)
    {
        string[] foreign = ["System.IO", "File.", "Directory.", "Console.", "YamlDotNet", "Pipeline.Caching", "Environment."];
        var sources = Repository.Sources(folder).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source =>
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, source));
            Assert.DoesNotContain(foreign, word => text.Contains(word, StringComparison.Ordinal));
        });
    }
}
