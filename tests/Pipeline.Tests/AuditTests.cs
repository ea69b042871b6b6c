namespace Pipeline.Tests;

public sealed class AuditTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Cached_runs_are_what_is_computed_and_the_same_seed_chooses_the_same()
    {
        workspace.Run("--target=Train").Succeeded();
        var before = workspace.Files("cache").Count;

        var outcome = workspace.Run("--target=Audit", "--sample=5", "--seed=7");

        Assert.Contains(
            "audit: 5 runs to train again, chosen by --seed=7\n",
            outcome.Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal("audit: 5 runs, 0 differ", outcome.Line("audit"));
        Assert.Equal("audit: 16 runs, 0 differ", workspace.Run("--target=Audit").Line("audit"));
        Assert.Equal(before, workspace.Files("cache").Count);
    }

    [Fact]
    public void Another_sample_than_a_number_is_refused()
    {
        var outcome = workspace.Run("--target=Audit", "--sample=0");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(
            "--sample=0 is not possible: give a whole number from 1 on.",
            outcome.Error,
            StringComparison.Ordinal
        );
    }
}
