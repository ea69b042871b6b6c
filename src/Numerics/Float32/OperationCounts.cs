namespace Pipeline.Numerics;

/// <summary>How many operations on float32 something takes. A fused multiply-add is a multiplication and an addition.</summary>
/// <param name="Additions">Additions and subtractions.</param>
/// <param name="Multiplications">Multiplications.</param>
/// <param name="Divisions">Divisions.</param>
/// <param name="Others">Comparisons, selections, signs, conversions, look-ups, operations on bits and on whole numbers.</param>
public readonly record struct OperationCounts(int Additions, int Multiplications, int Divisions, int Others)
{
    /// <summary>All of them.</summary>
    public int Total => Additions + Multiplications + Divisions + Others;

    /// <summary>The operations of both.</summary>
    public static OperationCounts operator +(OperationCounts x, OperationCounts y) => Add(x, y);

    /// <inheritdoc cref="op_Addition"/>
    public static OperationCounts Add(OperationCounts x, OperationCounts y) =>
        new(
            x.Additions + y.Additions,
            x.Multiplications + y.Multiplications,
            x.Divisions + y.Divisions,
            x.Others + y.Others
        );
}
