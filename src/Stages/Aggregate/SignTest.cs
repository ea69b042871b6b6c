namespace Pipeline.Stages.Aggregate;

/// <summary>
/// The exact sign test: of pairs that differ, as many lie above as below when neither is likelier. Ties take no part. No p is below 2⁻ⁿ,
/// nor below the smallest number.
/// </summary>
/// <param name="Above">The pairs above.</param>
/// <param name="Below">The pairs below.</param>
internal readonly record struct SignTest(int Above, int Below)
{
    private const int Exponents = 900;

    /// <summary>The p of the hypothesis that more pairs lie above: that of so many heads, or more, of a fair coin.</summary>
    public double Greater => AtLeast(Above);

    /// <summary>The p of the hypothesis that more pairs lie below.</summary>
    public double Less => AtLeast(Below);

    /// <summary>Counts the signs of numbers.</summary>
    public static SignTest Of(IReadOnlyList<double> values) =>
        new(values.Count(value => value > 0), values.Count(value => value < 0));

    private double AtLeast(int heads)
    {
        var tosses = Above + Below;
        // Whole numbers, so that rounding takes no p below 2⁻ⁿ; of many tosses multiples of a power of two.
        var (sum, outcomes, exponent) = (0.0, 1.0, -tosses);
        for (var i = 0; i <= tosses; i++)
        {
            sum += i >= heads ? outcomes : 0;
            outcomes = outcomes * (tosses - i) / (i + 1);
            if (Math.ILogB(outcomes) < Exponents)
                continue;
            (sum, outcomes) = (Math.ScaleB(sum, -Exponents), Math.ScaleB(outcomes, -Exponents));
            exponent += Exponents;
        }
        return Math.Clamp(Math.ScaleB(sum, exponent), double.Epsilon, 1);
    }
}
