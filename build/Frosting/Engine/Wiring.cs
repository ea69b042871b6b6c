using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Cake.Core.Tooling;
using Spectre.Console;

namespace Cake.Frosting;

/// <summary>
/// Puts Cake's engine together by hand. What Cake itself does it with, a container and a parser of command lines, takes longer to start than an
/// up-to-date pipeline takes to find that nothing is to be done.
/// </summary>
internal static class Wiring
{
    /// <summary>Cake's context. It finds tools, but no way to install one: that would bring NuGet along.</summary>
    public static CakeContext Context(ICakeLog log, ICakeArguments arguments, CakeDataService data, IServiceProvider services)
    {
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var files = new FileSystem();
        var globber = new Globber(files, environment);
        var configuration = new CakeConfigurationProvider(files, environment)
            .CreateConfiguration(environment.WorkingDirectory, new Dictionary<string, string>(StringComparer.Ordinal));
        var strategy = new ToolResolutionStrategy(files, environment, globber, configuration, log);
        var tools = new ToolLocator(environment, new ToolRepository(environment), strategy);
        var processes = new ProcessRunner(files, environment, log, tools, configuration);
        var installer = new ToolInstaller(environment, tools, configuration, log, []);
        return new(files, environment, globber, log, arguments, processes, new WindowsRegistry(), tools, data, configuration, installer, services);
    }

    /// <summary>What runs, lists or draws the tasks of an engine.</summary>
    public static ScriptHost Runner(IReadOnlySet<HostOption> flags, CakeEngine engine, IFrostingContext context, IConsole console) =>
        flags.Contains(HostOption.DryRun) ? new DryRunScriptHost<IFrostingContext>(engine, context, context.Log)
        : flags.Contains(HostOption.Tree) ? new TreeScriptHost(engine, context, console)
        : flags.Contains(HostOption.Description) ? Describer(engine, context, console)
        : Executor(engine, context, new CakeReportPrinter(console, context));

    private static BuildScriptHost<IFrostingContext> Executor(CakeEngine engine, IFrostingContext context, ICakeReportPrinter printer) =>
        new(engine, new DefaultExecutionStrategy(context.Log, printer), context, printer, context.Configuration, context.Log);

    // Apart, so that Spectre.Console is loaded only where it draws.
    private static DescriptionScriptHost Describer(CakeEngine engine, IFrostingContext context, IConsole console) =>
        new(engine, context, console is PlainConsole plain ? plain.ForDrawing() : AnsiConsole.Console);
}
