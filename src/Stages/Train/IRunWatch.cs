using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>Looks on while a run trains. What it does can't change the result.</summary>
public interface IRunWatch
{
    /// <summary>Called after each training step; not after one that showed a divergence.</summary>
    void AfterStep(IRunInTraining run);

    /// <summary>Called when the run was cancelled and will train no more.</summary>
    void Interrupted(IRunInTraining run);
}

/// <summary>A run as it is at a moment of its training.</summary>
public interface IRunInTraining
{
    /// <summary>The epochs done.</summary>
    int Epoch { get; }

    /// <summary>The most epochs that it takes.</summary>
    int Epochs { get; }

    /// <summary>The steps done of the epoch that has begun.</summary>
    int Step { get; }

    /// <summary>The steps of an epoch.</summary>
    int StepsOfEpoch { get; }

    /// <summary>The mean loss of the steps done of the epoch that has begun; NaN where there are none.</summary>
    double Loss { get; }

    /// <summary>A copy of weights and running statistics as they are now.</summary>
    IReadOnlyList<NamedTensor> Tensors();

    /// <summary>All from which <see cref="Trainer.Run"/> goes on: with it, a run ends in the same bits as without a break.</summary>
    byte[] Checkpoint();
}
