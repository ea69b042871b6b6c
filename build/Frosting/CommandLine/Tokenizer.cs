using Cake.Core;

namespace Cake.Frosting;

/// <summary>
/// Cuts a command line into tokens by Cake's rules: the name of an option ends at the first <c>=</c> or <c>:</c>, and what follows is its value
/// up to the end of the argument.
/// </summary>
internal static class Tokenizer
{
    /// <exception cref="CakeException">An option has no valid name, or a separator without a value.</exception>
    public static List<Token> Tokenize(IEnumerable<string> arguments)
    {
        var tokens = new List<Token>();
        foreach (var argument in arguments)
        {
            if (argument == "--")
                tokens.Add(new(TokenKind.EndOfOptions, argument));
            else if (argument.StartsWith("--", StringComparison.Ordinal))
                AddLongOption(tokens, argument);
            else if (argument.Length > 1 && argument[0] == '-' && char.IsDigit(argument[1]))
                tokens.Add(new(TokenKind.Text, argument));
            else if (argument.StartsWith('-'))
                AddShortOptions(tokens, argument);
            else
                tokens.Add(new(TokenKind.Text, argument));
        }
        return tokens;
    }

    private static void AddLongOption(List<Token> tokens, string argument)
    {
        var name = NameOf(argument, 2);
        if (
            name.Length < 2
            || char.IsDigit(name[0])
            || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_'))
        )
        {
            throw new CakeException(
                $"'{argument}' is not a valid option: a long name has two or more letters, digits, - or _, the first not a digit."
            );
        }
        tokens.Add(new(TokenKind.LongOption, name));
        AddAttachedValue(tokens, argument, 2 + name.Length);
    }

    private static void AddShortOptions(List<Token> tokens, string argument)
    {
        var names = NameOf(argument, 1);
        if (names.Length == 0 || names.Any(c => !char.IsLetter(c) && c != '?'))
            throw new CakeException(
                $"'{argument}' is not a valid option: a dash is followed by letters, two dashes by a name."
            );
        foreach (var name in names)
            tokens.Add(new(TokenKind.ShortOption, name.ToString(), IsGrouped: names.Length > 1));
        AddAttachedValue(tokens, argument, 1 + names.Length);
    }

    private static string NameOf(string argument, int start)
    {
        var end = argument.AsSpan(start).IndexOfAny('=', ':');
        return end < 0 ? argument[start..] : argument.Substring(start, end);
    }

    private static void AddAttachedValue(List<Token> tokens, string argument, int separator)
    {
        if (separator == argument.Length)
            return;
        if (separator + 1 == argument.Length)
            throw new CakeException($"'{argument}' has no value after the '{argument[separator]}'.");
        tokens.Add(new(TokenKind.Text, argument[(separator + 1)..], IsAttached: true));
    }
}

internal enum TokenKind
{
    /// <summary><c>--name</c></summary>
    LongOption,

    /// <summary>One letter of <c>-n</c>.</summary>
    ShortOption,

    /// <summary>A value, after a separator or alone.</summary>
    Text,

    /// <summary><c>--</c> alone: nothing after it is the host's.</summary>
    EndOfOptions,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The name without dashes, or the value.</param>
/// <param name="IsAttached">A value that followed <c>=</c> or <c>:</c>.</param>
/// <param name="IsGrouped">A letter of several behind one dash (<c>-et</c>): such a one takes no value.</param>
internal sealed record Token(TokenKind Kind, string Text, bool IsAttached = false, bool IsGrouped = false);
