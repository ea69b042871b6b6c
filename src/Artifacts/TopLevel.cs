namespace Pipeline.Artifacts;

/// <summary>Splits texts in which parentheses keep parts together.</summary>
public static class TopLevel
{
    /// <summary>The parts between separators outside parentheses: <c>a,b(1,2)</c> at a comma is <c>a</c> and <c>b(1,2)</c>.</summary>
    public static IReadOnlyList<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (text[i] != separator || depth > 0)
                continue;
            parts.Add(text[start..i]);
            start = i + 1;
        }
        parts.Add(text[start..]);
        return parts;
    }
}
