using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

// The environment is that of all tests.
[CollectionDefinition(nameof(SlurmProcessTests), DisableParallelization = true)]
[Collection(nameof(SlurmProcessTests))]
public sealed class SlurmProcessTests
{
    [Fact]
    public void A_command_that_succeeds_has_its_output()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Assert.Equal(new(0, "a b\n", "c\n"), SlurmProcess.Run("sh", ["-c", "echo \"$0\"; echo c >&2", "a b"]));
        Assert.True(SlurmProcess.Run("true", []).IsSuccess);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(127)]
    public void A_command_that_fails_has_its_exit_code_and_its_error(int code)
    {
        if (!OperatingSystem.IsLinux())
            return;

        var answer = SlurmProcess.Run("sh", ["-c", $"echo sbatch: error: no. >&2; exit {code}"]);

        Assert.Equal((code, "sbatch: error: no"), (answer.ExitCode, answer.Sentence));
        Assert.False(answer.IsUnknown);
    }

    [Fact]
    public void What_a_command_did_that_was_killed_is_unknown()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Assert.True(SlurmProcess.Run("sh", ["-c", "kill -9 $$"]).IsUnknown);
    }

    [Fact]
    public void Much_output_and_a_question_block_nobody()
    {
        if (!OperatingSystem.IsLinux())
            return;

        var answer = SlurmProcess.Run("sh", ["-c", "cat; seq 100000 >&2; seq 100000"]);

        Assert.Equal(answer.Error, answer.Output);
        Assert.Equal(588_895, answer.Output.Length);
    }

    [Fact]
    public void A_command_has_a_session_of_its_own()
    {
        if (!OperatingSystem.IsLinux())
            return;

        var stat = SlurmProcess.Run("sh", ["-c", "cat /proc/$$/stat"]).Output.Split(' ');

        Assert.Equal(stat[0], stat[5]);
    }

    [Fact]
    public void A_command_that_is_not_there_is_told_of()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Assert.Equal(
            "squeue-of-nobody was not found: --executor=slurm needs Slurm's commands on the PATH; give the command where they "
                + "are, such as on a login node.",
            Assert.Throws<PipelineException>(() => SlurmProcess.Run("squeue-of-nobody", [])).Message
        );
    }

    [Theory]
    [InlineData("SQUEUE_STATES", "")]
    [InlineData("SCANCEL_STATE", "")]
    [InlineData("SINFO_PARTITION", "")]
    [InlineData("SBATCH_WAIT", "")]
    [InlineData("SBATCH_CLUSTERS", "")]
    [InlineData("SLURM_RESTART_COUNT", "")]
    [InlineData("SBATCH_PARTITION", "set")]
    [InlineData("SLURM_CONF", "set")]
    public void Settings_that_would_hide_tasks_or_block_do_not_reach_it(string variable, string seen)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, "set");
        try
        {
            Assert.Equal(seen, SlurmProcess.Run("sh", ["-c", $"printf %s \"${variable}\""]).Output);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    [Theory]
    [InlineData(-1, "", true)]
    [InlineData(143, "", true)]
    [InlineData(1, "slurm_load_jobs error: Unable to contact slurm controller (connect failure)", true)]
    [InlineData(1, "Slurm backup controller in standby mode", true)]
    [InlineData(1, "Invalid job id specified", false)]
    [InlineData(0, "Socket timed out on send/recv operation", false)]
    public void Where_the_controller_did_not_answer_it_may_be_done_or_not(int code, string error, bool isUnknown) =>
        Assert.Equal(isUnknown, new SlurmAnswer(code, "", error).IsUnknown);
}
