using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class LifetimeTests
{
    private static readonly Type[] Tasks = [typeof(Work), typeof(Skipped)];

    [Fact]
    public void Setup_runs_first_and_teardown_last() =>
        Assert.Equal(["setup for Work: Skipped Work", "work", "teardown True [NULL]"], Run<Around>("-t", "Work").Lines);

    [Fact]
    public void A_target_given_twice_runs_once() =>
        Assert.Equal(
            ["setup for Work: Skipped Work", "work", "teardown True [NULL]"],
            Run<Around>("-t", "Work", "-t", "Work").Lines
        );

    [Fact]
    public void A_failing_setup_leaves_out_the_tasks_but_not_the_teardown()
    {
        var outcome = Run<Around>("-t", "Work", "--fail=setup");
        Assert.Equal(["setup for Work: Skipped Work", "teardown False setup broke"], outcome.Lines);
        Assert.Equal("Error: setup broke\n", outcome.Error);
        Assert.Equal(-1, outcome.ExitCode);
    }

    [Fact]
    public void Teardown_learns_what_failed()
    {
        var outcome = Run<Around>("-t", "Work", "--fail=work");
        Assert.Equal(["setup for Work: Skipped Work", "teardown False work broke"], outcome.Lines);
        Assert.Equal(-1, outcome.ExitCode);
    }

    [Fact]
    public void A_failing_teardown_fails_the_run()
    {
        var outcome = Run<Around>("-t", "Work", "--fail=teardown");
        Assert.Equal("An error occurred in a custom teardown action.\nError: teardown broke\n", outcome.Error);
        Assert.Equal(-1, outcome.ExitCode);
    }

    [Fact]
    public void A_failing_teardown_does_not_hide_what_failed_before()
    {
        var error = Run<Around>("-t", "Work", "--fail=work", "--fail=teardown").Error;
        Assert.Contains("Teardown error: Cake.Core.CakeException: teardown broke", error, StringComparison.Ordinal);
        Assert.EndsWith("\nError: work broke\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_lifetime_given_counts() =>
        Assert.Equal(
            ["before", "work", "after"],
            Outcome.Of(Tasks, host => host.UseLifetime<Around>().UseLifetime<Other>(), "-t", "Work").Lines
        );

    [Fact]
    public void Each_task_has_its_setup_and_teardown_also_when_it_is_skipped() =>
        Assert.Equal(
            [
                "> Skipped",
                "< Skipped skipped=True successful=True [NULL]",
                "> Work",
                "work",
                "< Work skipped=False successful=True [NULL]",
            ],
            RunEach("-t", "Work").Lines
        );

    [Fact]
    public void The_teardown_of_a_task_learns_what_failed() =>
        Assert.Equal(
            "< Work skipped=False successful=False work broke",
            RunEach("-t", "Work", "--fail=work").Lines[^1]
        );

    [Fact]
    public void A_failing_task_setup_leaves_out_the_task_but_not_its_teardown()
    {
        var outcome = RunEach("-t", "Work", "--fail=Work-setup");
        Assert.Equal(["> Work", "< Work skipped=False successful=False Work-setup broke"], outcome.Lines[2..]);
        Assert.Equal("Error: Work-setup broke\n", outcome.Error);
    }

    [Fact]
    public void A_failing_task_teardown_fails_the_run()
    {
        var outcome = RunEach("-t", "Work", "--fail=Work-teardown");
        Assert.Equal(
            "An error occurred in the custom task teardown action (Work).\nError: Work-teardown broke\n",
            outcome.Error
        );
        Assert.Equal(-1, outcome.ExitCode);
    }

    [Fact]
    public void A_dry_run_has_setup_and_teardown_but_not_those_of_tasks() =>
        Assert.Equal(
            ["setup for Work: Skipped Work", "1. Work", "teardown True [NULL]"],
            Outcome
                .Of(Tasks, host => host.UseLifetime<Around>().UseTaskLifetime<AroundEach>(), "-t", "Work", "--dryrun")
                .Lines[2..^2]
        );

    private static Outcome Run<TLifetime>(params string[] arguments)
        where TLifetime : class, IFrostingLifetime =>
        Outcome.Of(Tasks, host => host.UseLifetime<TLifetime>(), arguments);

    private static Outcome RunEach(params string[] arguments) =>
        Outcome.Of(Tasks, host => host.UseTaskLifetime<AroundEach>(), arguments);

    private static void Break(ICakeContext context, string place)
    {
        if (context.HasArgument("fail") && context.Arguments<string>("fail").Contains(place, StringComparer.Ordinal))
            throw new CakeException($"{place} broke");
    }

    [IsDependentOn(typeof(Skipped))]
    public sealed class Work : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            Break(context, "work");
            context.Information("work");
        }
    }

    public sealed class Skipped : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information("never");

        public override bool ShouldRun(ICakeContext context) => false;
    }

    public sealed class Around : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info)
        {
            info.Information(
                $"setup for {info.TargetTask.Name}: {string.Join(' ', info.TasksToExecute.Select(t => t.Name))}"
            );
            Break(context, "setup");
        }

        public override void Teardown(ICakeContext context, ITeardownContext info)
        {
            info.Information($"teardown {info.Successful} {info.ThrownException?.Message}");
            Break(context, "teardown");
        }
    }

    public sealed class Other : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info) => context.Information("before");

        public override void Teardown(ICakeContext context, ITeardownContext info) => context.Information("after");
    }

    public sealed class AroundEach : FrostingTaskLifetime
    {
        public override void Setup(ICakeContext context, ITaskSetupContext info)
        {
            context.Information($"> {info.Task.Name}");
            Break(context, $"{info.Task.Name}-setup");
        }

        public override void Teardown(ICakeContext context, ITaskTeardownContext info)
        {
            context.Information(
                $"< {info.Task.Name} skipped={info.Skipped} successful={info.Successful} {info.ThrownException?.Message}"
            );
            Break(context, $"{info.Task.Name}-teardown");
        }
    }
}
