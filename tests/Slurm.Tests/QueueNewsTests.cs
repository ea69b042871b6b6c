using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class QueueNewsTests
{
    private readonly List<string> told = [];

    [Fact]
    public void Why_tasks_may_not_begin_is_told_when_it_changes()
    {
        var news = new QueueNews(told.Add);

        news.Tell([Given.Queued("PENDING", "held"), Given.Queued("PENDING", "Priority")]);
        news.Tell([Given.Queued("PENDING", "held"), Given.Queued("PENDING", "held")]);
        news.Tell([Given.Queued("PENDING", "held"), Given.Queued("PENDING", "bad")]);

        Assert.Equal(
            [
                "slurm: tasks are pending that may not begin by themselves: held",
                "slurm: tasks are pending that may not begin by themselves: bad, held",
            ],
            told
        );
    }
}
