using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class OrderTests
{
    private static readonly Type[] Tasks =
    [
        typeof(Default),
        typeof(Last),
        typeof(Middle),
        typeof(First),
        typeof(Before),
    ];

    [Fact]
    public void A_target_runs_after_what_it_depends_on_and_each_once() =>
        Assert.Equal(["first", "before", "middle", "last"], Outcome.Of(Tasks, "--target=Last").Lines);

    [Fact]
    public void Without_a_target_Default_runs() =>
        Assert.Equal(["first", "before", "middle", "last"], Outcome.Of(Tasks).Lines);

    [Fact]
    public void Names_match_in_any_case() => Assert.Equal(["first"], Outcome.Of(Tasks, "-t", "FIRST").Lines);

    [Fact]
    public void A_task_without_a_name_of_its_own_has_that_of_its_class()
    {
        Assert.Equal(0, Outcome.Of(Tasks, "--target=First").ExitCode);
        Assert.Equal(255, (byte)Outcome.Of(Tasks, "--target=Middle").ExitCode);
        Assert.Equal(0, Outcome.Of(Tasks, "--target=in-between").ExitCode);
    }

    [Fact]
    public void Several_targets_share_what_they_depend_on_and_run_by_name_where_nothing_else_decides() =>
        Assert.Equal(["before", "first", "middle"], Outcome.Of(Tasks, "--target=in-between", "--target=First").Lines);

    [Fact]
    public void An_exclusive_target_runs_alone() => Assert.Equal(["last"], Outcome.Of(Tasks, "-e", "-t", "Last").Lines);

    [Fact]
    public void Exclusive_targets_run_in_the_order_of_their_dependencies() =>
        Assert.Equal(["middle", "last"], Outcome.Of(Tasks, "-e", "-t", "Last", "-t", "in-between").Lines);

    [Fact]
    public void A_task_that_says_no_is_skipped_and_the_others_run()
    {
        var outcome = Outcome.Of([typeof(NeedsOptional), typeof(Optional)], "-t", "NeedsOptional");
        Assert.Equal(["needs optional"], outcome.Lines);
        Assert.Contains(
            "Optional                      -                   Skipped",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_target_that_says_no_fails()
    {
        var outcome = Outcome.Of([typeof(Optional)], "-t", "Optional");
        Assert.Equal(
            "Error: Could not reach target 'Optional' since it was skipped due to a criteria.\n",
            outcome.Error
        );
        Assert.Equal(-1, outcome.ExitCode);
    }

    [Fact]
    public void Only_the_methods_of_a_task_make_it_one_that_does_something() =>
        Assert.DoesNotContain(
            "Overloaded  ",
            Outcome.Of([typeof(Overloaded)], "-t", "Overloaded").Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void Abstract_classes_and_classes_that_are_not_tasks_are_left_out()
    {
        var lines = Outcome
            .Of([typeof(First), typeof(Written), typeof(string)], "--description")
            .Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(["First", ""], lines.SkipWhile(line => !line.StartsWith('━')).Skip(1).Take(2));
    }

    public abstract class Written(string text) : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information(text);
    }

    [IsDependentOn(typeof(Last))]
    public sealed class Default : FrostingTask;

    [IsDependentOn(typeof(First))]
    [IsDependentOn(typeof(Middle))]
    public sealed class Last() : Written("last");

    [TaskName("in-between")]
    [IsDependentOn(typeof(First))]
    public sealed class Middle : AsyncFrostingTask
    {
        public override async Task RunAsync(ICakeContext context)
        {
            await Task.Yield();
            context.Information("middle");
        }
    }

    public abstract class Overloading : FrostingTask
    {
        public virtual void Run(string text) => throw new NotSupportedException(text);
    }

    public sealed class Overloaded : Overloading
    {
        public override void Run(string text) => throw new InvalidOperationException(text);
    }

    public sealed class First() : Written("first");

    [IsDependeeOf(typeof(Middle))]
    public sealed class Before() : Written("before");

    [IsDependentOn(typeof(Optional))]
    public sealed class NeedsOptional() : Written("needs optional");

    public sealed class Optional() : Written("optional")
    {
        public override bool ShouldRun(ICakeContext context) => false;
    }
}
