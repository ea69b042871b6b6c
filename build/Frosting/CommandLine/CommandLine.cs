using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>A parsed command line.</summary>
internal sealed record CommandLine
{
    /// <summary>The tasks to run, in order; <c>Default</c> when none is given.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    public string? WorkingDirectory { get; init; }

    /// <summary>The flags that are set.</summary>
    public required IReadOnlySet<HostOption> Flags { get; init; }

    /// <summary>All that is not the host's, and the targets; names without dashes, null for an argument without a value.</summary>
    public required ICakeArguments Arguments { get; init; }

    /// <exception cref="CakeException">An option is malformed, lacks its value or has a wrong one, or a value belongs to no option.</exception>
    public static CommandLine Parse(IEnumerable<string> arguments) => new Parser(Tokenizer.Tokenize(arguments)).Run();

    private sealed class Parser(List<Token> tokens)
    {
        private readonly List<Argument> values = [];
        private readonly HashSet<HostOption> flags = [];
        private readonly List<Argument> rest = [];
        private int position;

        public CommandLine Run()
        {
            var optionsEnded = false;
            while (position < tokens.Count)
            {
                var token = tokens[position++];
                if (token.Kind == TokenKind.EndOfOptions)
                    optionsEnded = true;
                else if (token.Kind != TokenKind.Text)
                    Take(token, optionsEnded);
                else if (!optionsEnded)
                    throw new CakeException(
                        $"'{token.Text}' belongs to no option; a task is given as --target={token.Text}."
                    );
            }
            return Result();
        }

        private CommandLine Result()
        {
            string? last(HostOption option) => values.LastOrDefault(v => v.Name == option.Names[0])?.Value;
            var targets = values
                .Where(v => v.Name == HostOption.Target.Names[0])
                .Select(v => v.Value!)
                .DefaultIfEmpty("Default")
                .ToArray();
            return new()
            {
                Targets = [.. targets.Where(t => !string.IsNullOrWhiteSpace(t))],
                Verbosity = flags.Contains(HostOption.Help)
                    ? Verbosity.Normal
                    : ParseVerbosity(last(HostOption.Verbosity)),
                WorkingDirectory = last(HostOption.WorkingDirectory),
                Flags = flags,
                Arguments = new CakeArguments(
                    rest.Concat(targets.Select(t => new Argument("target", t)))
                        .ToLookup(a => a.Name, a => a.Value, StringComparer.Ordinal)
                ),
            };
        }

        private void Take(Token token, bool optionsEnded)
        {
            var name = (token.Kind == TokenKind.LongOption ? "--" : "-") + token.Text;
            var option = optionsEnded ? null : HostOption.Find(name);
            if (option is null)
                rest.Add(new(token.Text, token.IsGrouped ? null : TakeValue()));
            else if (!option.IsFlag)
                values.Add(
                    new(
                        option.Names[0],
                        (token.IsGrouped ? null : TakeValue())
                            ?? throw new CakeException($"{name} needs a value: {name}={option.Value}.")
                    )
                );
            else if (TakeFlag(name, option))
                flags.Add(option);
            else
                flags.Remove(option);
        }

        private string? TakeValue() =>
            position < tokens.Count && tokens[position].Kind == TokenKind.Text ? tokens[position++].Text : null;

        /// <summary>A flag is set, unless <c>false</c> follows it.</summary>
        private bool TakeFlag(string name, HostOption option)
        {
            if (
                option == HostOption.Help
                || position == tokens.Count
                || tokens[position] is not { Kind: TokenKind.Text } next
            )
                return true;
            if (!bool.TryParse(next.Text, out var value))
                return !next.IsAttached ? true : throw new CakeException($"{name} takes no value but true or false.");
            position++;
            return value;
        }

        private static Verbosity ParseVerbosity(string? text) =>
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

    // A class, not a tuple: collections of references are compiled already.
    private sealed record Argument(string Name, string? Value);
}
