namespace Pipeline.Tests;

/// <summary>The results that are checked in are what this code gives.</summary>
public sealed class PublishedResultsTests
{
    private const string Study = "activation-initialization-normalization";

    [Fact]
    public void A_cell_of_the_main_study_trained_here_has_the_published_rows()
    {
        using var workspace = new Workspace();
        var only = new[]
        {
            "activation=relu,gelu",
            "initialization=he_normal",
            "normalization=none,batch,layer",
            "learning_rate=0.1",
        };
        // A part would look for itself which claims are undecided, and give other cells more seeds.
        workspace
            .Run([
                "--target=Report",
                "--set=seeds=[100,101,102,103,104]",
                $"--experiment={Path.Combine(Workspace.Root, "experiments", Study + ".yaml")}",
                .. only.Select(o => "--only=" + o),
            ])
            .Succeeded();

        var published = File.ReadAllLines(Path.Combine(Workspace.Root, "results", Study, "runs.csv"))
            .Select(Numbers)
            .ToHashSet(StringComparer.Ordinal);
        // A folder of its own for these options, and in it one for the study.
        var folder = Assert.Single(Directory.GetDirectories(workspace.PathOf("artifacts/results")));
        var here = File.ReadAllLines(Path.Combine(folder, Study, "runs.csv"));
        Assert.Equal(31, here.Length);
        Assert.All(here, row => Assert.Contains(Numbers(row), published));

        // Which test rows a run got right is kept at the learning rate that validation chose, which here is the only one.
        static string Numbers(string row) => row[..row.LastIndexOf(',')];
    }

    [Fact]
    public void The_best_cell_of_the_main_study_learned_to_read_digits()
    {
        var lines = File.ReadAllLines(Path.Combine(Workspace.Root, "results", Study, "cells.csv"));
        var column = Array.IndexOf(lines[0].Split(','), "test_accuracy");
        var best = lines
            .Skip(1)
            .Max(line => double.Parse(line.Split(',')[column], System.Globalization.CultureInfo.InvariantCulture));

        Assert.InRange(best, 0.95, 1);
    }
}
