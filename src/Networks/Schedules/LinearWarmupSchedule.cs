namespace Pipeline.Networks.Schedules;

/// <summary>The learning rate rises from a small value: the factor is <c>start + (1 − start)·epoch/length</c> until it is 1.</summary>
/// <remarks>P. Goyal et al.: Accurate, large minibatch SGD. arXiv:1706.02677.</remarks>
/// <param name="length">The epochs that it takes, greater than 0; fractions are possible.</param>
/// <param name="start">The factor of the first step, from 0 to 1.</param>
internal sealed class LinearWarmupSchedule(double length = 1, double start = 0.01) : Schedule
{
    private readonly double length =
        length > 0 && double.IsFinite(length)
            ? length
            : throw new ArgumentOutOfRangeException(
                nameof(length),
                length,
                "The length of linear_warmup must be greater than 0."
            );

    private readonly double start = start is >= 0 and <= 1
        ? start
        : throw new ArgumentOutOfRangeException(
            nameof(start),
            start,
            "The start of linear_warmup must be from 0 to 1."
        );

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => Math.Min(1, start + ((1 - start) * epoch / length));
}
