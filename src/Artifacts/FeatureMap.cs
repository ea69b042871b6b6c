namespace Pipeline.Artifacts;

/// <summary>A map of each feature by itself, <c>y = (x − shift) · scale</c> in float32.</summary>
public readonly ref struct FeatureMap
{
    /// <summary>Puts a map together.</summary>
    /// <param name="shift">What is subtracted, one a feature.</param>
    /// <param name="scale">What the difference is multiplied by, one a feature.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public FeatureMap(ReadOnlySpan<float> shift, ReadOnlySpan<float> scale)
    {
        if (shift.Length != scale.Length)
            throw new ArgumentException($"There are {shift.Length} shifts, but {scale.Length} scales.", nameof(scale));
        Shift = shift;
        Scale = scale;
    }

    /// <summary>What is subtracted, one a feature.</summary>
    public ReadOnlySpan<float> Shift { get; }

    /// <summary>What the difference is multiplied by, one a feature.</summary>
    public ReadOnlySpan<float> Scale { get; }

    /// <summary>The number of features.</summary>
    public int Features => Shift.Length;

    /// <summary>The map that changes nothing.</summary>
    public static FeatureMap Identity(int features)
    {
        var scale = new float[features];
        Array.Fill(scale, 1f);
        return new(new float[features], scale);
    }
}
