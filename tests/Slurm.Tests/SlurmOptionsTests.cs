using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmOptionsTests
{
    [Theory]
    [InlineData("90", "01:30:00")]
    [InlineData("90:30", "01:30:30")]
    [InlineData("2:00:00", "02:00:00")]
    [InlineData("1-12", "1.12:00:00")]
    [InlineData("1-2:03", "1.02:03:00")]
    [InlineData("1-2:03:04", "1.02:03:04")]
    [InlineData("0", "00:00:00")]
    public void A_time_has_the_forms_of_Slurm(string text, string time) =>
        Assert.Equal(TimeSpan.ParseExact(time, "c", null), SlurmOptions.ParseTime(text));

    [Theory]
    [InlineData("")]
    [InlineData("1h")]
    [InlineData("-5")]
    [InlineData("1-")]
    [InlineData("1:2:3:4")]
    [InlineData("1:234")]
    [InlineData("UNLIMITED")]
    [InlineData("5\n")]
    public void Another_text_is_no_time(string text) => Assert.Null(SlurmOptions.ParseTime(text));

    [Fact]
    public void A_task_is_to_take_ten_minutes() =>
        Assert.Equal(TimeSpan.FromMinutes(10), new SlurmOptions().LongestPack);

    [Theory]
    [InlineData("10", 5)]
    [InlineData("20", 10)]
    [InlineData("60", 10)]
    [InlineData("0", 10)]
    public void A_task_is_to_take_half_of_its_time_limit_at_most(string limit, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), new SlurmOptions { Time = limit }.LongestPack);

    [Fact]
    public void What_is_possible_is_taken_as_it_is()
    {
        var options = new SlurmOptions
        {
            Cpus = 1,
            MaxTasks = 1,
            Time = "1-12",
            Extra = "--mem=4G -Cbig --constraint=a|b --waiting=no",
            Pack = TimeSpan.FromSeconds(1),
        };

        Assert.Same(options, options.Validate());
    }

    [Fact]
    public void No_CPUs_are_refused() =>
        AssertRefused(new SlurmOptions { Cpus = 0 }, "--slurm-cpus=0 is not possible: give a number of CPUs from 1.");

    [Fact]
    public void No_tasks_are_refused() =>
        AssertRefused(
            new SlurmOptions { MaxTasks = 0 },
            "--slurm-max-tasks=0 is not possible: give a number of tasks from 1."
        );

    [Fact]
    public void Tasks_of_no_length_are_refused() =>
        AssertRefused(
            new SlurmOptions { Pack = TimeSpan.Zero },
            "--slurm-pack=0s is not possible: give how long a task is to take, such as 10m."
        );

    [Fact]
    public void A_time_of_another_form_is_refused() =>
        AssertRefused(
            new SlurmOptions { Time = "1h" },
            "--slurm-time=1h is not possible: write it as Slurm does, such as 90 (minutes), 01:30:00 or 1-12 (days-hours)."
        );

    [Theory]
    [InlineData("--mem=4G --array=0-3", "--array")]
    [InlineData("--job-name=mine", "--job-name")]
    [InlineData("--output=x", "--output")]
    [InlineData("--error=x", "--error")]
    [InlineData("--chdir=x", "--chdir")]
    [InlineData("--open-mode=truncate", "--open-mode")]
    [InlineData("--parsable", "--parsable")]
    [InlineData("--no-requeue", "--no-requeue")]
    [InlineData("--wait", "--wait")]
    [InlineData("--wrap=true", "--wrap")]
    [InlineData("-J mine", "-J")]
    [InlineData("-Jmine", "-J")]
    [InlineData("-a0-3", "-a")]
    [InlineData("-o=x", "-o")]
    [InlineData("-ex", "-e")]
    [InlineData("-D/tmp", "-D")]
    [InlineData("-W", "-W")]
    public void What_the_pipeline_sets_itself_is_refused(string extra, string name) =>
        AssertRefused(
            new SlurmOptions { Extra = extra },
            $"--slurm-extra may not hold {name}, which the pipeline sets itself: leave it away."
        );

    [Fact]
    public void A_value_that_stands_alone_is_refused() =>
        AssertRefused(
            new SlurmOptions { Extra = "--mem 4G" },
            "--slurm-extra holds '4G': write each argument as --name=value."
        );

    private static void AssertRefused(SlurmOptions options, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<PipelineException>(options.Validate).Message);
}
