namespace Pipeline.Networks.Schedules;

/// <summary>The learning rate stays: the factor is 1.</summary>
internal sealed class ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => 1;
}
