using Cake.Core;

namespace Cake.Frosting;

/// <summary>An option of a command line with the value that follows it, or a value that follows none.</summary>
/// <param name="Name">The option with its dashes, empty for a value alone, or <c>--</c>: nothing after it is the host's.</param>
/// <param name="Value">The value, or null.</param>
/// <param name="IsAttached">Whether the value followed <c>=</c> or <c>:</c>.</param>
/// <param name="IsGrouped">A letter of several behind one dash (<c>-et</c>): such a one takes no value.</param>
internal sealed record Argument(string Name, string? Value = null, bool IsAttached = false, bool IsGrouped = false)
{
    /// <summary>
    /// Cuts a command line by Cake's rules: the name of an option ends at the first <c>=</c> or <c>:</c>, and what follows is its value
    /// up to the end of the word.
    /// </summary>
    /// <exception cref="CakeException">An option has no valid name, or a separator without a value.</exception>
    public static List<Argument> Read(IEnumerable<string> words)
    {
        var arguments = new List<Argument>();
        foreach (var word in words)
        {
            if (word == "--")
                arguments.Add(new(word));
            else if (!word.StartsWith('-') || (word.Length > 1 && char.IsDigit(word[1])))
                AddValue(arguments, word, isAttached: false);
            else
                AddOptions(arguments, word);
        }
        return arguments;
    }

    private static void AddOptions(List<Argument> arguments, string word)
    {
        var separator = word.AsSpan().IndexOfAny('=', ':');
        var name = separator < 0 ? word : word[..separator];
        var letters = name[1..];
        var isLong = letters.StartsWith('-');
        var isValid = isLong
            ? letters.Length > 2
                && !char.IsDigit(letters[1])
                && letters.All(c => char.IsLetterOrDigit(c) || c is '-' or '_')
            : letters.Length > 0 && letters.All(c => char.IsLetter(c) || c == '?');
        var rule = isLong
            ? "a long name has two or more letters, digits, - or _, the first not a digit"
            : "a dash is followed by letters, two dashes by a name";
        if (!isValid)
            throw new CakeException($"'{word}' is not a valid option: {rule}.");
        if (isLong)
            arguments.Add(new(name));
        foreach (var letter in isLong ? "" : letters)
            arguments.Add(new($"-{letter}", IsGrouped: letters.Length > 1));
        if (separator == word.Length - 1)
            throw new CakeException($"'{word}' has no value after the '{word[separator]}'.");
        if (separator >= 0)
            AddValue(arguments, word[(separator + 1)..], isAttached: true);
    }

    private static void AddValue(List<Argument> arguments, string value, bool isAttached)
    {
        if (arguments is [.., { Name: not ("" or "--"), Value: null } option])
            arguments[^1] = option with { Value = value, IsAttached = isAttached };
        else
            arguments.Add(new("", value));
    }
}
