using Pipeline.Artifacts;

namespace Pipeline.Commands.Tests;

public sealed class PlanCommandTests : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void What_Plan_counts_is_what_Report_runs_and_nothing_is_left_after_it()
    {
        Assert.StartsWith("plan: 4 of 4 runs to do, ", project.Plan(), StringComparison.Ordinal);
        Assert.Equal("train: 4 run, 0 cached, 0 diverged, 0 failed", project.Report());
        Assert.Equal("plan: 0 of 4 runs to do, 0 stages to do", project.Plan());
        Assert.Equal("train: 0 run, 4 cached, 0 diverged, 0 failed", project.Report());
    }

    [Fact]
    public void What_studies_share_is_counted_once()
    {
        File.Copy(
            Path.Combine(project.Root, "experiments", "spirals.yaml"),
            Path.Combine(project.Root, "experiments", "same.yaml")
        );

        Assert.StartsWith("plan: 4 of 8 runs to do, ", project.Plan(), StringComparison.Ordinal);
        Assert.Equal("train: 4 run, 4 cached, 0 diverged, 0 failed", project.Report());
        Assert.Equal("plan: 0 of 8 runs to do, 0 stages to do", project.Plan());
    }

    [Theory]
    [InlineData("train")]
    [InlineData("prepare")]
    [InlineData("aggregate")]
    [InlineData("report")]
    [InlineData("study")]
    [InlineData("study", "train")]
    [InlineData("study", "report")]
    public void They_agree_after_entries_of_the_cache_are_lost(params string[] stages)
    {
        project.Report();
        foreach (var stage in stages)
            File.Delete(Entry(stage));

        var planned = project.Plan();

        Assert.Equal(planned.Split(' ')[1], project.Report().Split(' ')[1]);
        Assert.Equal("plan: 0 of 4 runs to do, 0 stages to do", project.Plan());
    }

    [Fact]
    public void A_file_of_the_results_that_was_edited_is_to_do_until_Report_restores_it()
    {
        project.Report();
        File.AppendAllText(Path.Combine(project.Root, "results", "spirals", "cells.csv"), "x");

        Assert.Equal("plan: 0 of 4 runs to do, 1 stages to do", project.Plan());
        project.Report();
        Assert.Equal("plan: 0 of 4 runs to do, 0 stages to do", project.Plan());
    }

    [Fact]
    public void A_study_spelled_out_has_the_same_runs()
    {
        project.Report();

        File.WriteAllText(Path.Combine(project.Root, "experiments", "spirals.yaml"), project.Resolved());

        Assert.Equal("plan: 0 of 4 runs to do, 0 stages to do", project.Plan());
    }

    [Fact]
    public void So_has_one_with_what_the_command_line_changes()
    {
        project.Report();

        File.WriteAllText(Path.Combine(project.Root, "experiments", "spirals.yaml"), project.Resolved("seeds=3"));

        Assert.StartsWith("plan: 2 of 6 runs to do, ", project.Plan(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_study_is_spelled_out_at_a_time()
    {
        var study = Path.Combine(project.Root, "experiments", "spirals.yaml");
        File.Copy(study, Path.Combine(project.Root, "experiments", "again.yaml"));

        Assert.Equal(
            "--resolved prints one study: name it with --experiment=<name>.",
            Assert.Throws<PipelineException>(() => project.Resolved()).Message
        );
    }

    private string Entry(string stage) =>
        Directory
            .EnumerateFiles(Path.Combine(project.Cache, "ac"), "*", SearchOption.AllDirectories)
            .First(path =>
                File.ReadAllText(path).Contains($"\"parts\":{{\"stage\":\"{stage}\"", StringComparison.Ordinal)
            );
}
