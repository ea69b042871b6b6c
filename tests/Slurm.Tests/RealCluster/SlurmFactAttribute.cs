namespace Pipeline.Slurm.Tests.RealCluster;

/// <summary>A test against a real Slurm. Where there is none it says so and is skipped, but in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute()
    {
        if (SlurmCluster.Misfit is { } why && Environment.GetEnvironmentVariable("CI") is null or "")
            Skip = why;
    }
}
