namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>
/// Runs with a known truth. A run gets a row right with the probability Φ(ability + ease of the row for all cells + ease for this one +
/// luck of the training run). Rows and runs are drawn anew in each simulated study: cells of the same settings are equally good in truth.
/// </summary>
/// <param name="Rows">The test rows, of ten classes.</param>
/// <param name="Ability">Of a cell without luck: 2.1 is an accuracy near 0.9, 3.6 one near 0.99.</param>
/// <param name="OfRow">The standard deviation of what makes a row easy for all cells.</param>
/// <param name="OfCell">The standard deviation of what makes it easy for one of them.</param>
/// <param name="OfSeed">The standard deviation of the luck of a training run.</param>
internal sealed record SimulatedRuns(int Rows, double Ability, double OfRow, double OfCell, double OfSeed)
{
    private const int Classes = 10;

    /// <summary>The class of each row.</summary>
    public int[] Labels { get; } = [.. Enumerable.Range(0, Rows).Select(row => row % Classes)];

    /// <summary>The rows that the runs of a cell got right, seed by seed, for each cell.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="seeds">The number of seeds.</param>
    /// <param name="better">How much more able each cell is.</param>
    public bool[][][] Draw(Random random, int seeds, params double[] better)
    {
        double[] ease = [.. Enumerable.Range(0, Rows).Select(_ => Ability + (OfRow * Normal(random)))];
        return Array.ConvertAll(better, ability => Cell(random, seeds, ability, ease));
    }

    /// <summary>The true accuracy of a cell, by the same means as its runs: the mean of Φ over what is drawn.</summary>
    public double Truth(double better) =>
        Phi((Ability + better) / Math.Sqrt(1 + (OfRow * OfRow) + (OfCell * OfCell) + (OfSeed * OfSeed)));

    /// <summary>How much more able a cell is that is better by a difference of accuracies.</summary>
    public double Better(double difference)
    {
        var (low, high) = (0.0, 20.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Truth(middle) - Truth(0) < difference ? (middle, high) : (low, middle);
        }
        return low;
    }

    /// <summary>A normal number, by Marsaglia's polar method.</summary>
    public static double Normal(Random random)
    {
        while (true)
        {
            var (x, y) = ((2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1);
            var square = (x * x) + (y * y);
            if (square is > 0 and < 1)
                return x * Math.Sqrt(-2 * Math.Log(square) / square);
        }
    }

    private bool[][] Cell(Random random, int seeds, double better, double[] ease)
    {
        double[] ofCell = Array.ConvertAll(ease, common => common + better + (OfCell * Normal(random)));
        var runs = new bool[seeds][];
        for (var seed = 0; seed < seeds; seed++)
        {
            var luck = OfSeed * Normal(random);
            runs[seed] = Array.ConvertAll(ofCell, z => random.NextDouble() < Phi(z + luck));
        }
        return runs;
    }

    /// <summary>The normal distribution, to 1e−7 (M. Abramowitz, I. A. Stegun, 26.2.17).</summary>
    private static double Phi(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var polynomial =
            t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return x < 0 ? tail : 1 - tail;
    }
}
