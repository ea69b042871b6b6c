using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Commands.Tests;

public sealed class AuditCommandTests : IDisposable
{
    // The first run of the study: relu, seed 0.
    private readonly Project project = new();
    private readonly string run;

    public AuditCommandTests()
    {
        project.Train(new LocalExecutor(2, Backend.Managed));
        run = project.FirstRun();
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void What_the_cache_has_is_what_is_computed()
    {
        var lines = project.Audit(20, seed: 3).Split('\n');

        Assert.Equal("audit: 4 runs to train again, chosen by --seed=3", lines[0].TrimEnd());
        Assert.Equal("audit: 4 runs, 0 differ", lines[1].TrimEnd());
        Assert.Equal("audit: 3 runs, 0 differ", project.Audit(3, seed: 3).Split('\n')[1].TrimEnd());
    }

    [Fact]
    public void A_result_that_was_planted_is_found_and_healed_by_force()
    {
        PlantAccuracy(1);

        var printed = project.Audit(20, seed: 3);

        Assert.Contains(
            $"audit: run {run} of spirals (train activation=relu seed=0): in the cache test_accuracy is 1 and 0.",
            printed,
            StringComparison.Ordinal
        );
        Assert.Contains("it was planted, or made by a broken machine.", printed, StringComparison.Ordinal);
        Assert.Contains("audit: 4 runs, 1 differ", printed, StringComparison.Ordinal);
        Assert.EndsWith("tell which, where and what to do.", printed, StringComparison.Ordinal);

        Assert.Equal(
            "train: 4 run, 0 cached, 0 diverged, 0 failed",
            project.Train(new LocalExecutor(2, Backend.Managed), force: true)
        );
        Assert.Contains("audit: 4 runs, 0 differ", project.Audit(20, seed: 3), StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_that_was_planted_is_told_by_its_first_other_epoch()
    {
        project.Plant(
            run,
            bytes =>
            {
                var result = ArtifactEncoding.DecodeRunResult(bytes);
                result.Curves["train_loss"][1] = 0.5;
                return ArtifactEncoding.Encode(result with { Weights = Digest.Of("others") });
            }
        );

        Assert.Contains(
            "in the cache train_loss of epoch 2 is 0.5 and 0.",
            project.Audit(20, seed: 3),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_result_at_all_is_told_in_one_sentence()
    {
        project.Plant(run, _ => "{}"u8.ToArray());

        Assert.Matches(
            "^The cache entry [0-9a-f]{64} holds no run's result: run --target=Train --force to make it anew.$",
            project.Audit(20, seed: 3)
        );
    }

    [Fact]
    public void A_machine_that_does_not_compute_reliably_is_told_by_step_and_tensor()
    {
        var calls = 0;
        var first = new HashSet<string>(StringComparer.Ordinal);

        var printed = project.Audit(
            20,
            seed: 3,
            (spec, data, watch, cancellation) =>
            {
                lock (first)
                {
                    // Only one of the runs is computed wrongly, and each time otherwise.
                    first.Add(spec.ToJson());
                    if (first.Count == 1)
                        calls++;
                    spec = first.First() == spec.ToJson() ? WithRate(spec, 0.1 + (0.01 * ++calls)) : spec;
                }
                return Trainer.Run(spec, data, Backend.Managed, cancellation, watch);
            }
        );

        Assert.Matches(
            "computed a second time it is yet another, first in epoch 1, step 1, tensor layers.0.[a-z.]+: this machine does not compute reliably",
            printed
        );
        Assert.Contains("audit: 4 runs, 1 differ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_made_of_a_planted_result_is_healed_as_the_audit_says()
    {
        using var honest = new Project();
        honest.Report();
        PlantAccuracy(0.5);
        project.Report();
        Assert.NotEqual(honest.Results(), project.Results());

        Assert.Contains(
            "run --target=Train --force, then --target=Report --force.",
            project.Audit(20, seed: 3),
            StringComparison.Ordinal
        );
        project.Train(new LocalExecutor(2, Backend.Managed), force: true);
        project.Report(force: true);

        Assert.Equal(honest.Results(), project.Results());
        project.Report();
        Assert.Equal(honest.Results(), project.Results());
    }

    [Fact]
    public void Runs_of_other_backends_are_counted_and_left_out()
    {
        var experiments = Path.Combine(project.Root, "experiments");
        var study = File.ReadAllText(Path.Combine(experiments, "spirals.yaml"));
        File.WriteAllText(
            Path.Combine(experiments, "with-torch.yaml"),
            study.Replace("  epochs: 2", "  epochs: 2\n  backend: torch", StringComparison.Ordinal)
        );

        var lines = project.Audit(20, seed: 3).Split('\n');

        Assert.StartsWith("audit: 4 runs of other backends left out: ", lines[0], StringComparison.Ordinal);
        Assert.Equal("audit: 4 runs, 0 differ", lines[2].TrimEnd());
    }

    [Fact]
    public void Without_a_cached_run_there_is_nothing_to_audit()
    {
        Directory.Delete(project.Cache, recursive: true);

        Assert.StartsWith(
            "No run of these studies that the managed backend trains is cached: ",
            project.Audit(20, seed: 3),
            StringComparison.Ordinal
        );
    }

    private void PlantAccuracy(double accuracy) =>
        project.Plant(
            run,
            bytes =>
            {
                var result = ArtifactEncoding.DecodeRunResult(bytes);
                result.Metrics["test_accuracy"] = accuracy;
                return ArtifactEncoding.Encode(result);
            }
        );

    private static Parameters WithRate(Parameters spec, double rate) =>
        spec.With([spec.IndexOf("learning_rate")], [Scalar.Of(rate)]);
}
