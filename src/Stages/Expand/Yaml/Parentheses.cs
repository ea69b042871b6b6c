namespace Pipeline.Stages.Expand.Yaml;

/// <summary>
/// Keeps together what parentheses hold. In <c>[heatmap(a, b, by: c), log(0.001, 1)]</c> YAML sees five items, one of
/// them a map. So the commas and colons of a call are replaced by characters that no text has before YAML is read, and
/// put back afterwards; no place in the file moves.
/// </summary>
internal static class Parentheses
{
    // Noncharacters: Unicode keeps them for uses such as this one.
    private const char Comma = '\uFDD0';
    private const char Colon = '\uFDD1';

    /// <summary>Whether a character is one of those that stand for others.</summary>
    public static bool IsStandIn(char c) => c is Comma or Colon;

    /// <summary>
    /// The text with the commas and colons of its calls replaced. A call is closed on the line on which it begins,
    /// and holds no quotes or brackets.
    /// </summary>
    public static string Hide(string text)
    {
        var hidden = text.ToCharArray();
        var closes = Closes(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (!Opens(text, i) || !closes.TryGetValue(i, out var close))
                continue;
            for (; i < close; i++)
                hidden[i] = text[i] switch
                {
                    ',' => Comma,
                    ':' => Colon,
                    var other => other,
                };
        }
        return new(hidden);
    }

    /// <summary>The text as it was before <see cref="Hide"/>.</summary>
    public static string Show(string text) => text.Replace(Comma, ',').Replace(Colon, ':');

    /// <summary>The position of the first call in a line that is not closed on it, or −1.</summary>
    public static int Unclosed(string line)
    {
        var closes = Closes(line);
        for (var i = 0; i < line.Length; i++)
        {
            if (!Opens(line, i))
                continue;
            if (!closes.TryGetValue(i, out var close))
                return i;
            i = close;
        }
        return -1;
    }

    /// <summary>What is wrong with the parentheses of a text, as a sentence; null where each has its counterpart.</summary>
    public static string? Fault(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += c switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth < 0)
                return $"in {Quotation.Of(text)} a parenthesis is closed that was not opened";
        }
        return depth == 0
            ? null
            : $"in {Quotation.Of(text)} a parenthesis is not closed; close it on the same line, with no quotes or brackets inside";
    }

    private static bool Opens(string text, int i) =>
        text[i] == '(' && i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '_' or '-');

    /// <summary>Where the parentheses of a text are closed, by where they open; those that aren't closed are left out.</summary>
    private static Dictionary<int, int> Closes(string text)
    {
        var closes = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (
                c is '\n' or '\r' or '[' or ']' or '{' or '}' or '\'' or '"'
                || (c == '#' && i > 0 && text[i - 1] == ' ')
            )
                open.Clear();
            else if (c == '(')
                open.Push(i);
            else if (c == ')' && open.TryPop(out var start))
                closes.Add(start, i);
        }
        return closes;
    }
}
