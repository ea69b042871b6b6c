using System.Reflection;
using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A build host: finds the tasks, reads the command line and runs what it asks for.</summary>
public sealed class CakeHost
{
    private readonly IConsole console;
    private readonly List<Type> taskTypes = [];

    /// <summary>A host of the public task classes of the entry assembly.</summary>
    public CakeHost()
        : this(PlainConsole.OrTerminal())
    {
        if (Assembly.GetEntryAssembly() is { } entry)
            AddAssembly(entry);
    }

    internal CakeHost(IConsole console) => this.console = console;

    internal Type ContextType { get; set; } = typeof(FrostingContext);
    internal Type? LifetimeType { get; set; }
    internal Type? TaskLifetimeType { get; set; }

    /// <summary>Adds the public task classes of an assembly.</summary>
    public CakeHost AddAssembly(Assembly assembly) => AddTasks(assembly.GetExportedTypes());

    /// <summary>Runs what a command line asks for.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <returns>0 when all went well, else −1, which a shell sees as 255.</returns>
    public int Run(IEnumerable<string> args)
    {
        var log = new CakeBuildLog(console);
        try
        {
            var commandLine = CommandLine.Parse(args);
            log.Verbosity = commandLine.Verbosity;
            Run(commandLine, log);
            return 0;
        }
        catch (Exception e)
        {
            var cause = e is CakeReportException { InnerException: { } inner } ? inner : e;
            log.Error("Error: {0}", log.Verbosity == Verbosity.Diagnostic ? cause : cause.Message);
            return -1;
        }
    }

    /// <summary>Adds those of some types that are tasks.</summary>
    internal CakeHost AddTasks(IEnumerable<Type> types)
    {
        taskTypes.AddRange(
            types.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IFrostingTask)))
        );
        return this;
    }

    private void Run(CommandLine commandLine, CakeBuildLog log)
    {
        if (commandLine.Flags.Contains(HostOption.Help))
            console.WriteLine(string.Join(Environment.NewLine, HelpText.Lines(EngineVersion.Program)));
        else if (commandLine.Flags.Contains(HostOption.Version))
            console.WriteLine(EngineVersion.OfProgram);
        else if (commandLine.Flags.Contains(HostOption.Info))
            new InfoFeature(new EngineVersion()).Run(console);
        else
            RunTasks(commandLine, log);
    }

    private void RunTasks(CommandLine commandLine, CakeBuildLog log)
    {
        if (commandLine.WorkingDirectory is { } folder)
        {
            if (!Directory.Exists(folder))
                throw new CakeException($"The working directory '{Path.GetFullPath(folder)}' does not exist.");
            Directory.SetCurrentDirectory(folder);
        }
        var data = new CakeDataService();
        var services = new Services();
        var cake = new HostContext(log, commandLine.Arguments, data, services);
        services.Add<ICakeLog>(log).Add(commandLine.Arguments).Add<ICakeContext>(cake);
        var context = services.Create<IFrostingContext>(ContextType);
        services.Add(context);
        var engine = new CakeEngine(data, log);
        foreach (var task in taskTypes.ConvertAll(services.Create<IFrostingTask>))
            TaskRegistration.Register(engine, task, context);
        RegisterLifetimes(engine, services, context);
        if (!commandLine.Flags.Contains(HostOption.Description))
            TaskCheck.Run(engine.Tasks, commandLine.Targets);
        var runner = new Runner(engine, context, console).For(commandLine.Flags);
        if (commandLine.Flags.Contains(HostOption.Exclusive))
            runner.Settings.UseExclusiveTarget();
        runner.RunTargets(commandLine.Targets);
    }

    private void RegisterLifetimes(CakeEngine engine, Services services, IFrostingContext context)
    {
        if (LifetimeType is not null)
        {
            var lifetime = services.Create<IFrostingLifetime>(LifetimeType);
            engine.RegisterSetupAction(info => lifetime.Setup(context, info));
            engine.RegisterTeardownAction(info => lifetime.Teardown(context, info));
        }
        if (TaskLifetimeType is not null)
        {
            var lifetime = services.Create<IFrostingTaskLifetime>(TaskLifetimeType);
            engine.RegisterTaskSetupAction(info => lifetime.Setup(context, info));
            engine.RegisterTaskTeardownAction(info => lifetime.Teardown(context, info));
        }
    }
}
