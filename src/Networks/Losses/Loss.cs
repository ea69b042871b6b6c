namespace Pipeline.Networks.Losses;

/// <summary>A loss of logits against labels, such as <c>softmax_cross_entropy</c>.</summary>
[Catalogue("loss")]
public abstract class Loss
{
    private protected Loss() { }

    /// <summary>The loss of each row, and the gradient of their mean.</summary>
    /// <param name="logits">A row-major matrix [rows, classes].</param>
    /// <param name="labels">The class of each row, 0 … classes − 1.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="losses">The losses [rows]; NaN where a logit is NaN or +∞.</param>
    /// <param name="dlogits">
    /// The gradient of the mean loss with respect to the logits [rows, classes], or empty when it isn't wanted.
    /// </param>
    internal abstract void Apply(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        int classes,
        Span<float> losses,
        Span<float> dlogits
    );

    /// <summary><see cref="Apply"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void ApplyReference(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        int classes,
        Span<float> losses,
        Span<float> dlogits
    );
}
