namespace Pipeline.Executors;

/// <summary>Where a run stands while it trains.</summary>
/// <param name="Index">Its position among the tasks.</param>
/// <param name="Epoch">The epochs done.</param>
/// <param name="Epochs">The most epochs that it takes.</param>
/// <param name="Step">The steps done of the epoch that has begun.</param>
/// <param name="StepsOfEpoch">The steps of an epoch.</param>
/// <param name="Loss">The mean training loss of these steps.</param>
public readonly record struct RunningRun(int Index, int Epoch, int Epochs, int Step, int StepsOfEpoch, double Loss);
