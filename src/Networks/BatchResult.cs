namespace Pipeline.Networks;

/// <summary>How a network did on some rows.</summary>
/// <param name="LossSum">The sum of the rows' losses, in ascending order of rows; not finite when the network diverged.</param>
/// <param name="Correct">The number of rows whose largest logit is the label's (of equal ones the first counts).</param>
/// <param name="Rows">The number of rows.</param>
public readonly record struct BatchResult(double LossSum, int Correct, int Rows)
{
    /// <summary>
    /// The mean square of the values that went into the output layer in a step of training, where the network measures it; else 0.
    /// Not finite when the network diverged.
    /// </summary>
    public double ActivationSquare { get; init; }

    /// <summary>The mean loss of a row.</summary>
    public double MeanLoss => LossSum / Rows;

    /// <summary>The share of correct rows, 0…1.</summary>
    public double Accuracy => (double)Correct / Rows;
}
