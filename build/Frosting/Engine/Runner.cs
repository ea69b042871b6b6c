using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Scripting;
using Spectre.Console;

namespace Cake.Frosting;

/// <summary>What runs, lists or draws the tasks of an engine.</summary>
internal static class Runner
{
    public static ScriptHost Of(
        IReadOnlySet<HostOption> flags,
        CakeEngine engine,
        IFrostingContext context,
        IConsole console
    ) =>
        flags.Contains(HostOption.DryRun) ? new DryRunScriptHost<IFrostingContext>(engine, context, context.Log)
        : flags.Contains(HostOption.Tree) ? new TreeScriptHost(engine, context, console)
        : flags.Contains(HostOption.Description) ? Describing(engine, context, console)
        : Executing(engine, context, new CakeReportPrinter(console, context));

    // The settings that Cake reads here keep their defaults, so that no start has to look for a file of them.
    private static BuildScriptHost<IFrostingContext> Executing(
        CakeEngine engine,
        IFrostingContext context,
        ICakeReportPrinter printer
    ) => new(engine, new DefaultExecutionStrategy(context.Log, printer), context, printer, Defaults(), context.Log);

    private static CakeConfiguration Defaults() => new(new Dictionary<string, string>(StringComparer.Ordinal));

    // Apart, so that Spectre.Console is loaded only where it draws.
    private static DescriptionScriptHost Describing(CakeEngine engine, IFrostingContext context, IConsole console) =>
        new(engine, context, console is PlainConsole plain ? plain.ForDrawing() : AnsiConsole.Console);
}
