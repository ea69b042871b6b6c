using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmClientTests
{
    private static readonly JobFolder Folder = new("/cache/jobs/pipeline-x");
    private static readonly SlurmAnswer Silence = FakeSlurm.Failure(
        "sbatch: error: Unable to contact slurm controller (connect failure)\n"
    );

    private readonly List<string> told = [];
    private readonly List<string> asked = [];

    [Fact]
    public void What_is_accepted_has_an_id() => Assert.Equal("17", Submit(Client(FakeSlurm.Answer("17;cluster\n"))));

    [Fact]
    public void What_is_refused_has_no_id()
    {
        var client = Client(FakeSlurm.Failure("sbatch: error: invalid partition specified: gpu.\n"));

        Assert.Equal(
            new(null, "sbatch: error: invalid partition specified: gpu", IsLimit: false),
            client.Submit(Folder, 3, CancellationToken.None)
        );
        Assert.Equal(["sbatch"], asked);
    }

    [Theory]
    [InlineData("invalid partition specified: gpu")]
    [InlineData("invalid partition specified: gpu.")]
    public void A_refusal_is_told_with_the_options_to_change(string refusal) =>
        Assert.Equal(
            "Slurm refuses the job: invalid partition specified: gpu. Change --slurm-partition, --slurm-time, --slurm-cpus, "
                + "--slurm-gres, --slurm-account or --slurm-extra.",
            SlurmClient.Refused(refusal).Message
        );

    [Theory]
    [InlineData("sbatch: error: AssocMaxSubmitJobLimit")]
    [InlineData("Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)")]
    [InlineData("Resource temporarily unavailable")]
    [InlineData("Batch job submission failed: Invalid job array specification")]
    public void A_limit_is_a_refusal_that_may_pass(string error) =>
        Assert.Equal(
            new(null, error, IsLimit: true),
            Client(FakeSlurm.Failure(error)).Submit(Folder, 3, CancellationToken.None)
        );

    [Theory]
    [InlineData("Unable to contact slurm controller (connect failure)")]
    [InlineData("Socket timed out on send/recv operation")]
    [InlineData("Connection refused")]
    [InlineData("Zero Bytes were transmitted or received")]
    public void A_controller_that_did_not_answer_is_asked_again(string error)
    {
        var client = Client(FakeSlurm.Failure(error), FakeSlurm.Answer(""), FakeSlurm.Answer("18\n"));

        Assert.Equal("18", Submit(client));
        Assert.Equal(["sbatch", "squeue", "sbatch"], asked);
        Assert.Equal([$"slurm: the controller doesn't answer ({error}); asking again"], told);
    }

    [Fact]
    public void A_job_that_was_accepted_all_the_same_is_found_by_its_name()
    {
        var client = Client(
            Silence,
            FakeSlurm.Answer("19_0|PENDING|None||pipeline-x\n19_1|PENDING|None||pipeline-x\n")
        );

        Assert.Equal("19", Submit(client));
        Assert.Equal(["sbatch", "squeue"], asked);
    }

    [Fact]
    public void A_controller_that_has_not_the_job_is_given_it_no_more_than_twenty_times()
    {
        var refusal = Assert.Throws<PipelineException>(() =>
            Submit(
                new(
                    new(),
                    told.Add,
                    (command, _) =>
                    {
                        asked.Add(command);
                        return command == "squeue" ? FakeSlurm.Answer("") : Silence;
                    }
                )
                {
                    Pause = TimeSpan.Zero,
                }
            )
        );

        Assert.StartsWith(
            "Slurm's controller doesn't accept jobs: give the command again once it does, as sbatch --parsable --job-name=",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(20, asked.Count(command => command == "sbatch"));
        Assert.Single(told);
    }

    [Fact]
    public void A_job_is_not_submitted_again_before_the_queue_is_told()
    {
        var client = Client(Silence, Silence, Silence, FakeSlurm.Answer(""), FakeSlurm.Answer("18\n"));

        Assert.Equal("18", Submit(client));
        Assert.Equal(["sbatch", "squeue", "squeue", "squeue", "sbatch"], asked);
    }

    [Fact]
    public void A_controller_that_never_answers_is_given_up()
    {
        var refusal = Assert.Throws<PipelineException>(() => Submit(Client(Silence)));

        // It may have the job, so it isn't given another.
        Assert.StartsWith(
            "Slurm's controller doesn't answer, so that it isn't known",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(1, asked.Count(command => command == "sbatch"));
        Assert.Equal(20, asked.Count(command => command == "squeue"));
    }

    [Fact]
    public void Waiting_for_a_controller_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => Client(Silence).Submit(Folder, 3, new(canceled: true)));

    [Fact]
    public void A_queue_that_fails_is_unknown_and_told_of_once_until_it_answers_again()
    {
        var failure = FakeSlurm.Failure("slurm_load_jobs error: x.\n");
        var client = Client(failure, failure, FakeSlurm.Answer(""), FakeSlurm.Answer(""), failure);

        Assert.Equal([true, true, false, false, true], Enumerable.Range(0, 5).Select(_ => client.Queue(["a"]) is null));

        const string Failing = "slurm: squeue fails (slurm_load_jobs error: x): how jobs are is unknown; asking again";
        Assert.Equal([Failing, "slurm: squeue answers again", Failing], told);
    }

    [Fact]
    public void For_no_jobs_the_queue_is_not_asked()
    {
        Assert.Equal([], Client().Queue([]));
        Assert.Empty(asked);
    }

    [Fact]
    public void The_queue_is_asked_until_it_is_told_for_sure()
    {
        var client = Client(Silence, Silence, FakeSlurm.Answer("1_0|RUNNING|None|n|a\n"));

        Assert.Single(client.QueueForSure(["a"], CancellationToken.None));
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public void Where_the_queue_is_never_told_nothing_is_begun()
    {
        var refusal = Assert.Throws<PipelineException>(() =>
            Client(Silence).QueueForSure(["a"], CancellationToken.None)
        );

        Assert.Equal(
            "Slurm's controller doesn't answer, so that it isn't known which runs it has already: give the command again once squeue works.",
            refusal.Message
        );
    }

    [Fact]
    public void Waiting_for_the_queue_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => Client(Silence).QueueForSure(["a"], new(canceled: true)));

    [Fact]
    public void Limits_are_asked_once()
    {
        var client = Client(FakeSlurm.Answer("MaxArraySize = 5\n"));

        Assert.Equal([5, 5], [client.Limits.MaxArraySize, client.Limits.MaxArraySize]);
        Assert.Equal(["scontrol"], asked);
    }

    [Fact]
    public void While_limits_are_not_told_they_are_those_of_Slurm()
    {
        var client = Client(Silence, FakeSlurm.Answer("MaxArraySize = 5\n"));

        Assert.Equal([1001, 5], [client.Limits.MaxArraySize, client.Limits.MaxArraySize]);
    }

    [Theory]
    [InlineData(null, null, 40)]
    [InlineData(8, null, 5)]
    [InlineData(8, 3, 3)]
    [InlineData(64, null, 1)]
    public void A_slot_has_the_CPUs_of_a_task(int? cpus, int? most, int slots) =>
        Assert.Equal(
            slots,
            Client(new SlurmOptions { Cpus = cpus, MaxTasks = most }, FakeSlurm.Answer("main*|30/10/0/40\n")).Slots()
        );

    [Fact]
    public void Slots_are_unknown_where_nobody_tells() => Assert.Null(Client(Silence).Slots());

    [Fact]
    public void A_job_that_can_not_be_cancelled_is_told_of()
    {
        Client(FakeSlurm.Failure("scancel: error: Access denied.")).Cancel("pipeline-x");

        Assert.Equal(
            ["slurm: pipeline-x can't be cancelled (scancel: error: Access denied): scancel --name=pipeline-x"],
            told
        );
    }

    [Fact]
    public void A_failure_without_words_is_told_by_its_exit_code() =>
        Assert.Equal("exit code 3", new SlurmAnswer(3, "", " \n").Sentence);

    private static string? Submit(SlurmClient client) => client.Submit(Folder, 3, CancellationToken.None).Id;

    private SlurmClient Client(params SlurmAnswer[] answers) => Client(new SlurmOptions(), answers);

    // The last answer is given again and again.
    private SlurmClient Client(SlurmOptions options, params SlurmAnswer[] answers) =>
        new(
            options,
            told.Add,
            (command, _) =>
            {
                asked.Add(command);
                return answers[Math.Min(asked.Count, answers.Length) - 1];
            }
        )
        {
            Pause = TimeSpan.Zero,
        };
}
