using System.Globalization;
using Cake.Core;

namespace Pipeline.Build;

/// <summary>Reads a duration such as <c>30d</c> and a size such as <c>5GB</c>.</summary>
internal static class CacheLimits
{
    private static readonly (string Unit, TimeSpan Length)[] Durations =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
    ];

    // Longer than any cache is used, and short enough to be reckoned with.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1_000_000);

    private static readonly (string Unit, long Bytes)[] Sizes = [("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10)];

    /// <summary>A duration in days, hours, minutes or seconds.</summary>
    /// <param name="option">The option whose value it is.</param>
    /// <param name="text">The value.</param>
    /// <exception cref="CakeException">The text is not of that form.</exception>
    public static TimeSpan Duration(string option, string text)
    {
        foreach (var (unit, length) in Durations)
        {
            if (Count(text, unit) is { } count)
                return count > Longest / length ? Longest : length * count;
        }
        throw new CakeException(
            $"--{option}={text} is not possible: write a whole number of days, hours, minutes or seconds, such as 30d, 12h, 90m or 10s."
        );
    }

    /// <summary>A size in bytes; a kilobyte has 1,024.</summary>
    /// <exception cref="CakeException">The text is not of that form.</exception>
    public static long Size(string text)
    {
        foreach (var (unit, bytes) in Sizes)
        {
            if (Count(text, unit) is { } count)
                return count > long.MaxValue / bytes ? long.MaxValue : bytes * count;
        }
        throw new CakeException(
            $"--max-size={text} is not possible: write a whole number with its unit, such as 5GB, 500MB or 64KB."
        );
    }

    private static long? Count(string text, string unit) =>
        text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
        && long.TryParse(text.AsSpan()[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;
}
