using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>A function of one number that a network applies to every value, such as <c>relu</c>.</summary>
/// <remarks>Adding one takes one file: derive from <see cref="Activation{TKernel}"/>.</remarks>
[Catalogue("activation")]
public abstract class Activation
{
    private protected Activation() { }

    /// <summary>f′(x), element by element.</summary>
    /// <param name="x">Any number of values.</param>
    /// <param name="derivative">As many values.</param>
    public void Differentiate(ReadOnlySpan<float> x, Span<float> derivative)
    {
        var (y, ones) = (new float[x.Length], new float[x.Length]);
        Array.Fill(ones, 1f);
        Forward(x, y);
        Backward(x, y, ones, derivative);
    }

    /// <summary>The operations that y = f(x) takes for one value, as the formula is written.</summary>
    /// <param name="x">The value; no formula so far has branches, so that it doesn't matter which.</param>
    public OperationCounts CountForward(float x)
    {
        var tally = new OperationTally();
        _ = ForwardCounted(new(x, tally));
        return tally.Counts;
    }

    /// <summary>The operations that dx = f′(x)·dy takes for one value, y = f(x) being kept.</summary>
    /// <inheritdoc cref="CountForward"/>
    public OperationCounts CountBackward(float x)
    {
        var tally = new OperationTally();
        var y = ForwardCounted(x).Value;
        _ = BackwardCounted(new(x, tally), new(y, tally), new(1, tally));
        return tally.Counts;
    }

    /// <summary>
    /// What normalizes before the activation, and may pool after it, in one pass; null where passes of their own are
    /// faster.
    /// </summary>
    /// <param name="pooledWidth">Pixels of a row of the images that are pooled, or null.</param>
    internal virtual IUnitLoops? UnitLoops(int? pooledWidth) => null;

    /// <summary>y = f(x), element by element. A NaN stays a NaN, so that a divergence shows in the loss.</summary>
    /// <param name="x">Any number of values.</param>
    /// <param name="y">As many values; not the memory of <paramref name="x"/>.</param>
    internal abstract void Forward(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>dx = f′(x)·dy, element by element.</summary>
    /// <param name="x">What went into <see cref="Forward"/>.</param>
    /// <param name="y">What came out of it.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="dx">The gradient with respect to x.</param>
    internal abstract void Backward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    );

    /// <summary><see cref="Forward"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void ForwardReference(ReadOnlySpan<float> x, Span<float> y);

    /// <summary><see cref="Backward"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void BackwardReference(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    );

    /// <summary><see cref="ForwardReference"/> of one number, to the same bits, with its operations counted.</summary>
    internal abstract CountedFloat ForwardCounted(CountedFloat x);

    /// <summary><see cref="BackwardReference"/> of one number, to the same bits, with its operations counted.</summary>
    internal abstract CountedFloat BackwardCounted(CountedFloat x, CountedFloat y, CountedFloat dy);
}
