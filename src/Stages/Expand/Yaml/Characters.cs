namespace Pipeline.Stages.Expand.Yaml;

/// <summary>Tells characters that a reader can see, or that end lines, from others.</summary>
internal static class Characters
{
    /// <summary>
    /// The position of the first control character (line ends apart), line separator, byte-order mark, stand-in of
    /// <see cref="Parentheses"/> or half of a surrogate pair, or −1.
    /// </summary>
    public static int IndexOfInvisible(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (
                (char.IsControl(c) && c is not ('\n' or '\r'))
                || char.IsSurrogate(c)
                || c is '\u2028' or '\u2029' or '\uFEFF'
                || Parentheses.IsStandIn(c)
            )
                return i;
        }
        return -1;
    }

    /// <summary>How a sentence names an invisible character.</summary>
    public static string Name(char c) => $"the invisible character U+{(int)c:X4}";
}
