using Pipeline.Numerics;

namespace Pipeline.Stages.Report;

/// <summary>From numbers to places on an axis.</summary>
internal sealed class PlotScale
{
    private const int MostTicks = 7;
    private const double Largest = 1e300;
    private const double Smallest = 1e-300;
    private const double NarrowestRange = 1e-9;
    private const double LogarithmicFrom = 50;

    private readonly bool isWhole;

    private PlotScale(double low, double high, bool isLogarithmic = false, bool isWhole = false) =>
        (Low, High, IsLogarithmic, this.isWhole) = (low, high, isLogarithmic, isWhole);

    /// <summary>The number at the axis' start.</summary>
    public double Low { get; }

    /// <summary>The number at the axis' end, above <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>Whether equal ratios, not equal differences, take equal room.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The marks, from low to high.</summary>
    public IReadOnlyList<Tick> Ticks =>
        IsLogarithmic
            ? Report.Ticks.Logarithmic(Low, High, MostTicks)
            :
            [
                .. Report
                    .Ticks.Linear(Low, High, MostTicks)
                    .Where(tick => !isWhole || tick.Value == Math.Floor(tick.Value)),
            ];

    /// <summary>A linear scale that ends at marks, around those of the numbers that can be drawn; 0 to 1 without any.</summary>
    public static PlotScale Linear(IEnumerable<double> values)
    {
        var (low, high) = Range(values.Where(IsDrawable));
        (low, high) = Report.Ticks.Around(low, high, MostTicks);
        return new(low, high);
    }

    /// <summary>
    /// As <see cref="Linear"/>, of shares: it doesn't pass 0 and <paramref name="whole"/>, and values that do are put there.
    /// </summary>
    /// <param name="values">The shares.</param>
    /// <param name="whole">What is all of it: 1, or 100 in percent.</param>
    public static PlotScale Shares(IEnumerable<double> values, double whole)
    {
        var scale = Linear(values.Where(IsDrawable).Select(value => Math.Clamp(value, 0, whole)));
        return new(Math.Max(0, scale.Low), Math.Min(whole, scale.High));
    }

    /// <summary>A linear scale of whole numbers, such as epochs, that ends at the smallest and the largest.</summary>
    public static PlotScale Whole(IEnumerable<double> values)
    {
        var (low, high) = Range(values.Where(IsDrawable));
        return new(low, high, isWhole: true);
    }

    /// <summary>
    /// A logarithmic scale where the numbers above 0 span a factor, 50 unless given, and none lies below 0; else a linear one.
    /// </summary>
    public static PlotScale Fitting(IEnumerable<double> values, double factor = LogarithmicFrom)
    {
        var drawn = values.Where(IsDrawable).ToArray();
        var positive = drawn.Where(value => value >= Smallest).DefaultIfEmpty(1).ToArray();
        if (drawn.Any(value => value < 0) || positive.Max() < factor * positive.Min())
            return Linear(drawn);
        var (low, high) = Report.Ticks.AroundLogarithmic(positive.Min(), positive.Max());
        return new(low, high, isLogarithmic: true);
    }

    /// <summary>Whether a number has a place: it is finite, not absurdly large, and on a logarithmic scale above 0.</summary>
    public bool Has(double value) => IsDrawable(value) && (!IsLogarithmic || value >= Smallest);

    /// <summary>What is to be said of numbers that have no place, as a 0 on a logarithmic scale.</summary>
    public string[] Notes(IEnumerable<double> values) =>
        IsLogarithmic && !values.All(Has) ? ["A value of 0 has no place on this axis."] : [];

    /// <summary>A number's place, 0 at the start to 1 at the end; what lies beyond is put there.</summary>
    public double Place(double value)
    {
        var place =
            !IsLogarithmic ? (value - Low) / (High - Low)
            : value <= Low ? 0
            : Float64.Log(value / Low) / Float64.Log(High / Low);
        return Math.Clamp(place, 0, 1);
    }

    private static bool IsDrawable(double value) => Math.Abs(value) <= Largest;

    // Numbers that are all but equal get some room around them, so that they don't show their rounding errors.
    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            return (0, 1);
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > Math.Max(NarrowestRange * size, Smallest))
            return (low, high);
        return size <= Smallest ? (0, 1) : (low - (size / 2), high + (size / 2));
    }
}
