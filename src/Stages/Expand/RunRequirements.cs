using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand;

/// <summary>What parameters that are fine by themselves must be together, run by run.</summary>
internal static class RunRequirements
{
    /// <summary>
    /// Why a run can't be done, as the key of the parameter to change and a sentence: it has an event that no step follows, or asks of its
    /// backend what that can't do; null where it can.
    /// </summary>
    public static (string Key, string Sentence)? Misfit(Parameters run) =>
        LateEvent(run) ?? Unmeasured(run) ?? Unstored(run);

    private static (string Key, string Sentence)? LateEvent(Parameters run)
    {
        if (!run.TryGet(ParameterUse.MidRun, out var chain) || chain == Scalar.Of(CallChain.None))
            return null;
        var epochs = run.Integer("epochs");
        // The first argument of every event.
        var late = CallChain.Parse(chain.ToString()).FirstOrDefault(call => call.Arguments[0] >= epochs);
        return late is null
            ? null
            : (
                ParameterUse.MidRun,
                $"no step follows {late}, as a run has {epochs} {(epochs == 1 ? "epoch" : "epochs")} here"
            );
    }

    private static (string Key, string Sentence)? Unmeasured(Parameters run) =>
        run.TryGet(ParameterUse.ActivationNorm, out var isMeasured)
        && isMeasured == Scalar.Of(true)
        && ParameterUse.BackendOf(run) != ParameterUse.ManagedBackend
            ? (
                ParameterUse.ActivationNorm,
                $"{ParameterUse.ActivationNorm} is measured by the backend {ParameterUse.ManagedBackend} alone, "
                    + $"but {ParameterUse.Backend} is {ParameterUse.BackendOf(run)}"
            )
            : null;

    private static (string Key, string Sentence)? Unstored(Parameters run) =>
        ParameterUse.StorageOf(run) != ParameterUse.FullStorage
        && ParameterUse.BackendOf(run) != ParameterUse.ManagedBackend
            ? (
                ParameterUse.Storage,
                $"the backend {ParameterUse.BackendOf(run)} has no {ParameterUse.Storage} {ParameterUse.StorageOf(run)}"
            )
            : null;
}
