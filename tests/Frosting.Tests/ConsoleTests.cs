using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class ConsoleTests
{
    private static readonly Type[] Tasks =
    [
        typeof(Build),
        typeof(Clean),
        typeof(Pack),
        typeof(Default),
        typeof(LongNamed),
        typeof(Skipped),
    ];

    [Fact]
    public void A_run_has_a_header_per_task_and_a_closing_table() =>
        Assert.Equal(
            """

            ----------------------------------------
            Setup
            ----------------------------------------

            ========================================
            Clean
            ========================================

            ========================================
            Build
            ========================================
            building

            ========================================
            Default
            ========================================

            ----------------------------------------
            TearDown
            ----------------------------------------

            Task                          Duration            Status|
            ----------------------------------------------------------------------
            Setup                         00:00:00.0000000    Succeeded|
            Clean                         00:00:00.0000000    Succeeded|
            Skipped                       -                   Skipped|
            Build                         00:00:00.0000000    Succeeded|
            Teardown                      00:00:00.0000000    Succeeded|
            ----------------------------------------------------------------------
            Total:                        00:00:00.0000000|

            """,
            Outcome.Of(Tasks, host => host.UseLifetime<Nothing>()).Snapshot
        );

    [Fact]
    public void Verbose_also_tells_of_skipped_tasks_and_of_those_that_only_gather_others()
    {
        var snapshot = Outcome.Of(Tasks, "-v", "Verbose").Snapshot;
        Assert.Contains(
            """

            ========================================
            Clean
            ========================================
            Executing task: Clean
            Finished executing task: Clean
            Completed in 00:00:00.0000000

            ----------------------------------------
            Skipped
            ----------------------------------------
            Skipping task: Skipped

            """,
            snapshot,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\nDefault                       00:00:00.0000000    Succeeded|\n",
            snapshot,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Quiet_says_nothing() =>
        Assert.Equal(
            "",
            Outcome.Of(Tasks, "-e", "-v", "Quiet", "-t", "a-name-that-is-longer-than-its-column-is-wide").Snapshot
        );

    [Fact]
    public void A_dry_run_numbers_the_tasks() =>
        Assert.Equal(
            """
            Performing dry run...
            Targets are: Default, Clean

            1. Clean
            2. Build
            3. Default

            This was a dry run.
            No tasks were actually executed.

            """,
            Outcome.Of(Tasks, "--dryrun", "-t", "Default", "-t", "Clean").Snapshot
        );

    [Fact]
    public void The_tree_shows_the_tasks_that_no_other_needs_and_what_they_need() =>
        Assert.Equal(
            """

            Default
            └─Build
               ├─Clean
               └─Skipped

            A-name-that-is-longer-than-its-column-is-wide
            ├─Build
            │ ├─Clean
            │ └─Skipped
            └─Clean


            """,
            Outcome.Of(Tasks, "--tree").Snapshot
        );

    [Fact]
    public void The_description_lists_all_tasks_as_they_were_found()
    {
        var lines = Outcome
            .Of(Tasks, "--description")
            .Output.Split('\n')
            .SkipWhile(line => !line.StartsWith('━'))
            .Skip(1);
        Assert.Equal(
            [
                "Build Compiles",
                "Clean",
                "Pack",
                "Default Everything",
                "A-name-that-is-longer-than-its-column-is-wide",
                "Skipped",
            ],
            lines
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                .Where(line => line.Length > 0)
        );
    }

    [Fact]
    public void Help_lists_the_options_and_runs_nothing()
    {
        var outcome = Outcome.Of(Tasks, "--help", "--target=Nothing");
        Assert.Equal(0, outcome.ExitCode);
        Assert.All(
            HostOption.All,
            option => Assert.Contains(option.Names[0], outcome.Output, StringComparison.Ordinal)
        );
        Assert.Contains(
            "\n    -t, --target=TASK        Run this task and what it depends on; may be given again\n",
            outcome.Output,
            StringComparison.Ordinal
        );
    }

    [IsDependentOn(typeof(Clean))]
    [IsDependentOn(typeof(Skipped))]
    [TaskDescription("Compiles")]
    public sealed class Build : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information("building");
    }

    public sealed class Clean : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Debug("done");
    }

    [IsDependeeOf(typeof(LongNamed))]
    public sealed class Pack : FrostingTask;

    [IsDependentOn(typeof(Build))]
    [TaskDescription("Everything")]
    public sealed class Default : FrostingTask;

    [TaskName("A-name-that-is-longer-than-its-column-is-wide")]
    [IsDependentOn(typeof(Build))]
    [IsDependentOn(typeof(Clean))]
    public sealed class LongNamed : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Debug("done");
    }

    public sealed class Skipped : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information("never");

        public override bool ShouldRun(ICakeContext context) => false;
    }

    public sealed class Nothing : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info) => context.Debug("done");

        public override void Teardown(ICakeContext context, ITeardownContext info) => context.Debug("done");
    }
}
