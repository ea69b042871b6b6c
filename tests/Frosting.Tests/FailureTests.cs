using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class FailureTests
{
    [Fact]
    public void A_failure_ends_the_run_and_is_told_in_one_sentence()
    {
        var outcome = Outcome.Of([typeof(AfterBroken), typeof(Broken)], "-t", "AfterBroken");
        Assert.Equal("An error occurred when executing task 'Broken'.\nError: It broke.\n", outcome.Error);
        Assert.Equal(["finally"], outcome.Lines);
        Assert.Contains(
            "Broken                        00:00:00.0000000    Failed",
            outcome.Snapshot,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("AfterBroken", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_exit_code_is_255_whatever_code_the_exception_has() =>
        Assert.Equal(255, (byte)Outcome.Of([typeof(Broken)], "-t", "Broken").ExitCode);

    [Fact]
    public void Diagnostic_verbosity_shows_where_it_broke() =>
        Assert.Contains(
            " at Pipeline.Frosting.Tests.",
            Outcome.Of([typeof(Broken)], "-t", "Broken", "-v", "Diagnostic").Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_failure_that_is_tolerated_is_in_the_table_and_the_run_goes_on()
    {
        var outcome = Outcome.Of([typeof(Tolerated), typeof(AfterTolerated)], "-t", "AfterTolerated");
        Assert.Equal(["after"], outcome.Lines);
        Assert.Contains(
            "Tolerated                     00:00:00.0000000    Failed",
            outcome.Snapshot,
            StringComparison.Ordinal
        );
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_failure_that_is_handled_does_not_end_the_run()
    {
        var outcome = Outcome.Of([typeof(Handled)], "-t", "Handled");
        Assert.Equal(["handled It broke."], outcome.Lines);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_handler_that_fails_ends_the_run_and_both_failures_are_told()
    {
        var outcome = Outcome.Of([typeof(Mishandled)], "-t", "Mishandled");
        Assert.Equal(
            "An error occurred when executing task 'Mishandled'.\nError: It broke.\nError: The handler broke.\n",
            outcome.Error
        );
        Assert.Equal(-1, outcome.ExitCode);
    }

    [Theory]
    [InlineData("The target 'Nothing' was not found; --description lists the tasks.", "-t", "Nothing")]
    [InlineData(
        "The targets 'Nothing', 'Nowhere' were not found; --description lists the tasks.",
        "-t",
        "Nothing",
        "-t",
        "Broken",
        "-t",
        "Nowhere"
    )]
    [InlineData("There is no target; give one as --target=TASK.", "-t", "")]
    [InlineData("The target 'Default' was not found; --description lists the tasks.")]
    public void An_unknown_target_is_named_before_anything_runs(string sentence, params string[] arguments)
    {
        var outcome = Outcome.Of([typeof(Broken)], arguments);
        Assert.Equal(new(-1, "", $"Error: {sentence}\n"), outcome);
    }

    [Fact]
    public void A_circle_of_dependencies_is_spelled_out() =>
        AssertFails(
            "Tasks depend on each other in a circle: One → Three → Two → One.",
            typeof(One),
            typeof(Two),
            typeof(Three)
        );

    [Fact]
    public void A_task_that_depends_on_itself_is_a_circle() =>
        AssertFails("Tasks depend on each other in a circle: Self → Self.", typeof(Self));

    [Fact]
    public void A_dependency_that_is_no_known_task_is_named() =>
        AssertFails("Task 'Two' is dependent on task 'One' which does not exist.", typeof(Two));

    [Fact]
    public void A_dependency_that_is_no_task_at_all_is_named() =>
        AssertFails("The task 'Odd' names System.String as a dependency, which is not a task.", typeof(Odd));

    [Fact]
    public void A_task_without_a_base_is_named() =>
        AssertFails(
            "The task Pipeline.Frosting.Tests.FailureTests+Bare must derive from FrostingTask<T> or AsyncFrostingTask<T>.",
            typeof(Bare)
        );

    [Fact]
    public void A_dependency_named_twice_is_an_error() =>
        AssertFails("The task 'Twice' already have a dependency on 'Broken'.", typeof(Twice), typeof(Broken));

    [Fact]
    public void Two_tasks_of_one_name_are_an_error() =>
        AssertFails("Another task with the name 'broken' has already been added.", typeof(Broken), typeof(Namesake));

    [Fact]
    public void A_task_handles_errors_in_one_way_only() =>
        AssertFails("The task 'Undecided' has both [ContinueOnError] and OnError; choose one.", typeof(Undecided));

    [Fact]
    public void A_task_for_another_context_is_left_out_with_a_warning()
    {
        var outcome = Outcome.Of([typeof(Foreign), typeof(Tolerated)], "-t", "Tolerated");
        Assert.Equal(
            "The task Foreign is left out: it needs a context of type Pipeline.Frosting.Tests.FailureTests+OtherContext.",
            outcome.Lines[0]
        );
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(
            "was not found",
            Outcome.Of([typeof(Foreign)], "-t", "Foreign").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_task_with_a_constructor_that_no_one_can_call_is_named() =>
        AssertFails(
            "Pipeline.Frosting.Tests.FailureTests+Demanding can't be made: "
                + "it needs a public constructor that takes nothing but ICakeLog, ICakeArguments, ICakeContext, IFrostingContext.",
            typeof(Demanding)
        );

    [Fact]
    public void A_context_that_fails_is_told_in_one_sentence() =>
        Assert.Equal(
            new(-1, "", "Error: No context today.\n"),
            Outcome.Of([typeof(Broken)], host => host.UseContext<FailingContext>(), "-t", "Broken")
        );

    private static void AssertFails(string sentence, params Type[] tasks)
    {
        foreach (var mode in (string[])["--exclusive", "--dryrun", "--tree"])
            Assert.Equal(new(-1, "", $"Error: {sentence}\n"), Outcome.Of(tasks, mode));
    }

    public sealed class Broken : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException(7, "It broke.");

        public override void Finally(ICakeContext context) => context.Information("finally");
    }

    [IsDependentOn(typeof(Broken))]
    public sealed class AfterBroken : FrostingTask;

    [ContinueOnError]
    public sealed class Tolerated : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException("It broke.");
    }

    [IsDependentOn(typeof(Tolerated))]
    public sealed class AfterTolerated : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information("after");
    }

    public sealed class Handled : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context) => throw new CakeException("It broke.");

        public override void OnError(Exception exception, ICakeContext context) =>
            context.Information($"handled {exception.Message}");
    }

    public sealed class Mishandled : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException("It broke.");

        public override void OnError(Exception exception, ICakeContext context) =>
            throw new CakeException("The handler broke.");
    }

    [ContinueOnError]
    public sealed class Undecided : FrostingTask
    {
        public override void OnError(Exception exception, ICakeContext context) => context.Information("never");
    }

    [IsDependentOn(typeof(Three))]
    public sealed class One : FrostingTask;

    [IsDependentOn(typeof(One))]
    public sealed class Two : FrostingTask;

    [IsDependentOn(typeof(Two))]
    public sealed class Three : FrostingTask;

    [IsDependentOn(typeof(Self))]
    public sealed class Self : FrostingTask;

    [IsDependentOn(typeof(string))]
    public sealed class Odd : FrostingTask;

    public sealed class Bare : IFrostingTask
    {
        public Task RunAsync(ICakeContext context) => Task.CompletedTask;

        public bool ShouldRun(ICakeContext context) => true;

        public void OnError(Exception exception, ICakeContext context) => context.Information("never");

        public void Finally(ICakeContext context) => context.Information("never");
    }

    [IsDependentOn(typeof(Broken))]
    [IsDependentOn(typeof(Broken))]
    public sealed class Twice : FrostingTask;

    [TaskName("broken")]
    public sealed class Namesake : FrostingTask;

    public sealed class OtherContext(ICakeContext context) : FrostingContext(context);

    public sealed class Foreign : FrostingTask<OtherContext>;

    public sealed class Demanding(string demand) : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information(demand);
    }

    public sealed class FailingContext : FrostingContext
    {
        public FailingContext(ICakeContext context)
            : base(context) => throw new CakeException("No context today.");
    }
}
