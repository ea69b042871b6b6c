using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmCommandTests
{
    [Fact]
    public void A_job_of_which_nothing_is_asked_has_its_name_its_tasks_and_its_folder() =>
        Assert.Equal(
            [
                "--parsable",
                "--job-name=pipeline-x",
                "--array=0-2",
                "--chdir=/c/jobs/pipeline-x",
                "--output=/c/jobs/pipeline-x/logs/%a.log",
                "--open-mode=append",
                "--requeue",
                "/c/jobs/pipeline-x/task.sh",
            ],
            SlurmCommand.Submit(new SlurmOptions(), "pipeline-x", "/c/jobs/pipeline-x", tasks: 3)
        );

    [Fact]
    public void What_is_asked_of_Slurm_stands_before_the_script()
    {
        var options = new SlurmOptions
        {
            Partition = "gpu,main",
            Time = "1-12",
            Cpus = 8,
            Gres = "gpu:1",
            Account = "lab",
            MaxTasks = 5,
            Extra = " --mem=4G  --constraint=a100\t",
        };

        var arguments = SlurmCommand.Submit(options, "pipeline-x", "/j", tasks: 1);

        Assert.Contains("--array=0-0%5", arguments);
        Assert.Equal(["--mem=4G", "--constraint=a100", "--parsable", "--job-name=pipeline-x"], arguments.Take(4));
        Assert.Equal(
            ["--partition=gpu,main", "--time=1-12", "--cpus-per-task=8", "--gres=gpu:1", "--account=lab", "/j/task.sh"],
            arguments.Skip(9)
        );
    }

    [Fact]
    public void A_percent_sign_of_the_folder_stays_one_in_the_path_of_logs() =>
        Assert.Contains(
            "--output=/50%%/logs/%a.log",
            SlurmCommand.Submit(new SlurmOptions(), "pipeline-x", "/50%", tasks: 1)
        );

    [Theory]
    [InlineData("17\n", "17")]
    [InlineData("17;cluster\n", "17")]
    [InlineData("sbatch: warning: no time limit\n\n 18 \n", "18")]
    [InlineData("", null)]
    [InlineData("\n", null)]
    [InlineData("Submitted batch job 17\n", null)]
    [InlineData(";cluster\n", null)]
    public void The_id_is_the_last_line_without_the_cluster(string output, string? id) =>
        Assert.Equal(id, SlurmCommand.ParseSubmitted(output));

    [Fact]
    public void The_queue_is_asked_for_all_tasks_in_all_states_by_names() =>
        Assert.Equal(
            [
                "--noheader",
                "--all",
                "--array",
                "--states=all",
                "--name=pipeline-a,pipeline-b",
                "--format=%i|%T|%r|%N|%j",
            ],
            SlurmCommand.Queue(["pipeline-a", "pipeline-b"])
        );

    [Fact]
    public void A_line_of_the_queue_is_a_task() =>
        Assert.Equal(
            [new QueuedTask("pipeline-0123456789ab", "1", 0, "RUNNING", "None", "node1")],
            SlurmCommand.ParseQueue("1_0|RUNNING|None|node1|pipeline-0123456789ab\n")
        );

    [Fact]
    public void A_pending_task_has_a_reason_and_no_node() =>
        Assert.Equal(
            [new QueuedTask("pipeline-x", "7", 12, "PENDING", "launch failed requeued held", "")],
            SlurmCommand.ParseQueue("7_12|PENDING|launch failed requeued held||pipeline-x")
        );

    [Fact]
    public void A_reason_may_hold_what_parts_the_fields() =>
        Assert.Equal("a|b | c", Assert.Single(SlurmCommand.ParseQueue("7_0|PENDING|a|b | c||pipeline-x")).Reason);

    [Theory]
    [InlineData("")]
    [InlineData("7|RUNNING|None|node1|pipeline-x")]
    [InlineData("7_[0-3]|PENDING|None||pipeline-x")]
    [InlineData("7_0_1|PENDING|None||pipeline-x")]
    [InlineData("7_-1|PENDING|None||pipeline-x")]
    [InlineData("7_0|RUNNING|None|node1")]
    [InlineData("slurm_load_jobs error: Invalid job id specified")]
    public void Other_lines_are_no_tasks(string line) =>
        Assert.Equal(3, Assert.Single(SlurmCommand.ParseQueue($"{line}\n1_3|RUNNING|None|n|pipeline-x\n")).Number);

    [Fact]
    public void A_job_is_cancelled_by_its_name() =>
        Assert.Equal(["--quiet", "--name=pipeline-x"], SlurmCommand.Cancel("pipeline-x"));

    [Fact]
    public void Limits_are_asked_of_the_configuration() => Assert.Equal(["show", "config"], SlurmCommand.Limits);

    [Fact]
    public void Limits_stand_behind_their_names() =>
        Assert.Equal(
            new SlurmLimits(201, 500),
            SlurmCommand.ParseLimits(
                "Configuration data as of …\nMaxArraySize            = 201\nMaxJobCount             = 500\nMaxJobCountX = 3\n"
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("MaxArraySize = many\nMaxJobCount\n")]
    public void Limits_that_are_not_told_are_those_of_Slurm(string output) =>
        Assert.Equal(new SlurmLimits(1001, 10_000), SlurmCommand.ParseLimits(output));

    [Fact]
    public void CPUs_are_asked_of_all_partitions_where_none_is_chosen()
    {
        Assert.Equal(["--noheader", "--format=%P|%C"], SlurmCommand.Cpus(null));
        Assert.Equal(["--noheader", "--partition=gpu", "--format=%P|%C"], SlurmCommand.Cpus("gpu"));
    }

    [Theory]
    [InlineData("main*|0/2/0/2\n", null, 2)]
    [InlineData("gpu|12K/3K/0/15K\n", "gpu", 15_000)]
    [InlineData("gpu|1.5K/2/7/1509\n", "gpu", 1502)]
    [InlineData("gpu|5/5/0/10\nmain*|1/3/0/4\n", null, 4)]
    [InlineData("a|1/1/0/2\nb|2/2/4/8\n", "a,b", 6)]
    public void CPUs_are_those_allocated_and_idle(string output, string? partition, int cpus) =>
        Assert.Equal(cpus, SlurmCommand.ParseCpus(output, partition));

    [Theory]
    [InlineData("")]
    [InlineData("main|0/2/0/2")]
    [InlineData("main*|2")]
    [InlineData("main*")]
    public void CPUs_may_not_be_told(string output) => Assert.Null(SlurmCommand.ParseCpus(output, null));
}
