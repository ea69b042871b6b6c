namespace Pipeline.Slurm.Tests;

public sealed class QueuedTaskTests
{
    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("FAILED")]
    [InlineData("CANCELLED")]
    [InlineData("TIMEOUT")]
    [InlineData("OUT_OF_MEMORY")]
    [InlineData("NODE_FAIL")]
    [InlineData("BOOT_FAIL")]
    [InlineData("DEADLINE")]
    [InlineData("PREEMPTED")]
    [InlineData("REVOKED")]
    public void A_task_has_ended_in_whatever_way(string state)
    {
        var task = Given.Queued(state);
        Assert.True(task.HasEnded);
        Assert.False(task.IsPending);
    }

    [Theory]
    [InlineData("RUNNING")]
    [InlineData("COMPLETING")]
    [InlineData("CONFIGURING")]
    [InlineData("SUSPENDED")]
    [InlineData("STOPPED")]
    [InlineData("STAGE_OUT")]
    [InlineData("A_STATE_OF_LATER_VERSIONS")]
    public void In_any_other_state_it_may_still_do_something(string state)
    {
        var task = Given.Queued(state);
        Assert.False(task.HasEnded);
        Assert.False(task.IsPending);
    }

    [Theory]
    [InlineData("PENDING")]
    [InlineData("REQUEUED")]
    [InlineData("REQUEUE_HOLD")]
    [InlineData("REQUEUE_FED")]
    [InlineData("SPECIAL_EXIT")]
    public void A_task_is_pending_that_is_to_begin_again_too(string state)
    {
        var task = Given.Queued(state);
        Assert.True(task.IsPending);
        Assert.False(task.HasEnded);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("Priority")]
    [InlineData("Resources")]
    [InlineData("BeginTime")]
    [InlineData("JobArrayTaskLimit")]
    [InlineData("Cleaning")]
    [InlineData("Prolog")]
    [InlineData("ReqNodeNotAvail")]
    [InlineData("QOSMaxCpuPerUserLimit")]
    [InlineData("AssocGrpCpuLimit")]
    [InlineData("Dependency")]
    [InlineData("A reason of later versions")]
    public void A_usual_reason_goes_away_by_itself(string reason) =>
        Assert.False(Given.Queued("PENDING", reason).IsStuck);

    [Theory]
    [InlineData("launch failed requeued held")]
    [InlineData("JobHeldUser")]
    [InlineData("JobHeldAdmin")]
    [InlineData("BadConstraints")]
    [InlineData("InvalidAccount")]
    [InlineData("PartitionTimeLimit")]
    [InlineData("PartitionDown")]
    [InlineData("DependencyNeverSatisfied")]
    public void A_reason_that_somebody_must_mend_does_not(string reason) =>
        Assert.True(Given.Queued("PENDING", reason).IsStuck);

    [Fact]
    public void A_task_that_runs_is_not_stuck() => Assert.False(Given.Queued("RUNNING", "JobHeldUser").IsStuck);

    [Fact]
    public void Its_name_is_the_id_of_the_job_and_its_number() => Assert.Equal("7_0", Given.Queued("RUNNING").Name);
}
