using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Report;

/// <summary>A mark on an axis.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Where the marks of an axis stand, and how they read.</summary>
internal static class Ticks
{
    private const int Digits = 6;
    private static readonly int[] Steps = [1, 2, 5];

    /// <summary>
    /// All multiples of 1, 2 or 5 times a power of ten from <paramref name="low"/> to <paramref name="high"/>, the
    /// step as small as the count allows.
    /// </summary>
    /// <param name="low">A finite number.</param>
    /// <param name="high">A finite number above it.</param>
    /// <param name="atMost">The largest number of marks, 2 or more.</param>
    public static IReadOnlyList<Tick> Linear(double low, double high, int atMost)
    {
        for (var power = Decade((high - low) / atMost); ; power++)
        {
            foreach (var step in Steps)
            {
                var (first, last) = (
                    Math.Ceiling(Units(low, power) / step - Slack),
                    Math.Floor(Units(high, power) / step + Slack)
                );
                if (last - first < atMost)
                    return
                    [
                        .. Enumerable
                            .Range(0, (int)(last - first) + 1)
                            .Select(i => Of(Value((first + i) * step, power))),
                    ];
            }
        }
    }

    /// <summary>The nearest multiples of a step of <see cref="Linear"/> at or beyond both ends.</summary>
    public static (double Low, double High) Around(double low, double high, int atMost)
    {
        for (var power = Decade((high - low) / atMost); ; power++)
        {
            foreach (var step in Steps)
            {
                var (first, last) = (
                    Math.Floor(Units(low, power) / step + Slack),
                    Math.Ceiling(Units(high, power) / step - Slack)
                );
                if (last - first < atMost)
                    return (Value(first * step, power), Value(last * step, power));
            }
        }
    }

    /// <summary>
    /// Powers of ten from <paramref name="low"/> to <paramref name="high"/>, both above 0: each of them, or each
    /// second, fifth, tenth…; over less than two decades 1, 2 and 5 times a power of ten.
    /// </summary>
    public static IReadOnlyList<Tick> Logarithmic(double low, double high, int atMost)
    {
        var (first, last) = (Decade(low), Decade(high));
        if (high < 100 * low)
        {
            return
            [
                .. Enumerable
                    .Range(first, last - first + 1)
                    .SelectMany(power => Steps.Select(step => Value(step, power)))
                    .Where(value => value >= low * (1 - Slack) && value <= high * (1 + Slack))
                    .Select(Of),
            ];
        }
        first += Value(1, first) < low * (1 - Slack) ? 1 : 0;
        for (var scale = 1; ; scale *= 10)
        {
            foreach (var step in Steps.Select(step => step * scale))
            {
                var powers = Enumerable.Range(first, last - first + 1).Where(power => power % step == 0).ToArray();
                if (powers.Length <= atMost)
                    return [.. powers.Select(power => new Tick(Value(1, power), "10" + Raised(power)))];
            }
        }
    }

    /// <summary>
    /// The largest and the smallest of 1, 2 and 5 times a power of ten that hold both ends, which
    /// are above 0, between them.
    /// </summary>
    public static (double Low, double High) AroundLogarithmic(double low, double high)
    {
        var (below, above) = (Decade(low), Decade(high));
        return (
            Steps.Select(step => Value(step, below)).Last(value => value <= low * (1 + Slack)),
            Steps.Append(10).Select(step => Value(step, above)).First(value => value >= high * (1 - Slack))
        );
    }

    /// <summary>A number as people read it: <c>0.25</c>, <c>20000</c>, <c>2·10⁻⁶</c>, <c>10⁷</c>.</summary>
    public static string Label(double value)
    {
        if (value == 0 || Math.Abs(value) is >= 1e-4 and < 1e6)
            return Rounding.Significant(value, Digits);
        var parts = value
            .ToString("E" + (Digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .Split('E');
        var mantissa = CanonicalJson.Number(double.Parse(parts[0], CultureInfo.InvariantCulture));
        var power = "10" + Raised(int.Parse(parts[1], CultureInfo.InvariantCulture));
        return mantissa switch
        {
            "1" => power,
            "-1" => "-" + power,
            _ => $"{mantissa}·{power}",
        };
    }

    // Rounding of quotients must not lose a mark that stands at an end.
    private const double Slack = 1e-9;

    private static Tick Of(double value) => new(value, Label(value));

    /// <summary>The k of the largest 10ᵏ that is not above a number, which is above 0.</summary>
    private static int Decade(double value)
    {
        var power = (int)Math.Floor(Float64.Log10(value));
        return Value(1, power + 1) <= value ? power + 1
            : Value(1, power) > value ? power - 1
            : power;
    }

    /// <summary>units·10ᵏ, the nearest number there is: 3·10⁻¹ is 0.3.</summary>
    private static double Value(double units, int power) => power < 0 ? units / Ten(-power) : units * Ten(power);

    private static double Units(double value, int power) => power < 0 ? value * Ten(-power) : value / Ten(power);

    private static double Ten(int power) =>
        double.Parse("1E" + power.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Raised(int power) =>
        string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
