using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.Scripting;
using Spectre.Console;

namespace Cake.Frosting;

/// <summary>What runs, lists or draws the tasks of an engine.</summary>
internal sealed class Runner(CakeEngine engine, IFrostingContext context, IConsole console)
{
    public ScriptHost For(IReadOnlySet<HostOption> flags) =>
        flags.Contains(HostOption.DryRun) ? new DryRunScriptHost<IFrostingContext>(engine, context, context.Log)
        : flags.Contains(HostOption.Tree) ? new TreeScriptHost(engine, context, console)
        : flags.Contains(HostOption.Description) ? Describing()
        : Executing();

    // The settings that Cake reads here keep their defaults, so that no start has to look for a file of them.
    private BuildScriptHost<IFrostingContext> Executing()
    {
        var isQuiet = context.Log.Verbosity == Verbosity.Quiet;
        var printer = new CakeReportPrinter(
            isQuiet ? new PlainConsole(TextWriter.Null, TextWriter.Null) : console,
            context
        );
        var settings = new CakeConfiguration(new Dictionary<string, string>(StringComparer.Ordinal));
        return new(engine, new DefaultExecutionStrategy(context.Log, printer), context, printer, settings, context.Log);
    }

    // Apart, so that Spectre.Console is loaded only where it draws.
    private DescriptionScriptHost Describing() =>
        new(engine, context, console is PlainConsole plain ? plain.ForDrawing() : AnsiConsole.Console);
}
