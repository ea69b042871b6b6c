namespace Pipeline.Progress;

/// <summary>Where a run stands that takes long.</summary>
/// <param name="Epoch">The epochs done.</param>
/// <param name="Epochs">The most epochs that it takes.</param>
/// <param name="Step">The steps done of the epoch that has begun.</param>
/// <param name="StepsOfEpoch">The steps of an epoch, at least 1.</param>
/// <param name="Loss">The mean training loss of these steps.</param>
public readonly record struct RunPosition(int Epoch, int Epochs, int Step, int StepsOfEpoch, double Loss)
{
    /// <summary>The steps done.</summary>
    internal double Steps => ((double)Epoch * StepsOfEpoch) + Step;

    /// <summary>The share of its steps that is done, 0…1.</summary>
    internal double Share => Steps / ((double)Epochs * StepsOfEpoch);
}
