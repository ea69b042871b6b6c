using System.Globalization;

namespace Pipeline.Progress;

/// <summary>Words a number of things.</summary>
public static class Counted
{
    /// <summary><c>1 run</c>, <c>2 runs</c>.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="thing">One of them; its plural has an s more.</param>
    public static string Of(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
