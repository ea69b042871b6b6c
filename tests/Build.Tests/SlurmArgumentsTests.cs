using Cake.Core;
using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Build.Tests;

public sealed class SlurmArgumentsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("slurm-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(true, "executor=slurm")]
    [InlineData(false, "executor=local")]
    [InlineData(false)]
    public void Slurm_trains_where_it_is_asked_for(bool isAsked, params string[] arguments) =>
        Assert.Equal(isAsked, SlurmArguments.IsAsked(new GivenArguments(arguments)));

    [Fact]
    public void Nobody_else_trains() =>
        AssertRefused(
            "--executor=pbs is not possible: it is local or slurm.",
            () => SlurmArguments.IsAsked(new GivenArguments("executor=pbs"))
        );

    [Fact]
    public void What_nobody_says_is_left_to_Slurm() => Assert.Equal(new SlurmOptions(), Options());

    [Fact]
    public void The_command_line_says_all() =>
        Assert.Equal(
            All,
            Options(
                "slurm-partition=gpu",
                "slurm-time=02:00:00",
                "slurm-cpus=8",
                "slurm-gres=gpu:1",
                "slurm-account=lab",
                "slurm-max-tasks=5",
                "slurm-extra=--mem=4G --nice=3",
                "slurm-pack=90s",
                "slurm-dotnet=/opt/dotnet",
                "retries=0",
                "detach"
            )
        );

    [Fact]
    public void The_file_says_all_but_whether_to_wait()
    {
        Write(
            """
            partition: gpu
            time: "02:00:00"
            cpus: 8
            gres: gpu:1
            account: lab
            max-tasks: 5
            extra: --mem=4G --nice=3
            pack: 90s
            dotnet: /opt/dotnet
            retries: 0
            """
        );

        Assert.Equal(All with { Detach = false }, Options());
    }

    [Fact]
    public void The_command_line_counts_more_than_the_file()
    {
        Write("partition: gpu\ncpus: 8\nretries: 5\n");

        var options = Options("slurm-partition=main", "retries=1");

        Assert.Equal(("main", 8, 1), (options.Partition, options.Cpus, options.Retries));
    }

    [Theory]
    [InlineData("slurm-cpus=0", "--slurm-cpus=0 is not possible: give a whole number from 1 on.")]
    [InlineData("slurm-cpus=many", "--slurm-cpus=many is not possible: give a whole number from 1 on.")]
    [InlineData("slurm-max-tasks=0", "--slurm-max-tasks=0 is not possible: give a whole number from 1 on.")]
    [InlineData("retries=few", "--retries=few is not possible: give a whole number.")]
    [InlineData("slurm-partition=", "--slurm-partition has no value: write --slurm-partition=<value>.")]
    [InlineData("detach=maybe", "--detach=maybe is not possible: write --detach alone, or with true or false.")]
    [InlineData(
        "slurm-pack=10",
        "--slurm-pack=10 is not possible: write a whole number of days, hours, minutes or seconds, such as 30d, 12h, 90m or 10s."
    )]
    public void A_value_that_is_not_possible_is_refused(string argument, string sentence) =>
        AssertRefused(sentence, () => Options(argument));

    [Theory]
    [InlineData("cpus: 0", "--slurm-cpus=0 is not possible: give a whole number from 1 on.")]
    [InlineData("retries: -1", "--retries=-1 is not possible: give a whole number from 0 on.")]
    [InlineData(
        "time: 1h",
        "--slurm-time=1h is not possible: write it as Slurm does, such as 90 (minutes), 01:30:00 or 1-12 (days-hours)."
    )]
    public void A_value_of_the_file_that_is_not_possible_is_refused_at_its_line(string line, string sentence)
    {
        Write($"# of the lab\npartition: main\n{line}\n");

        AssertRefused($"{Path.Combine(root, SlurmArguments.FileName)}:3: {sentence}", () => Options());
    }

    [Fact]
    public void A_value_of_the_command_line_is_not_blamed_on_the_file()
    {
        Write("cpus: 8");

        AssertRefused("--slurm-cpus=0 is not possible: give a whole number from 1 on.", () => Options("slurm-cpus=0"));
    }

    [Fact]
    public void What_Slurm_would_not_take_is_refused() =>
        Assert.StartsWith(
            "--slurm-time=1h is not possible: write it as Slurm does",
            Assert.Throws<PipelineException>(() => Options("slurm-time=1h")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_name_that_is_none_of_the_files_is_refused()
    {
        Write("detach: true");

        Assert.Equal(
            $"{Path.Combine(root, "slurm.yaml")}:1: there is no option detach; there is partition, time, cpus, gres, "
                + "account, max-tasks, extra, pack, dotnet, gpu, retries.",
            Assert.Throws<PipelineException>(() => Options()).Message
        );
    }

    [Theory]
    [InlineData("slurm-gres")]
    [InlineData("slurm-dotnet")]
    [InlineData("retries")]
    [InlineData("detach")]
    public void Options_of_Slurm_are_refused_where_it_does_not_train(string name) =>
        AssertRefused(
            $"--{name} is for --executor=slurm: give that too, or leave it away.",
            () => SlurmArguments.RequireNone(new GivenArguments("target=Train", $"{name}=1"))
        );

    [Fact]
    public void Each_option_of_Slurm_is_refused_where_it_does_not_train() =>
        Assert.Equal(
            BuildOption.All.Select(option => option.Name).Where(IsOfSlurm).Order(StringComparer.Ordinal),
            BuildOption.All.Select(option => option.Name).Where(IsRefusedElsewhere).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("--target=Train --only=a.b", "--target=Preprocess --only=a.b")]
    [InlineData("--target Train --only=a.b", "--target=Preprocess --only=a.b")]
    [InlineData("-t Train", "--target=Preprocess")]
    [InlineData("--Target:Report --jobs=3", "--target=Preprocess --jobs=3")]
    [InlineData("--jobs=3", "--target=Preprocess --jobs=3")]
    [InlineData("--executor=slurm --slurm-cpus=4 --retries=1 --detach=false", "--target=Preprocess")]
    [InlineData("--executor slurm --only a --slurm-cpus 4 --detach", "--target=Preprocess --only a")]
    [InlineData("--Executor=slurm --Slurm-Cpus=4", "--target=Preprocess")]
    [InlineData("--force --Force --exclusive -e --force=true", "--target=Preprocess")]
    [InlineData("--working=there --only=a.b", "--target=Preprocess --only=a.b")]
    [InlineData("-w there --Working there --only=a.b", "--target=Preprocess --only=a.b")]
    [InlineData("--target=Report --open --Open=true --data=there", "--target=Preprocess --data=there")]
    public void A_node_prepares_data_by_the_command_without_Slurm_and_without_force(string given, string node) =>
        Assert.Equal(node.Split(' '), SlurmArguments.ForPreparation(given.Split(' '), submits: false));

    [Theory]
    [InlineData(
        "--target=Report --executor=slurm --slurm-cpus=4 --detach",
        "--target=Train --executor=slurm --slurm-cpus=4 --detach"
    )]
    [InlineData("--force --executor=slurm", "--target=Train --executor=slurm")]
    public void A_node_that_submits_runs_keeps_what_is_asked_of_Slurm(string given, string node) =>
        Assert.Equal(node.Split(' '), SlurmArguments.ForPreparation(given.Split(' '), submits: true));

    [Theory]
    [InlineData("--force --executor=slurm", "--target=Train --executor=slurm --force")]
    [InlineData("--executor=slurm --force=true", "--target=Train --executor=slurm --force")]
    public void A_node_that_submits_runs_which_are_forced_has_them_done_again(string given, string node) =>
        Assert.Equal(node.Split(' '), SlurmArguments.ForPreparation(given.Split(' '), submits: true, isForced: true));

    [Fact]
    public void A_node_that_only_prepares_data_forces_nothing() =>
        Assert.Equal(
            ["--target=Preprocess"],
            SlurmArguments.ForPreparation(["--force"], submits: false, isForced: true)
        );

    private static readonly SlurmOptions All = new()
    {
        Partition = "gpu",
        Time = "02:00:00",
        Cpus = 8,
        Gres = "gpu:1",
        Account = "lab",
        MaxTasks = 5,
        Extra = "--mem=4G --nice=3",
        Pack = TimeSpan.FromSeconds(90),
        Dotnet = "/opt/dotnet",
        Retries = 0,
        Detach = true,
    };

    private static bool IsOfSlurm(string name) =>
        name is "retries" or "detach" || name.StartsWith("slurm-", StringComparison.Ordinal);

    private static bool IsRefusedElsewhere(string name)
    {
        try
        {
            SlurmArguments.RequireNone(new GivenArguments($"{name}=1"));
            return false;
        }
        catch (CakeException)
        {
            return true;
        }
    }

    private SlurmOptions Options(params string[] arguments) =>
        SlurmArguments.Options(new GivenArguments(arguments), root);

    private void Write(string text) => File.WriteAllText(Path.Combine(root, SlurmArguments.FileName), text);

    private static void AssertRefused(string sentence, Func<object> options) =>
        Assert.Equal(sentence, Assert.Throws<CakeException>(options).Message);

    private static void AssertRefused(string sentence, Action options) =>
        Assert.Equal(sentence, Assert.Throws<CakeException>(options).Message);
}
