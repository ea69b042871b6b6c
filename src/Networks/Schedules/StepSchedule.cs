namespace Pipeline.Networks.Schedules;

/// <summary>The learning rate falls in steps: the factor is <c>decay^⌊epoch/every⌋</c>.</summary>
/// <param name="every">The epochs between two steps, at least 1.</param>
/// <param name="decay">The factor of each step, greater than 0 and at most 1.</param>
internal sealed class StepSchedule(int every, double decay = 0.1) : Schedule
{
    private readonly int every =
        every >= 1
            ? every
            : throw new ArgumentOutOfRangeException(
                nameof(every),
                every,
                "The epochs between two steps of the schedule step must be at least 1."
            );

    private readonly double decay = decay is > 0 and <= 1
        ? decay
        : throw new ArgumentOutOfRangeException(
            nameof(decay),
            decay,
            "The decay of the schedule step must be greater than 0 and at most 1."
        );

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs)
    {
        var factor = 1.0;
        for (var steps = (int)(epoch / every); steps > 0; steps--)
            factor *= decay;
        return factor;
    }
}
