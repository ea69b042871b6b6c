using System.Runtime.Intrinsics;
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
        for (var i = 0; i < x.Length; i++)
        {
            var place = Place<Floats4>(x[i]).Lanes.ToScalar();
            y[i] = float.IsNaN(place) ? place : table[(int)place];
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
            dx[i] = Slope<Floats4>(y[i], dy[i]).Lanes.ToScalar();
    }

    internal override CountedFloat ForwardCounted(CountedFloat x)
    {
        var place = Place(x);
        var isNumber = CountedFloat.Equal(place, place);
        return float.IsNaN(place.Value) ? place : CountedFloat.Select(isNumber, place.LookUp(table), place);
    }

    internal override CountedFloat BackwardCounted(CountedFloat x, CountedFloat y, CountedFloat dy) => Slope(y, dy);

    /// <summary>The place in the table plus a half, so that cutting off rounds to the nearest entry; NaN for NaN.</summary>
    private T Place<T>(T x)
        where T : struct, IFloats<T>
    {
        var at = T.Select(x < -End, -End, T.Select(x > End, End, x)) + End;
        return (at * ((table.Length - 1) / (2 * End))) + 0.5f;
    }

    private static T Slope<T>(T y, T dy)
        where T : struct, IFloats<T> => y * (1f - y) * dy;

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
