using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class QueueNewsTests
{
    private readonly List<string> told = [];

    [Fact]
    public void Why_tasks_may_not_begin_is_told_when_it_changes()
    {
        var news = new QueueNews(told.Add);

        news.Tell([Given.Queued("PENDING", "JobHeldUser"), Given.Queued("PENDING", "Priority")]);
        news.Tell([Given.Queued("PENDING", "JobHeldUser"), Given.Queued("PENDING", "JobHeldUser")]);
        news.Tell([Given.Queued("PENDING", "JobHeldUser"), Given.Queued("PENDING", "BadConstraints")]);

        Assert.Equal(
            [
                "slurm: tasks are pending that won't begin by themselves: JobHeldUser",
                "slurm: tasks are pending that won't begin by themselves: BadConstraints, JobHeldUser",
            ],
            told
        );
    }
}
