using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand;

/// <summary>What parameters that are fine by themselves must be together, run by run.</summary>
internal static class RunRequirements
{
    /// <summary>
    /// Why a run can't be done, as the key of the parameter to change and a sentence: it has an event that no step follows, is to be
    /// probed after its end, or asks of its backend what that can't do; null where it can.
    /// </summary>
    public static (string Key, string Sentence)? Misfit(Parameters run) =>
        LateEvent(run) ?? LateProbe(run) ?? Unmeasured(run) ?? Unstored(run);

    private static (string Key, string Sentence)? LateEvent(Parameters run)
    {
        if (!run.TryGet(ParameterUse.MidRun, out var chain) || chain == Scalar.Of(CallChain.None))
            return null;
        var epochs = run.Integer("epochs");
        // The first argument of every event.
        var late = CallChain.Parse(chain.ToString()).FirstOrDefault(call => call.Arguments[0] >= epochs);
        return late is null
            ? null
            : (ParameterUse.MidRun, $"no step follows {late}, as a run has {Epochs(epochs)} here");
    }

    private static (string Key, string Sentence)? LateProbe(Parameters run)
    {
        if (!run.TryGet("probes", out var probes) || probes == Scalar.Of(CallChain.None))
            return null;
        var epochs = run.Integer("epochs");
        var moments = run["probe_epochs"].ToString();
        // They ascend.
        var last =
            moments == Schema.Epochs.All ? epochs : long.Parse(moments.Split(',')[^1], CultureInfo.InvariantCulture);
        return last <= epochs
            ? null
            : ("probe_epochs", $"after epoch {last} nothing is measured, as a run has {Epochs(epochs)} here");
    }

    private static string Epochs(long count) => $"{count} {(count == 1 ? "epoch" : "epochs")}";

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
