using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A parsed command line.</summary>
/// <param name="Targets">The tasks to run, in order; <c>Default</c> when none is given.</param>
/// <param name="Verbosity">How much is told.</param>
/// <param name="WorkingDirectory">The folder to work in, or null.</param>
/// <param name="Flags">The flags that are set.</param>
/// <param name="Arguments">All that is not the host's, and the targets; names without dashes, null for an argument without a value.</param>
internal sealed record CommandLine(
    IReadOnlyList<string> Targets,
    Verbosity Verbosity,
    string? WorkingDirectory,
    IReadOnlySet<HostOption> Flags,
    ICakeArguments Arguments
)
{
    /// <exception cref="CakeException">
    /// An option is malformed, lacks its value or has a wrong one, or a value belongs to no option.
    /// </exception>
    public static CommandLine Parse(IEnumerable<string> words)
    {
        var flags = new HashSet<HostOption>();
        var values = new List<Argument>();
        var rest = new List<Argument>();
        var optionsEnded = false;
        foreach (var argument in Argument.Read(words))
        {
            var (name, value, _, isGrouped) = argument;
            var option = optionsEnded ? null : HostOption.Find(name);
            if (name == "--")
                optionsEnded = true;
            else if (option is { Value: null })
                _ = IsOn(option, argument) ? flags.Add(option) : flags.Remove(option);
            else if (option is not null && (isGrouped || value is null))
                throw new CakeException($"{name} needs a value: {name}={option.Value}.");
            else if (option is not null)
                values.Add(new(option.Names[0], value));
            else if (value is not null && !optionsEnded && (isGrouped || name.Length == 0))
                throw Orphan(value);
            else if (name.Length > 0)
                rest.Add(new(name[(name[1] == '-' ? 2 : 1)..], isGrouped ? null : value));
        }

        IEnumerable<string> given(HostOption option) =>
            values.Where(v => v.Name == option.Names[0]).Select(v => v.Value!);
        var targets = given(HostOption.Target).DefaultIfEmpty("Default").ToArray();
        rest.AddRange(targets.Select(t => new Argument("target", t)));
        return new(
            [.. targets.Where(t => !string.IsNullOrWhiteSpace(t))],
            VerbosityOf(flags.Contains(HostOption.Help) ? null : given(HostOption.Verbosity).LastOrDefault()),
            given(HostOption.WorkingDirectory).LastOrDefault(),
            flags,
            new CakeArguments(rest.ToLookup(a => a.Name, a => a.Value, StringComparer.Ordinal))
        );
    }

    /// <summary>A flag is set, unless <c>false</c> follows it. Nothing may follow the one for help.</summary>
    private static bool IsOn(HostOption flag, Argument argument)
    {
        if (argument.Value is not { } value)
            return true;
        if (flag == HostOption.Help)
            throw Orphan(value);
        if (bool.TryParse(value, out var isOn))
            return isOn;
        throw argument.IsAttached
            ? new CakeException($"{argument.Name} takes no value but true or false.")
            : Orphan(value);
    }

    private static CakeException Orphan(string value) =>
        new($"'{value}' belongs to no option; a task is given as --target={value}.");

    private static Verbosity VerbosityOf(string? text) =>
        text?.ToUpperInvariant() switch
        {
            "Q" or "QUIET" => Verbosity.Quiet,
            "M" or "MINIMAL" => Verbosity.Minimal,
            null or "N" or "NORMAL" => Verbosity.Normal,
            "V" or "VERBOSE" => Verbosity.Verbose,
            "D" or "DIAGNOSTIC" => Verbosity.Diagnostic,
            _ => throw new CakeException(
                $"'{text}' is not a verbosity; choose Quiet, Minimal, Normal, Verbose or Diagnostic."
            ),
        };
}
