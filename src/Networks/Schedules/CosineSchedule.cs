using Pipeline.Numerics;

namespace Pipeline.Networks.Schedules;

/// <summary>The learning rate falls along half a cosine: the factor is <c>final + (1 − final)·(1 + cos(π·epoch/epochs))/2</c>.</summary>
/// <remarks>I. Loshchilov, F. Hutter: SGDR: stochastic gradient descent with warm restarts. ICLR 2017; without restarts.</remarks>
/// <param name="final">The factor at the end, from 0 to 1.</param>
internal sealed class CosineSchedule(double final = 0) : Schedule
{
    private readonly double final = final is >= 0 and <= 1
        ? final
        : throw new ArgumentOutOfRangeException(
            nameof(final),
            final,
            "The final factor of the schedule cosine must be from 0 to 1."
        );

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) =>
        final + ((1 - final) * (1 + Float64.Cos(Math.PI * epoch / epochs)) / 2);
}
