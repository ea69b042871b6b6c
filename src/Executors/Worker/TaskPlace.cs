using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Executors;

namespace Pipeline.Worker;

/// <summary>Which task of a job array a process is, and where, as Slurm tells it.</summary>
/// <param name="Task">The task's number.</param>
/// <param name="Attempt">How often Slurm began it again.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Cpus">The CPUs that it has on the node.</param>
internal sealed record TaskPlace(int Task, int Attempt, string Node, int Cpus)
{
    /// <summary>Reads Slurm's environment.</summary>
    /// <param name="variable">From the name of a variable to its value or null.</param>
    /// <exception cref="PipelineException">Slurm didn't start the process.</exception>
    public static TaskPlace Of(Func<string, string?> variable)
    {
        return new(
            Number("SLURM_ARRAY_TASK_ID")
                ?? throw new PipelineException("--job is for tasks that Slurm starts: SLURM_ARRAY_TASK_ID is not set."),
            Number("SLURM_RESTART_COUNT") ?? 0,
            variable("SLURMD_NODENAME") ?? Environment.MachineName,
            // Where hardware threads count as CPUs, those of a core would only hinder each other.
            Math.Clamp(Number("SLURM_CPUS_ON_NODE") ?? 1, 1, PhysicalCores.Count)
        );

        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
