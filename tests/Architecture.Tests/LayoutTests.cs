using System.Text.Json;
using System.Xml.Linq;

namespace Pipeline.Architecture.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void The_top_level_is_the_agreed_one()
    {
        string[] agreed =
        [
            "build",
            "src",
            "experiments",
            "results",
            "tests",
            "README.md",
            "build.ps1",
            "build.sh",
            "Pipeline.sln",
            "LICENSE",
            "CHANGELOG.md",
            "SECURITY.md",
            "global.json",
            "artifacts",
        ];
        var others = Directory
            .EnumerateFileSystemEntries(Repository.Root)
            .Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith('.') && !name.StartsWith("Directory.", StringComparison.Ordinal))
            .Except(agreed, StringComparer.Ordinal);
        Assert.Empty(others);
    }

    [Theory]
    [InlineData("src", 300)]
    [InlineData("build", 300)]
    [InlineData("tests", 400)]
    public void No_source_file_is_longer_than_its_reader_can_bear(string folder, int lines)
    {
        var sources = Repository.Sources(folder).ToList();
        Assert.NotEmpty(sources);
        Assert.All(
            sources,
            source =>
                Assert.True(
                    File.ReadLines(Path.Combine(Repository.Root, source)).Count() <= lines,
                    $"{source} has more than {lines} lines."
                )
        );
    }

    [Theory]
    [InlineData("src")]
    [InlineData("build")]
    [InlineData("tests")]
    public void No_comment_is_wider_than_its_reader_can_bear(string folder)
    {
        const int Widest = 140;
        var sources = Repository.Sources(folder).ToList();
        Assert.NotEmpty(sources);
        var wide = sources
            .SelectMany(source =>
                File.ReadLines(Path.Combine(Repository.Root, source))
                    .Index()
                    .Where(line =>
                        line.Item.Length > Widest && line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    )
                    .Select(line => $"{source}:{line.Index + 1}")
            )
            .ToList();
        Assert.True(wide.Count == 0, $"Comments of more than {Widest} characters: {string.Join(", ", wide)}.");
    }

    [Fact]
    public void Every_room_with_code_has_tests_of_its_name()
    {
        var tested = Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "tests"))
            .Select(path => Path.GetFileName(path)!)
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(
            Repository.Projects,
            project => Assert.Contains($"{Path.GetFileNameWithoutExtension(project)}.Tests", tested)
        );
    }

    [Fact]
    public void Profile_guided_tiering_is_off_in_this_process_and_so_in_every_executable()
    {
        Assert.Equal(
            "false",
            (string?)
                XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("TieredPGO").Single()
        );
        Assert.True(AppContext.TryGetSwitch("System.Runtime.TieredPGO", out var isOn));
        Assert.False(isOn);
    }

    /// <summary>What is built on demand, since it needs TorchSharp and libtorch.</summary>
    private static readonly string[] OnDemand =
    [
        "src/Stages/Train.Torch/Train.Torch.csproj",
        "tests/Train.Torch.Tests/Train.Torch.Tests.csproj",
    ];

    [Fact]
    public void Every_project_of_the_repository_is_in_the_solution_unless_it_is_built_on_demand()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Pipeline.sln")).Replace('\\', '/');
        var tests = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            // Needs libtorch, and is built when the benchmark asks for it.
            .Where(path => path != "tests/Benchmarks/TorchPeer/TorchPeer.csproj");
        Assert.All(
            Repository.Projects.Concat(tests),
            project =>
                Assert.Equal(!OnDemand.Contains(project), solution.Contains($"\"{project}\"", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var folders = Directory
            .EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/artifacts/", StringComparison.Ordinal))
            .Select(path => Path.GetDirectoryName(path)!);
        Assert.All(
            folders,
            folder =>
            {
                using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "packages.lock.json")));
                Assert.True(json.RootElement.TryGetProperty("dependencies", out _));
            }
        );
    }
}
