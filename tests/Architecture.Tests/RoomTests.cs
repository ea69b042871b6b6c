namespace Pipeline.Architecture.Tests;

public sealed class RoomTests
{
    /// <summary>No stage of the flow: a backend, the contract of Networks on TorchSharp. It is built on demand, by itself.</summary>
    private const string TorchBackend = "src/Stages/Train.Torch/Train.Torch.csproj";

    private static readonly IEnumerable<string> StageProjects = Repository.Projects.Where(p =>
        p.StartsWith("src/Stages/", StringComparison.Ordinal)
    );

    public static TheoryData<string> Stages => [.. StageProjects];

    [Fact]
    public void There_are_five_stages() =>
        Assert.Equal(
            ["Aggregate", "Expand", "Preprocess", "Report", "Train"],
            StageProjects
                .Where(project => project != TorchBackend)
                .Select(stage => Path.GetFileNameWithoutExtension(stage)!)
        );

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_reaches_no_other_stage(string stage) =>
        Assert.DoesNotContain(
            Repository.Closure(stage),
            project => project != stage && project.StartsWith("src/Stages/", StringComparison.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_reaches_no_room_around_the_stages(string stage) =>
        Assert.All(
            Repository.Closure(stage),
            project =>
                Assert.Contains(
                    Room(project),
                    (string[])["Artifacts", "CodeFingerprint", "Networks", "Numerics", "Stages"]
                )
        );

    [Fact]
    public void Nothing_in_the_solution_references_the_torch_backend_so_that_who_does_not_ask_for_it_builds_without()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Pipeline.sln")).Replace('\\', '/');
        Assert.DoesNotContain(
            Repository.Projects.Where(project => solution.Contains($"\"{project}\"", StringComparison.Ordinal)),
            project => Repository.Closure(project).Contains(TorchBackend)
        );
    }

    [Theory]
    [InlineData("src/Numerics/Numerics.csproj")]
    [InlineData("src/Artifacts/Artifacts.csproj")]
    [InlineData("src/Progress/Progress.csproj")]
    public void The_ground_rooms_reference_nothing(string project) => Assert.Empty(Repository.References(project));

    [Theory]
    [InlineData("Networks", "Numerics")]
    [InlineData("Stages/Expand", "Artifacts Numerics")]
    [InlineData("Stages/Preprocess", "Artifacts Numerics")]
    [InlineData("Stages/Train", "Artifacts Networks Numerics")]
    [InlineData("Stages/Train.Torch", "Networks Numerics")]
    [InlineData("Stages/Aggregate", "Artifacts Numerics")]
    [InlineData("Stages/Report", "Artifacts Numerics")]
    [InlineData("Results", "Artifacts")]
    [InlineData("Caching", "Artifacts")]
    [InlineData("Executors", "Artifacts Caching Train")]
    [InlineData("Executors/Slurm", "Artifacts Caching Executors Networks Train")]
    [InlineData("Executors/Worker", "Executors Networks Slurm Train")]
    [InlineData("DataSets", "Artifacts Expand Preprocess Progress")]
    [InlineData("Flow", "Aggregate Artifacts Caching DataSets Executors Expand Preprocess Progress Report Train")]
    [InlineData("Commands", "Flow")]
    [InlineData("Diff", "Flow Results")]
    [InlineData("Export", "Commands Flow")]
    [InlineData("Verify", "Flow Results")]
    public void A_room_uses_those_that_the_map_of_the_rooms_names(string room, string used) =>
        Assert.Equal(
            used.Split(' '),
            Repository
                .References($"src/{room}/{Path.GetFileName(room)}.csproj")
                .Select(p => Path.GetFileNameWithoutExtension(p)!)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_host_references_the_flow_its_guests_a_cluster_and_Frosting_alone() =>
        Assert.Equal(
            [
                "build/Frosting/Frosting.csproj",
                "src/Commands/Commands.csproj",
                "src/Diff/Diff.csproj",
                "src/Executors/Slurm/Slurm.csproj",
                "src/Executors/Worker/Worker.csproj",
                "src/Export/Export.csproj",
                "src/Flow/Flow.csproj",
                "src/Verify/Verify.csproj",
            ],
            Repository.References("build/Build.csproj").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Tables_for_people_are_in_Results_alone_which_no_report_needs()
    {
        Assert.Equal(
            ["src/Results/Results.csproj"],
            Repository.Projects.Where(project =>
                File.ReadAllText(Path.Combine(Repository.Root, project))
                    .Contains("\"Microsoft.Data.Analysis\"", StringComparison.Ordinal)
            )
        );
        Assert.DoesNotContain(
            Repository.Closure("src/Commands/Commands.csproj"),
            project => project == "src/Results/Results.csproj"
        );
    }

    [Fact]
    public void The_flow_and_its_local_executor_stay_small()
    {
        string[] executor =
        [
            "EndedRun",
            "IExecutor",
            "LocalExecutor",
            "ResumableTrainer",
            "RunQueue",
            "RunTask",
            "RunThreads",
            "RunningRun",
        ];
        var sources = Repository.Sources("src/Flow").Concat(executor.Select(name => $"src/Executors/{name}.cs"));
        Assert.InRange(sources.Sum(Lines), 1, 2700);
    }

    [Fact]
    public void The_shell_around_Cakes_engine_stays_small() =>
        Assert.InRange(Repository.Sources("build/Frosting").Sum(Lines), 1, 899);

    private static string Room(string project) => project.Split('/')[1];

    private static int Lines(string source) => File.ReadLines(Path.Combine(Repository.Root, source)).Count();

    [Fact]
    public void Nothing_is_made_by_a_name_that_comes_from_outside()
    {
        // A catalogue's names are compiled in; the assemblies that are loaded are our own, to read their fingerprints.
        string[] makers =
        [
            "Activator.",
            "Type.GetType(",
            "Assembly.LoadFile",
            "BinaryFormatter",
            "JsonDerivedType",
            "DynamicMethod",
        ];
        var sources = Repository.Sources("src").ToList();
        Assert.NotEmpty(sources);
        Assert.All(
            sources,
            source =>
            {
                var text = File.ReadAllText(Path.Combine(Repository.Root, source));
                Assert.DoesNotContain(makers, maker => text.Contains(maker, StringComparison.Ordinal));
            }
        );
    }

    [Theory]
    [InlineData("src/Numerics")]
    [InlineData("src/Networks")]
    public void Numerics_and_Networks_know_neither_files_nor_console(string folder)
    {
        string[] foreign =
        [
            "System.IO",
            "File.",
            "Directory.",
            "Console.",
            "YamlDotNet",
            "Pipeline.Caching",
            "Environment.",
        ];
        var sources = Repository.Sources(folder).ToList();
        Assert.NotEmpty(sources);
        Assert.All(
            sources,
            source =>
            {
                var text = File.ReadAllText(Path.Combine(Repository.Root, source));
                Assert.DoesNotContain(foreign, word => text.Contains(word, StringComparison.Ordinal));
            }
        );
    }
}
