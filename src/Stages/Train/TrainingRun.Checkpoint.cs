namespace Pipeline.Stages.Train;

/// <summary>The run's state, taken and put back.</summary>
internal sealed partial class TrainingRun
{
    /// <inheritdoc/>
    public byte[] Checkpoint() =>
        Train.Checkpoint.Write(new(now, Steps, Curves, network.Save(), probes.Save(), restarts?.Save(), stop?.Best));

    /// <summary>Goes on from a checkpoint of the same run.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public void Resume(ReadOnlySpan<byte> checkpoint)
    {
        var state = Train.Checkpoint.Read(checkpoint);
        if (
            state.Now.Epoch is < 0
            || state.Now.Epoch > Epochs
            || state.Now.Step is < 0
            || state.Now.Step > StepsOfEpoch
            || (state.Restarts is null) != (restarts is null)
            || !state.Curves.Keys.SequenceEqual(Curves.Keys, StringComparer.Ordinal)
            || state.Curves.Values.Any(curve => curve.Count != state.Now.Epoch)
        )
            throw new InvalidDataException("It is a checkpoint of another run.");
        try
        {
            network.Restore(state.Network);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("It is a checkpoint of another network.", e);
        }
        probes.Restore(state.Probes);
        if (state.Restarts is { } remembered)
            restarts?.Restore(remembered);
        stop?.Restore(state.Best);
        foreach (var (name, curve) in state.Curves)
            Curves[name] = curve;
        (now, Steps) = (state.Now, state.Steps);
    }
}
