using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>Runs targets: setup, each target's tasks in order, teardown.</summary>
internal sealed class Engine(ICakeContext context, TaskGraph graph, Lifetimes lifetimes, IExecution execution)
{
    private readonly ICakeLog log = context.Log;
    private readonly List<ReportEntry> report = [];

    /// <summary>
    /// Runs some targets one after the other; a task that two of them depend on runs twice. Teardown runs whatever happens, then the report is
    /// written.
    /// </summary>
    /// <exception cref="CakeException">There is no target, an unknown one, or one whose criterion says no.</exception>
    /// <exception cref="Exception">What setup, a task or teardown threw.</exception>
    public async Task RunAsync(IReadOnlyList<string> names, bool isExclusive)
    {
        var targets = Targets(names);
        Exception? thrown = null;
        try
        {
            Setup(targets[0]);
            foreach (var target in targets)
            {
                foreach (var task in isExclusive ? [target] : graph.OrderFor(target))
                    await RunTaskAsync(task, isTarget: task == target);
            }
        }
        catch (Exception e)
        {
            thrown = e;
        }
        Teardown(thrown);
        execution.Report(report);
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
    }

    private RegisteredTask[] Targets(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            throw new CakeException("There is no target; give one as --target=TASK.");
        return names.Where(n => graph.Find(n) is null).ToArray() switch
        {
            [] => [.. names.Select(n => graph.Find(n)!)],
            [var name] => throw new CakeException($"The target '{name}' was not found; --description lists the tasks."),
            var several => throw new CakeException($"The targets '{string.Join("', '", several)}' were not found; --description lists the tasks."),
        };
    }

    private void Setup(RegisteredTask target)
    {
        if (lifetimes.Setup is not { } setup)
            return;
        var watch = Stopwatch.StartNew();
        execution.Lifecycle("Setup", () => setup.Setup(context, new SetupContext(context, target, graph.OrderFor(target))));
        report.Add(new("Setup", watch.Elapsed, TaskOutcome.Lifecycle));
    }

    private void Teardown(Exception? thrown)
    {
        if (lifetimes.Teardown is not { } teardown)
            return;
        var watch = Stopwatch.StartNew();
        try
        {
            execution.Lifecycle("TearDown", () => teardown.Teardown(context, new TeardownContext(context, thrown)));
        }
        catch (Exception e)
        {
            log.Error("An error occurred in a custom teardown action.");
            if (thrown is null)
                throw;
            log.Error("Teardown error: {0}", e);
        }
        report.Add(new("Teardown", watch.Elapsed, TaskOutcome.Lifecycle));
    }

    private async Task RunTaskAsync(RegisteredTask task, bool isTarget)
    {
        if (!task.HasCriterion || task.ShouldRun(context))
            await ExecuteAsync(task);
        else if (isTarget)
            throw new CakeException($"The target '{task.Name}' was not run: its own condition says no.");
        else
            Skip(task);
    }

    private void Skip(RegisteredTask task)
    {
        TaskSetup(task, isSkipped: true);
        execution.Skip(task);
        TaskTeardown(task, TimeSpan.Zero, isSkipped: true, thrown: null);
        report.Add(new(task.Name, TimeSpan.Zero, TaskOutcome.Skipped));
    }

    private async Task ExecuteAsync(RegisteredTask task)
    {
        var watch = Stopwatch.StartNew();
        TaskSetup(task, isSkipped: false);
        Exception? thrown = null;
        try
        {
            await execution.ExecuteAsync(task, context);
        }
        catch (Exception e)
        {
            thrown = e;
            log.Error("An error occurred when executing task '{0}'.", task.Name);
            if (!task.HandlesErrors)
                throw;
            HandleError(task, e);
        }
        finally
        {
            if (task.HasFinally)
                execution.Finally(task, context);
            TaskTeardown(task, watch.Elapsed, isSkipped: false, thrown);
            log.Verbose($"Completed in {watch.Elapsed}");
            var outcome = !task.HasWork ? TaskOutcome.Delegated : thrown is null ? TaskOutcome.Succeeded : TaskOutcome.Failed;
            report.Add(new(task.Name, watch.Elapsed, outcome));
        }
    }

    private void HandleError(RegisteredTask task, Exception exception)
    {
        try
        {
            task.OnError(exception, context);
        }
        catch (Exception e) when (e != exception)
        {
            // The handler's own failure ends the run; the first one would be lost.
            log.Error("Error: {0}", exception.Message);
            throw;
        }
    }

    private void TaskSetup(RegisteredTask task, bool isSkipped)
    {
        if (lifetimes.TaskSetup is not { } setup)
            return;
        try
        {
            execution.TaskLifecycle("setup", task, () => setup.Setup(context, new TaskSetupContext(context, task)));
        }
        catch (Exception e)
        {
            TaskTeardown(task, TimeSpan.Zero, isSkipped, e);
            throw;
        }
    }

    private void TaskTeardown(RegisteredTask task, TimeSpan duration, bool isSkipped, Exception? thrown)
    {
        if (lifetimes.TaskTeardown is not { } teardown)
            return;
        try
        {
            execution.TaskLifecycle(
                "teardown", task, () => teardown.Teardown(context, new TaskTeardownContext(context, task, duration, isSkipped, thrown)));
        }
        catch (Exception e)
        {
            log.Error("An error occurred in the custom task teardown action ({0}).", task.Name);
            if (thrown is null)
                throw;
            log.Error("Task Teardown error ({0}): {1}", task.Name, e);
        }
    }
}
