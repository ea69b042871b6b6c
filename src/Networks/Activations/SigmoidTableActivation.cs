using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The logistic function by a table, as hardware without an exponential has it: <c>y = σ(xᵢ)</c> with xᵢ the nearest of
/// <c>size</c> points that divide −8 … 8 evenly, or the end of the table beyond it, and <c>dx = y·(1 − y)·dy</c>. The
/// error of y is at most 2/(size − 1) inside of the table, as σ′ ≤ ¼, and 0.00034 beyond it. A NaN stays a NaN.
/// </summary>
/// <param name="size">The number of entries, 2 … 65536.</param>
internal sealed class SigmoidTableActivation(int size = 1024) : Activation
{
    private const float End = 8;

    private readonly float[] table = Table(size);

    internal override void Forward(ReadOnlySpan<float> x, Span<float> y) => ForwardReference(x, y);

    internal override void Backward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    ) => BackwardReference(x, y, dy, dx);

    internal override void ForwardReference(ReadOnlySpan<float> x, Span<float> y)
    {
        var density = (table.Length - 1) / (2 * End);
        for (var i = 0; i < x.Length; i++)
        {
            // Adding a half and cutting off rounds to the nearest entry.
            var at = Math.Clamp(x[i], -End, End) + End;
            y[i] = float.IsNaN(at) ? at : table[(int)((at * density) + 0.5f)];
        }
    }

    internal override void BackwardReference(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    )
    {
        for (var i = 0; i < x.Length; i++)
            dx[i] = y[i] * (1 - y[i]) * dy[i];
    }

    private static float[] Table(int size)
    {
        if (size is < 2 or > 65536)
            throw new ArgumentOutOfRangeException(
                nameof(size),
                size,
                "The size of sigmoid_table must be from 2 to 65536."
            );
        var table = new float[size];
        for (var i = 0; i < size; i++)
            table[i] = Float32.Sigmoid((2 * End * i / (size - 1)) - End);
        return table;
    }
}
