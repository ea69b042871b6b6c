using Pipeline.Artifacts;
using Pipeline.Executors;

namespace Pipeline.Worker.Tests;

public sealed class TaskPlaceTests
{
    [Fact]
    public void Slurm_tells_the_task_the_attempt_the_node_and_the_CPUs() =>
        Assert.Equal(
            new TaskPlace(12, 3, "node7", 1),
            Place(
                ("SLURM_ARRAY_TASK_ID", "12"),
                ("SLURM_RESTART_COUNT", "3"),
                ("SLURMD_NODENAME", "node7"),
                ("SLURM_CPUS_ON_NODE", "1")
            )
        );

    [Fact]
    public void A_task_that_was_not_begun_again_has_no_count_of_that() =>
        Assert.Equal(new TaskPlace(0, 0, Environment.MachineName, 1), Place(("SLURM_ARRAY_TASK_ID", "0")));

    [Theory]
    [InlineData("0", 1)]
    [InlineData("x", 1)]
    public void A_task_has_a_CPU_at_least(string cpus, int count) =>
        Assert.Equal(count, Place(("SLURM_ARRAY_TASK_ID", "0"), ("SLURM_CPUS_ON_NODE", cpus)).Cpus);

    [Fact]
    public void Hardware_threads_of_a_core_count_as_one() =>
        Assert.Equal(PhysicalCores.Count, Place(("SLURM_ARRAY_TASK_ID", "0"), ("SLURM_CPUS_ON_NODE", "100000")).Cpus);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    public void Without_Slurm_there_is_no_task(string? task) =>
        Assert.Equal(
            "--job is for tasks that Slurm starts: SLURM_ARRAY_TASK_ID is not set.",
            Assert.Throws<PipelineException>(() => Place(("SLURM_ARRAY_TASK_ID", task))).Message
        );

    private static TaskPlace Place(params (string Name, string? Value)[] variables) =>
        TaskPlace.Of(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
