using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary>The order in which an epoch goes through the training rows, the same for every backend.</summary>
public static class BatchOrder
{
    /// <summary>Fills <paramref name="order"/> with the row numbers 0 … length − 1 as the epoch takes them.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="order">One element per training row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    public static void Fill(ulong seed, int epoch, Span<int> order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        new RandomStream(seed, RandomPurpose.BatchOrder, (uint)epoch).Permutation(order);
    }
}
