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
    public static CommandLine Parse(IEnumerable<string> arguments)
    {
        var parser = new Parser(Tokenizer.Tokenize(arguments));
        parser.Run();
        return parser.Result();
    }

    private sealed class Parser(List<Token> tokens)
    {
        private readonly List<(HostOption Option, string Value)> values = [];
        private readonly HashSet<HostOption> flags = [];
        private readonly List<(string Name, string? Value)> rest = [];
        private int position;

        public void Run()
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
                    throw new CakeException($"'{token.Text}' belongs to no option; a task is given as --target={token.Text}.");
            }
        }

        public CommandLine Result()
        {
            string? last(HostOption option) => values.LastOrDefault(v => v.Option == option).Value;
            var targets = values.Where(v => v.Option == HostOption.Target).Select(v => v.Value).DefaultIfEmpty("Default").ToArray();
            return new CommandLine
            {
                Targets = [.. targets.Where(t => !string.IsNullOrWhiteSpace(t))],
                Verbosity = flags.Contains(HostOption.Help) ? Verbosity.Normal : ParseVerbosity(last(HostOption.Verbosity)),
                WorkingDirectory = last(HostOption.WorkingDirectory),
                Flags = flags,
                Arguments = Arguments(targets),
            };
        }

        private void Take(Token token, bool optionsEnded)
        {
            var name = (token.Kind == TokenKind.LongOption ? "--" : "-") + token.Text;
            var option = optionsEnded ? null : HostOption.Find(name);
            if (option is null)
                rest.Add((name, token.IsGrouped ? null : TakeValue()));
            else if (!option.IsFlag)
                values.Add((option, (token.IsGrouped ? null : TakeValue()) ?? throw new CakeException($"{name} needs a value: {name}={option.Value}.")));
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
            if (option == HostOption.Help || position == tokens.Count || tokens[position] is not { Kind: TokenKind.Text } next)
                return true;
            if (bool.TryParse(next.Text, out var value))
            {
                position++;
                return value;
            }
            return !next.IsAttached ? true : throw new CakeException($"{name} takes no value but true or false.");
        }

        private static Verbosity ParseVerbosity(string? text) => text?.ToUpperInvariant() switch
        {
            "Q" or "QUIET" => Verbosity.Quiet,
            "M" or "MINIMAL" => Verbosity.Minimal,
            null or "N" or "NORMAL" => Verbosity.Normal,
            "V" or "VERBOSE" => Verbosity.Verbose,
            "D" or "DIAGNOSTIC" => Verbosity.Diagnostic,
            _ => throw new CakeException($"'{text}' is not a verbosity; choose Quiet, Minimal, Normal, Verbose or Diagnostic."),
        };

        /// <summary>Values by name: of spellings that differ only in case or dashes the last to appear first wins, as in Cake.</summary>
        private CakeArguments Arguments(string[] targets)
        {
            var arguments = new Dictionary<string, IEnumerable<string?>>(StringComparer.OrdinalIgnoreCase);
            foreach (var spelling in rest.GroupBy(r => r.Name, r => r.Value, StringComparer.Ordinal))
                arguments[spelling.Key.TrimStart('-')] = spelling;
            arguments["target"] = [.. arguments.GetValueOrDefault("target", []), .. targets];
            return new(arguments.SelectMany(a => a.Value, (a, value) => (a.Key, Value: value)).ToLookup(a => a.Key, a => a.Value, StringComparer.Ordinal));
        }
    }
}
