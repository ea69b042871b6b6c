using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Train;

namespace Pipeline.Flow;

/// <summary>Fourth stage: prepared data → what a run found. Executors compute it, many runs at a time.</summary>
internal static class Train
{
    /// <summary>The stage of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="axes">The axes of its study, which name its slot.</param>
    /// <param name="inputs">Its prepared data, as a list of one input, which runs share.</param>
    /// <param name="code">The code that trains it.</param>
    /// <param name="context">What backends depend on.</param>
    public static Stage Of(
        PlannedRun run,
        IReadOnlyList<Axis> axes,
        IReadOnlyList<StageInput> inputs,
        Func<Parameters, KeyPart> code,
        StageContext context
    ) =>
        new()
        {
            Name = "train",
            Slot = $"train {string.Join(' ', axes.Select(axis => $"{axis.Key}={run.Spec[axis.Key]}"))} seed={run.Seed}",
            Goal = Goal.Train,
            Spec = run.Spec,
            Reads = Trainer.Reads,
            Inputs = inputs,
            Code = code,
            Backend = context.DependsOn(ParameterUse.BackendOf(run.Spec)),
            StillToDo = "runs are still to do",
        };
}
