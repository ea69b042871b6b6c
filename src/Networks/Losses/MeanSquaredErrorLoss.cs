using Pipeline.Networks.Layers;

namespace Pipeline.Networks.Losses;

/// <summary>
/// The mean squared error of the logits z against the label's unit vector t, <c>ℓ = Σⱼ (zⱼ − tⱼ)²/classes</c>; of the
/// mean over n rows <c>dz = (z − t)·2/(n·classes)</c>. Sums go over the classes in ascending order.
/// </summary>
internal sealed class MeanSquaredErrorLoss : Loss
{
    internal override void Apply(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        int classes,
        Span<float> losses,
        Span<float> dlogits
    )
    {
        for (var i = 0; i < rows; i++)
            losses[i] = RowLoss(logits.Slice(i * classes, classes), labels[i]);
        if (dlogits.IsEmpty)
            return;
        Rows.Scale(logits[..(rows * classes)], Share(rows, classes), dlogits);
        for (var i = 0; i < rows; i++)
        {
            var at = (i * classes) + labels[i];
            dlogits[at] = (logits[at] - 1) * Share(rows, classes);
        }
    }

    internal override void ApplyReference(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        int classes,
        Span<float> losses,
        Span<float> dlogits
    )
    {
        for (var i = 0; i < rows; i++)
        {
            losses[i] = RowLoss(logits.Slice(i * classes, classes), labels[i]);
            for (var j = 0; j < classes && !dlogits.IsEmpty; j++)
                dlogits[(i * classes) + j] =
                    (logits[(i * classes) + j] - (j == labels[i] ? 1 : 0)) * Share(rows, classes);
        }
    }

    private static float Share(int rows, int classes) => 2f / ((float)rows * classes);

    private static float RowLoss(ReadOnlySpan<float> row, int label)
    {
        var sum = 0f;
        for (var j = 0; j < row.Length; j++)
        {
            var error = row[j] - (j == label ? 1 : 0);
            sum = float.FusedMultiplyAdd(error, error, sum);
        }
        return sum / row.Length;
    }
}
