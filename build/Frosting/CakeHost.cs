using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A build host: finds the tasks, reads the command line and runs what it asks for.</summary>
public sealed class CakeHost
{
    private readonly CakeConsole console;
    private readonly List<Type> taskTypes = [];

    /// <summary>A host of the public task classes of the entry assembly.</summary>
    public CakeHost()
        : this(CakeConsole.OfProcess())
    {
        if (Assembly.GetEntryAssembly() is { } entry)
            AddAssembly(entry);
    }

    internal CakeHost(CakeConsole console) => this.console = console;

    internal Type ContextType { get; set; } = typeof(FrostingContext);

    internal Type? SetupType { get; set; }

    internal Type? TeardownType { get; set; }

    internal Type? TaskLifetimeType { get; set; }

    internal string? WorkingDirectory { get; set; }

    /// <summary>Adds the public task classes of an assembly.</summary>
    public CakeHost AddAssembly(Assembly assembly) => AddTasks(assembly.GetExportedTypes());

    /// <summary>Runs what a command line asks for.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <returns>0 when all went well, else −1, which a shell sees as 255.</returns>
    public int Run(IEnumerable<string> args)
    {
        var log = new CakeLog(console);
        try
        {
            var commandLine = CommandLine.Parse(args);
            log.Verbosity = commandLine.Verbosity;
            Run(commandLine, log);
            return 0;
        }
        catch (Exception e)
        {
            log.Error("Error: {0}", log.Verbosity == Verbosity.Diagnostic ? e : e.Message);
            return -1;
        }
    }

    /// <summary>Adds those of some types that are tasks.</summary>
    internal CakeHost AddTasks(IEnumerable<Type> types)
    {
        taskTypes.AddRange(types.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IFrostingTask))));
        return this;
    }

    private void Run(CommandLine commandLine, CakeLog log)
    {
        if (commandLine.Flags.Contains(HostOption.Help))
        {
            foreach (var line in HelpText.Lines(Assembly.GetEntryAssembly()?.GetName().Name ?? "host"))
                console.WriteLine(line);
        }
        else if (commandLine.Flags.Contains(HostOption.Version))
        {
            // Cake prints the description, since its own host has the version there.
            var description = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description;
            console.WriteLine(string.IsNullOrWhiteSpace(description) ? "Unknown" : description);
        }
        else
        {
            EnterWorkingDirectory(commandLine.WorkingDirectory ?? WorkingDirectory);
            RunTasks(commandLine, log);
        }
    }

    private static void EnterWorkingDirectory(string? path)
    {
        if (path is null)
            return;
        if (!Directory.Exists(path))
            throw new CakeException($"The working directory '{Path.GetFullPath(path)}' does not exist.");
        Directory.SetCurrentDirectory(path);
    }

    private void RunTasks(CommandLine commandLine, CakeLog log)
    {
        var arguments = new CakeArguments(commandLine.Arguments);
        var services = new Services().Add<ICakeLog>(log).Add<ICakeArguments>(arguments).Add<ICakeContext>(new CakeContext(log, arguments));
        var context = services.Create<IFrostingContext>(ContextType);
        services.Add(context);
        var tasks = taskTypes.Select(services.Create<IFrostingTask>).Select(t => RegisteredTask.Read(t, context)).OfType<RegisteredTask>().ToArray();
        var lifetimes = CreateLifetimes(services);
        if (commandLine.Flags.Contains(HostOption.DryRun))
            DryRun(commandLine, context, new TaskGraph(tasks), lifetimes);
        else if (commandLine.Flags.Contains(HostOption.Tree))
            DependencyTree.Write(console, new TaskGraph(tasks));
        else if (commandLine.Flags.Contains(HostOption.Description))
            DescriptionTable.Write(console, tasks);
        else
            Execute(commandLine, context, new TaskGraph(tasks), lifetimes, new Execution(console, log));
    }

    private Lifetimes CreateLifetimes(Services services)
    {
        var setup = SetupType is null ? null : services.Create<IFrostingSetup>(SetupType);
        var teardown = TeardownType is null ? null
            : TeardownType == SetupType ? (IFrostingTeardown?)setup
            : services.Create<IFrostingTeardown>(TeardownType);
        var task = TaskLifetimeType is null ? null : services.Create<IFrostingTaskLifetime>(TaskLifetimeType);
        return new(setup, teardown, task, task);
    }

    private static void DryRun(CommandLine commandLine, ICakeContext context, TaskGraph graph, Lifetimes lifetimes)
    {
        context.Log.Information("Performing dry run...");
        context.Log.Information("Targets are: {0}", string.Join(", ", commandLine.Targets));
        context.Log.Information("");
        Execute(commandLine, context, graph, lifetimes, new DryExecution(context.Log));
        context.Log.Information("");
        context.Log.Information("This was a dry run.");
        context.Log.Information("No tasks were actually executed.");
    }

    private static void Execute(CommandLine commandLine, ICakeContext context, TaskGraph graph, Lifetimes lifetimes, IExecution execution) =>
        new Engine(context, graph, lifetimes, execution)
            .RunAsync(commandLine.Targets, commandLine.Flags.Contains(HostOption.Exclusive))
            .GetAwaiter().GetResult();
}
