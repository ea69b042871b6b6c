using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Flow;

/// <summary>Fourth stage: prepared data → what a run found. Executors compute it, many runs at a time.</summary>
internal static class Train
{
    /// <summary>The stage of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="axes">The axes of its study, which name its slot.</param>
    /// <param name="data">The stage that prepares its data.</param>
    /// <param name="context">The code that trains it.</param>
    public static Stage Of(PlannedRun run, IReadOnlyList<Axis> axes, Stage data, StageContext context) =>
        new()
        {
            Name = "train",
            Slot = $"train {string.Join(' ', axes.Select(axis => $"{axis.Key}={run.Spec[axis.Key]}"))} seed={run.Seed}",
            Goal = Goal.Train,
            Parameters = Trainer.Reads(run.Spec),
            Inputs = [StageInput.Of("data", data)],
            Code = context.Code.Train(StudyOperations.Train(run.Spec)),
            Backend = context.Backend,
            StillToDo = "runs are still to do",
        };
}
