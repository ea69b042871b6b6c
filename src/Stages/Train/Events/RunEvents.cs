using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>The events of a run in the order in which they happen: by epoch, those of one epoch as they are written.</summary>
internal sealed class RunEvents
{
    private readonly RunEvent[] events;
    private readonly double learningRate;

    /// <param name="calls">The operations of the event catalogue.</param>
    /// <param name="learningRate">The run's learning rate until the first event.</param>
    public RunEvents(IReadOnlyList<Operation> calls, double learningRate)
    {
        events =
        [
            .. calls.Select(call => RunEventCatalogue.Create(call.Name, [.. call.Arguments])).OrderBy(e => e.Epoch),
        ];
        this.learningRate = learningRate;
    }

    /// <summary>The rule of the optimizer that begins right after so many epochs, or null.</summary>
    public Operation? OptimizerAfter(int epochs) =>
        events.LastOrDefault(e => e.Epoch == epochs && e.Optimizer is not null)?.Optimizer;

    /// <summary>Whether the loss scale begins again right after so many epochs.</summary>
    public bool ResetsLossScaleAfter(int epochs) => Array.Exists(events, e => e.Epoch == epochs && e.ResetsLossScale);

    /// <summary>The learning rate of the steps after so many epochs, schedules apart.</summary>
    public double LearningRateAfter(int epochs) =>
        events.TakeWhile(e => e.Epoch <= epochs).Aggregate(learningRate, (rate, e) => e.LearningRate(rate));
}
