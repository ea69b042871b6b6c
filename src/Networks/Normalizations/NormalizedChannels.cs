namespace Pipeline.Networks.Normalizations;

/// <summary>
/// How channels are normalized whose statistics are those of a batch, <c>y = γ·(x − μ)/√(σ² + ε) + β</c>, each
/// [channels].
/// </summary>
/// <param name="saved">What the normalization saved: its four parts follow each other.</param>
/// <param name="scale">γ.</param>
/// <param name="shift">β.</param>
internal readonly ref struct NormalizedChannels(
    ReadOnlySpan<float> saved,
    ReadOnlySpan<float> scale,
    ReadOnlySpan<float> shift
)
{
    private readonly ReadOnlySpan<float> saved = saved;

    /// <summary>The number of channels.</summary>
    public int Count => Scale.Length;

    /// <summary>γ.</summary>
    public ReadOnlySpan<float> Scale { get; } = scale;

    /// <summary>β.</summary>
    public ReadOnlySpan<float> Shift { get; } = shift;

    /// <summary>μ.</summary>
    public ReadOnlySpan<float> Means => saved[..Count];

    /// <summary>1/√(σ² + ε).</summary>
    public ReadOnlySpan<float> Inverses => saved.Slice(Count, Count);

    /// <summary>dβ/n of n positions.</summary>
    public ReadOnlySpan<float> MeansOfGradient => saved.Slice(2 * Count, Count);

    /// <summary>dγ/n of n positions.</summary>
    public ReadOnlySpan<float> Slopes => saved.Slice(3 * Count, Count);
}
